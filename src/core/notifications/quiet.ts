// Times of day in a member's own zone: when quiet hours end, when the next digest is due, which day it is.
import { instantOf, wallClockOf } from "../time/wall-clock.ts";

/** Minutes after midnight: 0 to 1439. */
export type MinuteOfDay = number;

/** From one time of day until another, over midnight where the second is not the later one. Equal: never. */
export interface Quiet {
  readonly from: MinuteOfDay;
  readonly to: MinuteOfDay;
}

/**
 * When the quiet hours that hold at an instant end (epoch ms); undefined when none hold. They begin with the first and
 * end with the last of two hours that the clocks show twice, and end with the first instant after a time that they leave out.
 */
export function quietEnd(now: number, quiet: Quiet | undefined, zone: string): number | undefined {
  if (!quiet || quiet.from === quiet.to) return undefined;
  const today = wallClockOf(now, zone).toPlainDate();
  const overnight = quiet.to < quiet.from ? 1 : 0;
  let before = Number.NEGATIVE_INFINITY;
  for (const day of [today.subtract({ days: 1 }), today]) {
    const first = firstAt(day, quiet.from, zone);
    // What lies between two windows may be shorter than the hour shown twice: it then is free the second time.
    const start = first < before ? lastAt(day, quiet.from, zone) : first;
    const end = lastAt(day.add({ days: overnight }), quiet.to, zone);
    if (start <= now && now < end) return end;
    before = end;
  }
  return undefined;
}

const wallAt = (day: Temporal.PlainDate, minute: MinuteOfDay) =>
  day.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });

/** Where the clocks leave that time out: the instant at which they jump. */
function firstAt(day: Temporal.PlainDate, minute: MinuteOfDay, zone: string): number {
  const { instant, shift } = instantOf(wallAt(day, minute), zone);
  return shift === "gap" ? jumpBefore(instant, zone) : instant;
}

function lastAt(day: Temporal.PlainDate, minute: MinuteOfDay, zone: string): number {
  const wall = wallAt(day, minute);
  const { instant, shift } = instantOf(wall, zone);
  if (shift === "fold") return wall.toZonedDateTime(zone, { disambiguation: "later" }).epochMilliseconds;
  return shift === "gap" ? jumpBefore(instant, zone) : instant;
}

const jumpBefore = (instant: number, zone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(instant + 1)
    .toZonedDateTimeISO(zone)
    .getTimeZoneTransition("previous")!.epochMilliseconds;

export interface DigestTime {
  readonly every: "daily" | "weekly";
  readonly at: MinuteOfDay;
  /** Of a weekly one: 1 is Monday, 7 Sunday. */
  readonly day: number;
}

/** The first instant after this one at which the digest is due. */
export function nextDigest(now: number, { every, at, day }: DigestTime, zone: string): number {
  const today = wallClockOf(now, zone).toPlainDate();
  for (let ahead = 0; ; ahead++) {
    const date = today.add({ days: ahead });
    if (every === "weekly" && date.dayOfWeek !== day) continue;
    const { instant } = instantOf(wallAt(date, at), zone);
    if (instant > now) return instant;
  }
}

/** The day it is for somebody there: 2026-03-02. */
export const localDay = (now: number, zone: string): string => wallClockOf(now, zone).toPlainDate().toString();
