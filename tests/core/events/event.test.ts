// The rules of an event that need nothing but numbers: its state, its reminders, its seats.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { dueReminders, nextReminder, stateOf } from "../../../src/core/events/event.ts";
import { countsAfter, seatFor } from "../../../src/core/events/rsvp.ts";

const minute = 60_000;
const at = 1_000_000_000_000;

describe("stateOf", () => {
  const event = { status: "scheduled", startTime: at, endTime: at + 60 * minute } as const;

  it.each([
    [at - 1, "scheduled"],
    [at, "ongoing"],
    [at + 60 * minute - 1, "ongoing"],
    [at + 60 * minute, "completed"],
  ] as const)("at %d is %s, whatever the row says", (now, state) => {
    for (const status of ["scheduled", "ongoing", "completed"] as const)
      expect(stateOf({ ...event, status }, now)).toBe(state);
  });

  it("stays cancelled", () => {
    for (const now of [at - 1, at, at + 90 * minute])
      expect(stateOf({ ...event, status: "cancelled" }, now)).toBe("cancelled");
  });
});

describe("reminders", () => {
  const event = { startTime: at, reminderOffsets: [1440, 60, 10] };

  it("skips those that are past when the event is made", () => {
    expect(nextReminder(event, at - 1440 * minute - 1)).toBe(at - 1440 * minute);
    expect(nextReminder(event, at - 1440 * minute)).toBe(at - 60 * minute);
    expect(nextReminder(event, at - 10 * minute)).toBeUndefined();
  });

  it("makes one of several that are overdue, the last", () => {
    const made = { ...event, nextReminderAt: at - 1440 * minute };
    expect(dueReminders(made, at - 1440 * minute - 1)).toEqual([]);
    expect(dueReminders(made, at - 1440 * minute)[0]).toBe(1440);
    expect(dueReminders(made, at - 30 * minute)).toEqual([60, 1440]);
    expect(dueReminders(made, at + 5 * minute)[0]).toBe(10);
    expect(dueReminders({ ...event, nextReminderAt: undefined }, at)).toEqual([]);
  });

  it("states each at most once, and the last before the start always, however late its turns come", () => {
    const offsets = fc.uniqueArray(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 6 });
    const waits = fc.array(fc.integer({ min: 1, max: 2000 }), { maxLength: 30 });
    fc.assert(
      fc.property(offsets, fc.integer({ min: 1, max: 4000 }), waits, (reminderOffsets, before, steps) => {
        let now = at - before * minute;
        let nextReminderAt = nextReminder({ startTime: at, reminderOffsets }, now);
        const ahead = reminderOffsets.filter((offset) => at - offset * minute > now);
        const stated: number[] = [];
        for (const step of [...steps, 5000]) {
          now += step * minute;
          const [due] = dueReminders({ startTime: at, reminderOffsets, nextReminderAt }, now);
          if (due === undefined) continue;
          stated.push(due);
          nextReminderAt = nextReminder({ startTime: at, reminderOffsets }, now);
        }
        expect(new Set(stated).size).toBe(stated.length);
        expect(stated.every((offset) => ahead.includes(offset))).toBe(true);
        if (ahead.length) expect(stated.at(-1)).toBe(Math.min(...ahead));
      }),
      { seed: 20260302 },
    );
  });
});

describe("seats", () => {
  const full = { attendeesCount: 3, maxAttendees: 3 };

  it("gives the last seat and then the waitlist", () => {
    expect(seatFor({ attendeesCount: 2, maxAttendees: 3 }, undefined, "going")).toBe("going");
    expect(seatFor(full, undefined, "going")).toBe("waitlisted");
    expect(seatFor(full, "maybe", "going")).toBe("waitlisted");
    expect(seatFor({ attendeesCount: 9000 }, undefined, "going")).toBe("going");
  });

  it("lets nobody lose their seat or their place by asking again", () => {
    expect(seatFor(full, "going", "going")).toBe("going");
    expect(seatFor(full, "waitlisted", "going")).toBe("waitlisted");
  });

  it("takes a maybe and a no at any time", () => {
    expect(seatFor(full, "going", "declined")).toBe("declined");
    expect(seatFor(full, undefined, "maybe")).toBe("maybe");
  });

  it("counts moves", () => {
    const counts = { attendeesCount: 3, maybeCount: 1, waitlistCount: 2 };
    expect(
      countsAfter(counts, [
        ["going", "maybe"],
        ["waitlisted", "going"],
      ]),
    ).toEqual({
      attendeesCount: 3,
      maybeCount: 2,
      waitlistCount: 1,
    });
    expect(countsAfter(counts, [[undefined, "declined"]])).toEqual(counts);
    expect(countsAfter(counts, [["maybe", undefined]])).toEqual({ ...counts, maybeCount: 0 });
  });
});
