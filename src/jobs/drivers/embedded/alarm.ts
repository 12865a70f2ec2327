// When the embedded queue looks at its store next: at the earliest due time it knows of, and at every poll.
import type { Clock } from "../../../core/ports/clock.ts";

export interface Alarm {
  /** Until then (epoch ms) there is nothing to find that is known of. */
  readonly at: number;
  /** Whether what the store last said is due next is due by now. */
  isDue(now: number): boolean;
  /**
   * What the store says is due next. Where that is earlier than was known, and not by this process's doing, others are
   * enqueueing: polls are frequent for a while, and rare after it.
   */
  heard(due: number | undefined, byUs: boolean): void;
  /** Rings at that time, or at the next poll if that is earlier. */
  set(at?: number): void;
  /** Rings at that time if it was to ring later. */
  sooner(at: number): void;
  /** Rings after so many ms, at the next poll when absent, whatever is due. */
  rest(ms?: number): void;
  off(): void;
}

/** In polls: how long they are frequent, and what they are rarer by after that. */
const frequentFor = 10;
const rarer = 4;

export function alarm(clock: Clock, pollMs: number, ring: () => void): Alarm {
  let at = Number.POSITIVE_INFINITY;
  let known = Number.POSITIVE_INFINITY;
  let newsAt = clock.now();
  let off = () => {};
  const ringIn = (ms: number): void => {
    off();
    off = ms === Number.POSITIVE_INFINITY ? () => {} : clock.after(Math.max(0, ms), ring);
  };
  return {
    get at() {
      return at;
    },
    isDue: (now) => known <= now,
    heard(due = Number.POSITIVE_INFINITY, byUs) {
      if (due < known && !byUs) newsAt = clock.now();
      known = due;
    },
    set(next = Number.POSITIVE_INFINITY) {
      const pause = clock.now() - newsAt < frequentFor * pollMs ? pollMs : rarer * pollMs;
      at = Math.min(next, clock.now() + pause);
      ringIn(at - clock.now());
    },
    sooner(next) {
      known = Math.min(known, next);
      if (next >= at) return;
      at = next;
      ringIn(at - clock.now());
    },
    rest: (ms = pollMs) => ringIn(ms),
    off: () => off(),
  };
}
