// The machine's clock: wall-clock time, and timers of any length.
import type { Clock } from "../core/ports/clock.ts";

/** `setTimeout` takes 2^31 - 1 ms (24.8 days) at most, so longer waits are made of several. */
const longestTimer = 2 ** 31 - 1;

/**
 * Somebody waits for what is near (the next poll, a retry), so it keeps the process alive until it is cancelled;
 * what is farther off is a plan, and a plan alone is no reason to stay.
 */
const keepsAliveUpTo = 10_000;

export const systemClock = (): Clock => ({ now: Date.now, after });

function after(ms: number, callback: () => void): () => void {
  let left = Math.max(0, Math.ceil(ms));
  let timer: NodeJS.Timeout;
  const step = (): void => {
    const part = Math.min(left, longestTimer);
    left -= part;
    timer = setTimeout(left > 0 ? step : callback, part);
    if (left + part > keepsAliveUpTo) timer.unref();
  };
  step();
  return () => clearTimeout(timer);
}
