// One attempt to bring a notification to a member by one channel, claimed before the send and closed after it.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import type { Row } from "../ports/store.ts";

export const deliveries = collection(
  "deliveries",
  z.object({
    notificationId: z.string(),
    memberId: z.string(),
    /** The platform; "direct" for a notification that no channel could take. */
    channel: z.string(),
    accountId: z.string().optional(),
    /** `sending` past its lease means: nobody knows whether it was sent. */
    status: z.enum(["queued", "sending", "sent", "failed", "suppressed"]),
    reason: z.string().max(100).optional(),
    leaseUntil: z.number().int().optional(),
    /** Sends begun. */
    attempt: z.number().int().default(0),
    /** Sends begun again without knowing what became of the one before. */
    resent: z.number().int().default(0),
    sentAt: z.number().int().optional(),
    ref: z.record(z.string(), z.string()).optional(),
  }),
  { unique: [["notificationId", "channel"]], indexes: [["memberId", "sentAt"]], members: ["memberId"] },
);
export type Delivery = Row<typeof deliveries>;

/** A send takes less (ms); after it the attempt counts as unknown. */
export const lease = 2 * 60_000;

/** What came of trying one channel. */
export type Tried =
  /** The notification needs nothing more: it was sent, or must not be sent again. */
  | { readonly kind: "over" }
  /** Another process is at it, and has until then (epoch ms). */
  | { readonly kind: "elsewhere"; readonly until: number }
  /** This channel did not take it; the next may. */
  | { readonly kind: "refused" };
