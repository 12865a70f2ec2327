// What is being handled at the moment, for a stop to wait for.
import type { Clock } from "../../core/ports/clock.ts";
import { within } from "./within.ts";

export interface UnderWay {
  /** Answers the work itself, which counts until it is over. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is under way, at the latest after so many ms. */
  idle(withinMs: number): Promise<void>;
}

export function underWay(clock: Clock): UnderWay {
  const works = new Set<Promise<unknown>>();
  const settled = async () => {
    while (works.size > 0) await Promise.allSettled(works);
  };
  return {
    track(work) {
      const over = () => works.delete(work);
      works.add(work);
      work.then(over, over);
      return work;
    },
    idle: (withinMs) => within(clock, withinMs, settled()),
  };
}
