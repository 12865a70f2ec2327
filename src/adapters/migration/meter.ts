// How far a migration has come, how fast it is, and how long the rest will take.

interface Meter {
  /** What an earlier run had done is no progress of this one: it says nothing about speed. */
  skip(units: number): void;
  /** @param doing what is being done, for people. */
  add(units: number, doing: string): void;
}

/**
 * @param total units of work, whatever they are.
 * @param now monotonic, ms.
 */
function meterOf(total: number, now: () => number, show: (share: number, doing: string) => void): Meter {
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

/** What comparing costs beside copying, and a byte of a file beside a row, about. */
const comparingCosts = 0.2;
const byteCosts = 1 / 50_000;

export interface Amount {
  readonly rows: number;
  readonly files: number;
  readonly bytes: number;
}

/** Says of each piece of work what is being done. */
export function telling({ rows, files, bytes }: Amount, show: (share: number, doing: string) => void) {
  const now = () => performance.now();
  const total = (rows + bytes * byteCosts) * (1 + comparingCosts);
  const meter = meterOf(total, now, show);
  const began = now();
  let [here, copied, compared] = [0, 0, 0];
  const passed = { copying: 0, comparing: 0 };
  return {
    copied: (name: string) => (count: number, before: boolean) => {
      copied += count;
      if (before) return meter.skip(count);
      here += count;
      const rate = Math.round(here / Math.max((now() - began) / 1000, 0.001));
      meter.add(count, `copying ${name}: ${copied} of ${rows} rows, ${rate}/s`);
    },
    compared: (name: string) => (count: number) => {
      compared += count;
      meter.add(count * comparingCosts, `comparing ${name}: ${compared} of ${rows} rows`);
    },
    file: (doing: "copying" | "comparing") => (file: { readonly bytes: number }, before: boolean) => {
      const cost = file.bytes * byteCosts * (doing === "copying" ? 1 : comparingCosts);
      passed[doing]++;
      if (before) return meter.skip(cost);
      meter.add(cost, `${doing} files: ${passed[doing]} of ${files}`);
    },
  };
}

/** @param seconds as people say it: "40 s", "3 min", "2 h 5 min". */
export function lengthOfTime(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
