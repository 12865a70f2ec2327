// What a member is told: one row a member, kind and fact, kept in the inbox whatever becomes of its delivery.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import type { Row } from "../ports/store.ts";

export const notifications = collection(
  "notifications",
  z.object({
    memberId: z.string(),
    type: z.string().max(50),
    factId: z.string(),
    data: z.record(z.string(), z.unknown()),
    createdAt: z.number().int(),
    readAt: z.number().int().optional(),
    /** Since when it waits to be delivered; absent once it was, or when no channel took it. */
    openSince: z.number().int().optional(),
  }),
  {
    unique: [["memberId", "type", "factId"]],
    indexes: [["memberId", "createdAt"], ["memberId", "readAt"], ["openSince"]],
    members: ["memberId"],
  },
);
export type Notification = Row<typeof notifications>;
