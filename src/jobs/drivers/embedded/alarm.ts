// When the embedded queue looks at its store next: at the earliest due time it knows of, and at every poll.
import type { Clock } from "../../../core/ports/clock.ts";

export interface Alarm {
  /** Until then (epoch ms) there is nothing to find that is known of. */
  readonly at: number;
  /** Rings at that time, or at the next poll if that is earlier. */
  set(at?: number): void;
  /** Rings at that time if it was to ring later. */
  sooner(at: number): void;
  /** Rings after so many ms, at the next poll when absent, whatever is due. */
  rest(ms?: number): void;
  off(): void;
}

export function alarm(clock: Clock, pollMs: number, ring: () => void): Alarm {
  let at = Number.POSITIVE_INFINITY;
  let off = () => {};
  const ringIn = (ms: number): void => {
    off();
    off = ms === Number.POSITIVE_INFINITY ? () => {} : clock.after(Math.max(0, ms), ring);
  };
  return {
    get at() {
      return at;
    },
    set(next = Number.POSITIVE_INFINITY) {
      at = Math.min(next, clock.now() + pollMs);
      ringIn(at - clock.now());
    },
    sooner(next) {
      if (next >= at) return;
      at = next;
      ringIn(at - clock.now());
    },
    rest: (ms = pollMs) => ringIn(ms),
    off: () => off(),
  };
}
