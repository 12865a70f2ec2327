// A clock that runs as real time does, for what waits on the network, and leaps over the hours in between.
import type { Clock } from "../../src/core/ports/clock.ts";

export interface LeapingClock extends Clock {
  /** Sets the clock ahead; what came due meanwhile rings at once, in order, as after a machine has slept. */
  leap(ms: number): void;
  /** Rings no more: for a process that was killed. What is set later rings again. */
  silence(): void;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
  real?: NodeJS.Timeout;
}

/** setTimeout takes no more (ms). */
const longest = 2 ** 31 - 1;

export function leapingClock(startIso = "2026-03-02T09:00:00Z"): LeapingClock {
  const timers = new Set<Timer>();
  const began = performance.now();
  let leapt = Date.parse(startIso);
  if (Number.isNaN(leapt)) throw new Error(`no instant: ${startIso}`);
  const now = () => Math.floor(performance.now() - began) + leapt;

  function arm(timer: Timer): void {
    clearTimeout(timer.real);
    timer.real = setTimeout(
      () => {
        if (now() < timer.at) return arm(timer);
        timers.delete(timer);
        timer.callback();
      },
      Math.min(longest, Math.max(0, timer.at - now())),
    );
  }

  return {
    now,
    after(ms, callback) {
      const timer: Timer = { at: now() + Math.max(0, ms), callback };
      timers.add(timer);
      arm(timer);
      return () => {
        clearTimeout(timer.real);
        timers.delete(timer);
      };
    },
    leap(ms) {
      if (!(ms >= 0)) throw new Error(`time does not leap by ${ms} ms`);
      leapt += ms;
      for (const timer of [...timers].sort((one, other) => one.at - other.at)) arm(timer);
    },
    silence() {
      for (const { real } of timers) clearTimeout(real);
      timers.clear();
    },
  };
}
