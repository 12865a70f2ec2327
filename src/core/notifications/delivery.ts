// One attempt to bring a notification to a member by one way, claimed before the send and closed after it.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { just, maybe } from "../plain-shapes.ts";
import type { Row } from "../ports/store.ts";

export const deliveries = collection(
  "deliveries",
  z.object({
    notificationId: just.string,
    memberId: just.string,
    /** An outlet's: a platform, "pod", "mail", "push.<subscription>"; or "chat", "mail", "push" for what no outlet took. */
    channel: just.string,
    /** The account, address or subscription it goes to. */
    target: maybe.string,
    /** `sending` past its lease means: nobody knows whether it was sent. */
    status: z.enum(["queued", "sending", "sent", "failed", "suppressed"]),
    /** Why it was not sent, or not yet. */
    reason: just.string.max(100).optional(),
    /** Why it did not go where it should have gone first: "telegram: blocked". */
    instead: just.string.max(200).optional(),
    leaseUntil: maybe.int,
    /** Not to be tried again before. */
    retryAt: maybe.int,
    /** When the first of the sends began of which nobody knows whether it came. */
    unknownSince: maybe.int,
    /** Sends begun. */
    attempt: just.int.default(0),
    /** Sends begun again without knowing what became of the one before. */
    resent: just.int.default(0),
    sentAt: maybe.int,
    ref: z.record(just.string, just.string).optional(),
  }),
  { unique: [["notificationId", "channel"]], indexes: [["memberId", "sentAt"]], members: ["memberId"] },
);
export type Delivery = Row<typeof deliveries>;

/** A send takes less (ms); after it the attempt counts as unknown. */
export const lease = 2 * 60_000;

/** What came of trying one outlet. */
export type Tried =
  /** It was sent, or must not be sent again. */
  | { readonly kind: "over" }
  /** Nothing more before then (epoch ms): it is being sent by somebody else, or has to wait. */
  | Later
  /** This outlet did not take it; the next may. */
  | { readonly kind: "refused"; readonly reason: string };

/** `holds`: what came after it in the same chat waits behind it. */
export interface Later {
  readonly kind: "later";
  readonly at: number;
  readonly holds: boolean;
}
