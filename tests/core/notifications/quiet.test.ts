// Quiet hours and digests by the member's own clock: over midnight, across both changes of the clocks, in zones that do it oddly.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { localDay, nextDigest, type Quiet, quietEnd } from "../../../src/core/notifications/quiet.ts";
import { wallClockOf } from "../../../src/core/time/wall-clock.ts";

const minute = 60_000;
const at = (clock: string) => {
  const [hour, minutes] = clock.split(":").map(Number);
  return hour! * 60 + minutes!;
};
const quiet = (from: string, to: string): Quiet => ({ from: at(from), to: at(to) });
const night = quiet("22:00", "07:30");
const ends = (now: string, zone: string, window = night) => {
  const end = quietEnd(Date.parse(now), window, zone);
  return end === undefined ? undefined : new Date(end).toISOString();
};

describe("on an ordinary day", () => {
  it.each([
    ["21:59", undefined],
    ["22:00", "2026-03-03T06:30:00.000Z"],
    ["23:30", "2026-03-03T06:30:00.000Z"],
  ])("at %s in Berlin what comes waits until %s", (clock, end) => {
    const now = Temporal.PlainDateTime.from(`2026-03-02T${clock}`).toZonedDateTime("Europe/Berlin");
    expect(ends(now.toInstant().toString(), "Europe/Berlin")).toBe(end);
  });

  it("are over at the minute they end", () => {
    expect(ends("2026-03-03T06:29:59Z", "Europe/Berlin")).toBe("2026-03-03T06:30:00.000Z");
    expect(ends("2026-03-03T06:30:00Z", "Europe/Berlin")).toBeUndefined();
  });

  it("may lie within one day", () => {
    expect(ends("2026-03-02T12:30:00Z", "UTC", quiet("12:00", "14:00"))).toBe("2026-03-02T14:00:00.000Z");
    expect(ends("2026-03-02T14:30:00Z", "UTC", quiet("12:00", "14:00"))).toBeUndefined();
  });

  it("are none where they begin when they end, and where none are chosen", () => {
    expect(ends("2026-03-02T12:00:00Z", "UTC", quiet("12:00", "12:00"))).toBeUndefined();
    expect(quietEnd(Date.parse("2026-03-02T23:00:00Z"), undefined, "UTC")).toBeUndefined();
  });

  it("move with somebody who travels", () => {
    const now = "2026-03-02T22:30:00Z";
    expect(ends(now, "Europe/London")).toBe("2026-03-03T07:30:00.000Z");
    expect(ends(now, "America/New_York")).toBeUndefined();
    expect(ends(now, "Asia/Tokyo")).toBeUndefined();
    expect(ends(now, "Asia/Kolkata")).toBe("2026-03-03T02:00:00.000Z");
  });
});

describe("when the clocks change", () => {
  it.each([
    ["Berlin, forward", "Europe/Berlin", "2026-03-28T21:30:00Z", "2026-03-29T05:30:00.000Z"],
    ["Berlin, back", "Europe/Berlin", "2026-10-24T20:30:00Z", "2026-10-25T06:30:00.000Z"],
    ["New York, forward", "America/New_York", "2026-03-08T04:00:00Z", "2026-03-08T11:30:00.000Z"],
    ["New York, back", "America/New_York", "2026-11-01T03:00:00Z", "2026-11-01T12:30:00.000Z"],
    ["Sydney, back", "Australia/Sydney", "2026-04-04T12:00:00Z", "2026-04-04T21:30:00.000Z"],
    ["Sydney, forward", "Australia/Sydney", "2026-10-03T13:00:00Z", "2026-10-03T20:30:00.000Z"],
    ["Lord Howe by half an hour, back", "Australia/Lord_Howe", "2026-04-04T12:00:00Z", "2026-04-04T21:00:00.000Z"],
    ["Lord Howe by half an hour, forward", "Australia/Lord_Howe", "2026-10-03T12:00:00Z", "2026-10-03T20:30:00.000Z"],
    ["Beirut, whose midnight is left out", "Asia/Beirut", "2026-03-28T21:30:00Z", "2026-03-29T04:30:00.000Z"],
    ["Beirut, back", "Asia/Beirut", "2026-10-24T20:30:00Z", "2026-10-25T05:30:00.000Z"],
    ["Santiago, whose midnight is left out", "America/Santiago", "2026-09-06T03:00:00Z", "2026-09-06T10:30:00.000Z"],
    ["Santiago, back", "America/Santiago", "2026-04-05T02:30:00Z", "2026-04-05T11:30:00.000Z"],
  ])("the night ends at half past seven: %s", (_, zone, now, end) => {
    expect(ends(now, zone)).toBe(end);
    const wall = wallClockOf(Date.parse(end), zone);
    expect(wall.toPlainTime().toString()).toBe("07:30:00");
  });

  it("an end that is left out is the jump; a midnight too", () => {
    expect(ends("2026-03-29T00:30:00Z", "Europe/Berlin", quiet("22:00", "02:30"))).toBe("2026-03-29T01:00:00.000Z");
    expect(ends("2026-09-06T03:30:00Z", "America/Santiago", quiet("22:00", "00:00"))).toBe("2026-09-06T04:00:00.000Z");
    expect(ends("2026-03-28T21:30:00Z", "Asia/Beirut", quiet("22:00", "00:00"))).toBe("2026-03-28T22:00:00.000Z");
  });

  it("a beginning that is left out is the jump", () => {
    const window = quiet("02:15", "05:00");
    expect(ends("2026-03-29T00:59:59Z", "Europe/Berlin", window)).toBeUndefined();
    expect(ends("2026-03-29T01:00:00Z", "Europe/Berlin", window)).toBe("2026-03-29T03:00:00.000Z");
  });

  it("of an hour that comes twice they begin with the first and end with the last", () => {
    expect(ends("2026-10-25T00:45:00Z", "Europe/Berlin", quiet("22:00", "02:30"))).toBe("2026-10-25T01:30:00.000Z");
    expect(ends("2026-10-25T00:30:00Z", "Europe/Berlin", quiet("02:30", "07:00"))).toBe("2026-10-25T06:00:00.000Z");
    expect(ends("2026-10-25T00:29:00Z", "Europe/Berlin", quiet("02:30", "07:00"))).toBeUndefined();
  });
});

