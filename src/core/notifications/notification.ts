// What a member is told: one row a member, kind and fact, kept in the inbox whatever becomes of its delivery.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { just, maybe } from "../plain-shapes.ts";
import type { Row } from "../ports/store.ts";
import { type Channel, channels, holds } from "./channel.ts";

export const longestTopic = 100;

export const notifications = collection(
  "notifications",
  z.object({
    memberId: just.string,
    type: just.string.max(50),
    factId: just.string,
    data: z.record(just.string, z.unknown()),
    /** The member whose act it is. */
    by: maybe.string,
    createdAt: just.int,
    readAt: maybe.int,
    /** The channels its member wants it by; none: the inbox alone. */
    via: z.array(z.enum(channels)).default([]),
    /** Those of them by which nothing more is to come. */
    done: z.array(z.enum(channels)).optional(),
    /** When it is to be brought; absent once it was, and when it is left to the inbox. */
    dueAt: maybe.int,
    /** Why it waits until `dueAt`, or is left to the inbox. */
    held: z.enum(holds).optional(),
    /** Since when a send is under way or its outcome unknown: it may not be told in any other way then. */
    begunAt: maybe.int,
    /** Kind and subject: what has the same is alike. */
    topic: just.string.max(longestTopic).optional(),
    /** The member's day (2026-03-02) whose budget it counts against. */
    spends: just.string.max(10).optional(),
    /** Why it reached the inbox alone, where its one channel was tried in vain: "telegram: blocked", or a reason by itself. */
    left: just.string.max(200).optional(),
    /** The notification that it was told in, with others. */
    inDigest: just.string.max(36).optional(),
  }),
  {
    unique: [["memberId", "type", "factId"]],
    indexes: [
      ["memberId", "createdAt"],
      ["memberId", "readAt"],
      ["dueAt"],
      ["memberId", "dueAt"],
      ["memberId", "spends"],
      ["topic", "memberId", "createdAt"],
      ["by"],
    ],
    members: ["memberId", "by"],
  },
);
export type Notification = Row<typeof notifications>;

/** In the order in which they were made. */
export const byMaking = (one: Notification, other: Notification): number =>
  one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1);

/** The channels by which it is still to come. */
export const openChannels = ({
  via,
  done = [],
}: {
  readonly via: readonly Channel[];
  readonly done?: readonly Channel[];
}): readonly Channel[] => via.filter((channel) => !done.includes(channel));
