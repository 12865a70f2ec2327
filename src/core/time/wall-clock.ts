// From wall-clock time in a zone to instants and back, with one rule for the hours that daylight saving drops or repeats.

/** What the change of the clocks did to a wall-clock time: it did not exist ("gap"), or there were two ("fold"). */
export type Shift = "gap" | "fold";

/**
 * The instant (epoch milliseconds) of a wall-clock time.
 * In a gap the time moves forward by the length of the gap; in a fold the first of the two is meant.
 */
export function instantOf(wall: Temporal.PlainDateTime, zone: string): { instant: number; shift?: Shift } {
  const taken = wall.toZonedDateTime(zone, { disambiguation: "compatible" });
  const instant = taken.epochMilliseconds;
  if (!taken.toPlainDateTime().equals(wall)) return { instant, shift: "gap" };
  const second = wall.toZonedDateTime(zone, { disambiguation: "later" });
  return second.epochMilliseconds === instant ? { instant } : { instant, shift: "fold" };
}

const zoned = (instant: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);

/** What clocks in the zone show at an instant. */
export const wallClockOf = (instant: number, zone: string): Temporal.PlainDateTime =>
  zoned(instant, zone).toPlainDateTime();

/** The first instant of the local day; 01:00 where midnight is dropped. */
export const startOfDay = (instant: number, zone: string): number =>
  zoned(instant, zone).startOfDay().epochMilliseconds;