const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Beirut", "UTC"];
const instants = fc.integer({ min: Date.parse("2026-01-01T00:00:00Z"), max: Date.parse("2027-01-01T00:00:00Z") });
const ofDay = fc.integer({ min: 0, max: 1439 });

/** What the clock on the wall says, whatever the clocks did. */
function showsQuiet(now: number, { from, to }: Quiet, zone: string): boolean {
  const { hour, minute: minutes } = wallClockOf(now, zone);
  const shown = hour * 60 + minutes;
  return from < to ? from <= shown && shown < to : from !== to && (shown >= from || shown < to);
}

const nearChange = (now: number, zone: string) => {
  const there = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const changes = [there.getTimeZoneTransition("previous"), there.getTimeZoneTransition("next")];
  return changes.some((change) => change && Math.abs(change.epochMilliseconds - now) <= 60 * minute);
};

describe("always", () => {
  it("nobody is disturbed while their clock shows quiet hours, and everybody is reached in the end", () => {
    fc.assert(
      fc.property(instants, ofDay, ofDay, fc.constantFrom(...zones), (now, from, to, zone) => {
        const window = { from, to };
        const end = quietEnd(now, window, zone);
        if (showsQuiet(now, window, zone)) expect(end).toBeDefined();
        else if (!nearChange(now, zone)) expect(end).toBeUndefined();
        if (end === undefined) return;
        expect(end).toBeGreaterThan(now);
        expect(end - now).toBeLessThanOrEqual(25 * 60 * minute);
        // What is free may be left out by a change of the clocks when it is shorter than that.
        if ((from - to + 1440) % 1440 < 60) return;
        expect(showsQuiet(end, window, zone)).toBe(false);
        expect(quietEnd(end, window, zone)).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  it("a free minute in the hour that is shown twice is free the second time", () => {
    const window = { from: 1381, to: 1380 };
    const end = quietEnd(1775268060000, window, "America/Santiago")!;
    expect(showsQuiet(end, window, "America/Santiago")).toBe(false);
    expect(quietEnd(end, window, "America/Santiago")).toBeUndefined();
  });

  it("the next digest is ahead, at its hour unless that is left out, and at most a week away", () => {
    const every = fc.constantFrom("daily" as const, "weekly" as const);
    fc.assert(
      fc.property(instants, every, ofDay, fc.integer({ min: 1, max: 7 }), fc.constantFrom(...zones), (now, ...rest) => {
        const [rhythm, hour, day, zone] = rest;
        const next = nextDigest(now, { every: rhythm, at: hour, day }, zone);
        expect(next).toBeGreaterThan(now);
        expect(next - now).toBeLessThanOrEqual((rhythm === "daily" ? 25 : 7 * 24 + 1) * 60 * minute);
        const wall = wallClockOf(next, zone);
        if (rhythm === "weekly") expect(wall.dayOfWeek).toBe(day);
        if (!nearChange(next, zone)) expect(wall.hour * 60 + wall.minute).toBe(hour);
      }),
    );
  });
});

it("a day is the member's own", () => {
  const now = Date.parse("2026-03-02T23:30:00Z");
  expect([localDay(now, "UTC"), localDay(now, "Asia/Tokyo")]).toEqual(["2026-03-02", "2026-03-03"]);
});
