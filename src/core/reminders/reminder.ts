// A personal reminder: a row first; the queue only gives it its turn.
import { z } from "zod";
import { patch } from "../kernel/change.ts";
import { collection } from "../kernel/collection.ts";
import type { Context, MergeRule } from "../kernel/house.ts";
import { just, maybe } from "../plain-shapes.ts";
import type { Row } from "../ports/store.ts";

/** Open reminders a member may have. */
export const mostOpen = 50;
export const longestText = 500;
/** Rung later than this (ms) it says so. */
export const lateAfter = 2 * 60_000;

export const reminders = collection(
  "reminders",
  z.object({
    memberId: just.string,
    code: just.string,
    text: just.string.max(longestText),
    /** What the time was meant in: an IANA zone. */
    zone: just.string,
    dueAt: just.int,
    status: z.enum(["pending", "rung", "cancelled"]),
    /** One of the member's places, 0 to 49, while it is open: the unique key keeps them from having more. */
    slot: maybe.int,
    createdAt: just.int,
    rungAt: maybe.int,
  }),
  {
    unique: [["code"], ["memberId", "slot"]],
    indexes: [
      ["status", "dueAt"],
      ["memberId", "status", "dueAt"],
    ],
    members: ["memberId"],
  },
);
export type Reminder = Row<typeof reminders>;

/** A member's open reminders, the soonest first; more than `mostOpen` only after two members were merged. */
export async function openReminders(store: Context["store"], memberId: string): Promise<readonly Reminder[]> {
  const where = { memberId, status: "pending" } as const;
  return (await store.find(reminders, { where, orderBy: { field: "dueAt" }, limit: 500 })).rows;
}

/** The last that rang, the latest first. */
export async function rungReminders(
  store: Context["store"],
  memberId: string,
  limit = 50,
): Promise<readonly Reminder[]> {
  const where = { memberId, status: "rung" } as const;
  return (await store.find(reminders, { where, orderBy: { field: "dueAt", direction: "desc" }, limit })).rows;
}

/** Two members' reminders share a place: the one that comes over gets the next free, even beyond the fifty. */
export const keepBothReminders: MergeRule<typeof reminders> = {
  of: reminders,
  async clash({ store }, kept, merged) {
    const taken = new Set((await openReminders(store, kept.memberId)).map((reminder) => reminder.slot));
    let slot = 0;
    while (taken.has(slot)) slot++;
    await store.commit([patch(reminders, merged, { memberId: kept.memberId, slot })]);
  },
};
