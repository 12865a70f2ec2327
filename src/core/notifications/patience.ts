// How long a delivery goes on trying one outlet.
import { spread } from "../kernel/spread.ts";

const minute = 60_000;

/** Between tries (ms), unless the other side asks for more. */
export const waits = [5_000, 30_000, 2 * minute, 10 * minute, 30 * minute, 120 * minute] as const;

/** However often processes die over it, too. */
export const mostSends = waits.length + 1;

/**
 * While it was begun no more often than this, what came after it waits behind it: a quarter of an hour. Then it is thought
 * to be itself what can't be sent, and holds up nobody.
 */
export const holdsLine = (tries: number): boolean => tries <= 4;

/** The wait after so many tries, spread by its id. Undefined: enough. */
export function waitAfter(tries: number, id: string): number | undefined {
  const wait = waits[tries - 1];
  return wait && spread(wait, id);
}
