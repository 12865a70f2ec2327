// Wall-clock time against instants, through both changes of the clocks.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { instantOf, startOfDay, wallClockOf } from "../../../src/core/time/wall-clock.ts";

const wall = (text: string) => Temporal.PlainDateTime.from(text);
const utc = (text: string) => Temporal.Instant.from(text).epochMilliseconds;

describe("instantOf", () => {
  it.each([
    ["Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59Z", undefined],
    ["Europe/Berlin", "2026-03-29T02:00", "2026-03-29T01:00Z", "gap"],
    ["Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00Z", undefined],
    ["Europe/Berlin", "2026-10-25T02:59", "2026-10-25T00:59Z", "fold"],
    ["Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00Z", undefined],
    ["America/New_York", "2026-03-08T02:30", "2026-03-08T07:30Z", "gap"],
    ["America/New_York", "2026-11-01T01:30", "2026-11-01T05:30Z", "fold"],
    ["Australia/Lord_Howe", "2026-10-04T02:00", "2026-10-03T15:30Z", "gap"],
    ["Australia/Lord_Howe", "2026-10-04T02:30", "2026-10-03T15:30Z", undefined],
    ["Australia/Lord_Howe", "2026-04-05T01:30", "2026-04-04T14:30Z", "fold"],
    ["Africa/Casablanca", "2026-03-22T02:30", "2026-03-22T02:30Z", "gap"],
    ["Africa/Casablanca", "2026-02-15T02:30", "2026-02-15T01:30Z", "fold"],
    ["Asia/Kolkata", "2026-03-29T02:30", "2026-03-28T21:00Z", undefined],
  ] as const)("%s %s", (...[zone, local, expected, shift]) => {
    expect(instantOf(wall(local), zone)).toEqual({ instant: utc(expected), ...(shift && { shift }) });
  });

  it("is undone by wallClockOf, but for gaps", () => {
    const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata"];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 * 366 * 1440 }), fc.constantFrom(...zones), (minutes, zone) => {
        const local = wall("2026-01-01T00:00").add({ minutes });
        const { instant, shift } = instantOf(local, zone);
        expect(wallClockOf(instant, zone).equals(local)).toBe(shift !== "gap");
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});

describe("days", () => {
  it("begin at midnight, or after it where midnight is dropped", () => {
    expect(startOfDay(utc("2026-11-25T08:00Z"), "Europe/Berlin")).toBe(utc("2026-11-24T23:00Z"));
    expect(startOfDay(utc("2026-04-24T12:00Z"), "Africa/Cairo")).toBe(utc("2026-04-23T22:00Z"));
  });
});
