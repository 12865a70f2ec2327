// Trying again: after pauses that grow and are never quite the same, until time is up.
import { setTimeout } from "node:timers/promises";

export interface Patience {
  /** No new try begins later than this, ms after the first. */
  readonly withinMs: number;
  /** The first pause is at most this long, ms; each is up to twice the last. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
}

/** @param again which failures another try may heal. @throws the last failure. */
export async function withPatience<T>(
  { withinMs, pauseMs, longestPauseMs }: Patience,
  again: (error: unknown) => boolean,
  attempt: (nth: number) => Promise<T>,
): Promise<T> {
  const until = performance.now() + withinMs;
  for (let nth = 0, longest = pauseMs; ; nth++, longest = Math.min(longest * 2, longestPauseMs)) {
    try {
      return await attempt(nth);
    } catch (error) {
      const pause = longest * (0.5 + Math.random() / 2);
      if (!again(error) || performance.now() + pause > until) throw error;
      await setTimeout(pause);
    }
  }
}
