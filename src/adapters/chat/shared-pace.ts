// The pace of all processes together: each keeps its own, and what they share has the last word while it answers.
import type { Clock } from "../../core/ports/clock.ts";
import type { Line, Pace } from "./pace.ts";

export interface SharedRates {
  /**
   * Reserves a place on every line: the ms to wait for it, 0 for now. More than `patienceMs`: nothing is reserved.
   * Undefined where nobody answers: then each process goes by its own pace.
   */
  take(lines: readonly Line[], patienceMs: number): Promise<number | undefined>;
  /** Nothing on the line for so long (ms), whoever asks. */
  hold(line: Line, ms: number): Promise<void>;
}

/** @param linesOf those of one chat, or of calls that write into none. The first is the one to hold. */
export function sharedPace<Chat>(
  own: Pace<Chat>,
  shared: SharedRates,
  clock: Clock,
  linesOf: (chat: Chat) => readonly [Line, ...Line[]],
): Pace<Chat> {
  return {
    async turn(chat, patienceMs) {
      const until = clock.now() + patienceMs;
      const tooLong = await own.turn(chat, patienceMs);
      if (tooLong !== undefined) return tooLong;
      const left = Math.max(0, until - clock.now());
      const wait = (await shared.take(linesOf(chat), left)) ?? 0;
      if (wait > left) return wait;
      if (wait > 0) await new Promise<void>((resolve) => clock.after(wait, resolve));
      return undefined;
    },
    hold(chat, ms) {
      own.hold(chat, ms);
      void shared.hold(linesOf(chat)[0], ms);
    },
    get remembered() {
      return own.remembered;
    },
  };
}
