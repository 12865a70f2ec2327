// How fast turns end, which says how many are worth claiming ahead.
import type { Clock } from "../../../core/ports/clock.ts";

export interface Pace {
  count(): void;
  /** How many were counted in the last `ms` to twice `ms`. */
  recent(): number;
}

export function pace(clock: Clock, ms: number): Pace {
  let from = clock.now();
  let now = 0;
  let before = 0;
  const turnOver = (): void => {
    const passed = Math.abs(clock.now() - from);
    if (passed < ms) return;
    before = passed < 2 * ms ? now : 0;
    now = 0;
    from = clock.now();
  };
  return {
    count() {
      turnOver();
      now++;
    },
    recent() {
      turnOver();
      return now + before;
    },
  };
}
