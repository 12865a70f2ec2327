// An event: a pod's meet-up at a time, with seats. What it is right now is told by the clock, not by its row.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { offeredReminders } from "../notifications/read.ts";
import { just, maybe } from "../plain-shapes.ts";
import type { Row } from "../ports/store.ts";

const minute = 60_000;
/** Where no end is given (ms). */
export const usualLength = 60 * minute;
/** ms; what began earlier is over. */
export const longestLength = 15 * 24 * 60 * minute;
/** Minutes before the start at which those who come are reminded, unless the event says otherwise. */
export const usualReminders: readonly number[] = [1440, 60, 10];
export const longestTitle = 200;

const EventStatus = z.enum(["scheduled", "ongoing", "completed", "cancelled"]);
export type EventStatus = z.infer<typeof EventStatus>;

export const events = collection(
  "calendar_events",
  z.object({
    code: just.string.length(6),
    title: just.string.max(longestTitle),
    description: just.string.max(2000).optional(),
    podId: just.string,
    organizerId: just.string,
    startTime: just.int,
    endTime: just.int,
    /** The IANA zone that the time was meant in. */
    timezone: just.string.max(50),
    location: just.string.max(200).optional(),
    meetingUrl: just.string.max(255).optional(),
    maxAttendees: maybe.int,
    /** The three counts change in the same commit as the RSVPs they count. */
    attendeesCount: just.int.default(0),
    maybeCount: just.int.default(0),
    waitlistCount: just.int.default(0),
    reminderOffsets: z.array(just.int).default([...usualReminders]),
    /** The earliest reminder that was not stated; absent when none is left. */
    nextReminderAt: maybe.int,
    /** As of the last turn of `event.move-on`; ask `stateOf`. */
    status: EventStatus.default("scheduled"),
    createdAt: just.int,
  }),
  {
    often: true,
    unique: [["code"]],
    indexes: [
      ["podId", "startTime"],
      ["status", "startTime"],
      ["status", "endTime"],
      ["nextReminderAt"],
      ["organizerId"],
    ],
    members: ["organizerId"],
  },
);
export type EventRow = Row<typeof events>;

/** A job that comes late shows nothing wrong. */
export function stateOf({ status, startTime, endTime }: Timed & Pick<EventRow, "status">, now: number): EventStatus {
  if (status === "cancelled") return status;
  if (now < startTime) return "scheduled";
  return now < endTime ? "ongoing" : "completed";
}
type Timed = Pick<EventRow, "startTime" | "endTime">;
type Reminded = Pick<EventRow, "startTime" | "reminderOffsets" | "nextReminderAt">;

export const reminderAt = (startTime: number, offset: number): number => startTime - offset * minute;

/** When the first reminder after an instant is due. */
export function nextReminder({ startTime, reminderOffsets }: Omit<Reminded, "nextReminderAt">, after: number) {
  const ahead = reminderOffsets.map((offset) => reminderAt(startTime, offset)).filter((at) => at > after);
  return ahead.length ? Math.min(...ahead) : undefined;
}

/** Those to state now, the last in front: it makes the others pointless for who wanted both. */
export function dueReminders({ startTime, reminderOffsets, nextReminderAt }: Reminded, now: number): readonly number[] {
  if (nextReminderAt === undefined) return [];
  const due = reminderOffsets.filter((offset) => {
    const at = reminderAt(startTime, offset);
    return at >= nextReminderAt && at <= now;
  });
  return due.toSorted((one, other) => one - other);
}

/** With every moment at which somebody may want to be reminded: the event's own, and those that members can choose. */
export const atEveryMoment = <E extends Pick<EventRow, "reminderOffsets">>(event: E): E => ({
  ...event,
  reminderOffsets: [...new Set([...event.reminderOffsets, ...offeredReminders])],
});
