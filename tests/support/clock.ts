// A clock that tests own: time stands still until it is advanced.
import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../src/core/ports/clock.ts";

export interface TestClock extends Clock {
  /**
   * Lets time pass: every timer due by then runs at its own instant, in order, those set meanwhile included, and what
   * each of them starts may settle before the next. Calls made at once run one after the other.
   */
  advance(ms: number): Promise<void>;
  /** Lets time pass until an instant: epoch ms or ISO 8601. */
  advanceTo(instant: number | string): Promise<void>;
  /** Sets the wall clock forward or back by so much; timers keep their distance, as with a real clock that is set. */
  jump(ms: number): void;
  /** Lets promises and immediates settle; no time passes. */
  settle(): Promise<void>;
  /** How many timers wait. */
  readonly waiting: number;
}

interface Timer {
  /** In ms of time passed, which jumps do not touch. */
  readonly at: number;
  readonly callback: () => void;
}

/** More than this in one advance is a timer that sets itself again at once. */
const mostTimers = 1_000_000;

/** @param rounds how many turns of the event loop may pass before the next timer; chains of immediates longer than this need more. */
export function testClock(startIso = "2026-03-02T09:00:00Z", { rounds = 32 } = {}): TestClock {
  const timers = new Set<Timer>();
  let passed = 0;
  let offset = Date.parse(startIso);
  if (Number.isNaN(offset)) throw new Error(`no instant: ${startIso}`);
  let last: Promise<void> = Promise.resolve();

  const settle = async (): Promise<void> => {
    for (let round = 0; round < rounds; round++) await setImmediate();
  };

  const earliest = (): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) if (!first || timer.at < first.at) first = timer;
    return first;
  };

  const run = async (ms: number): Promise<void> => {
    const until = passed + ms;
    await settle();
    for (let ran = 0; ; ran++) {
      const timer = earliest();
      if (!timer || timer.at > until) break;
      if (ran > mostTimers) throw new Error(`over ${mostTimers} timers within ${ms} ms`);
      timers.delete(timer);
      passed = Math.max(passed, timer.at);
      timer.callback();
      await settle();
    }
    passed = Math.max(passed, until);
  };

  const advance = (ms: number): Promise<void> => {
    if (!(ms >= 0)) return Promise.reject(new Error(`time does not pass by ${ms} ms`));
    const turn = last.then(() => run(ms));
    last = turn.catch(() => {});
    return turn;
  };

  return {
    now: () => passed + offset,
    after(ms, callback) {
      const timer = { at: passed + Math.max(0, ms), callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance,
    advanceTo(instant) {
      const target = typeof instant === "number" ? instant : Date.parse(instant);
      return last.then(() => advance(target - passed - offset));
    },
    jump(ms) {
      offset += ms;
    },
    settle,
    get waiting() {
      return timers.size;
    },
  };
}
