// How far a migration has come, how fast it is, and how long the rest will take.

export interface Meter {
  /** What an earlier run had done is no progress of this one: it says nothing about speed. */
  skip(units: number): void;
  /** @param doing what is being done, for people. */
  add(units: number, doing: string): void;
}

/**
 * @param total units of work, whatever they are.
 * @param now monotonic, ms.
 */
export function meterOf(total: number, now: () => number, show: (share: number, doing: string) => void): Meter {
  const began = now();
  let skipped = 0;
  let done = 0;
  return {
    skip(units) {
      skipped += units;
    },
    add(units, doing) {
      done += units;
      const seconds = (now() - began) / 1000;
      const left = Math.max(0, total - skipped - done);
      const rest = done > 0 && seconds > 1 ? `, ${lengthOfTime((left / done) * seconds)} left` : "";
      show(Math.min(1, (skipped + done) / Math.max(total, 1)), doing + rest);
    },
  };
}

/** @param seconds as people say it: "40 s", "3 min", "2 h 5 min". */
export function lengthOfTime(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
