// The worker that changes schemas after the answer: in order, a little later, and not at all while it is paused.

/** What the worker does; `fault` is what the database said against it. */
export type Job = (fault?: string) => void;

export interface Worker {
  later(job: Job): void;
  /** Does what is due. */
  work(): void;
  pause(): void;
  resume(): void;
  /** The next job fails with this. */
  fail(why: string): void;
}

export function worker(now: () => number, delayMs: number): Worker {
  const jobs: { readonly at: number; readonly job: Job }[] = [];
  const faults: string[] = [];
  let paused = false;
  return {
    later: (job) => void jobs.push({ at: Math.max(now(), jobs.at(-1)?.at ?? 0) + delayMs, job }),
    work() {
      while (!paused && jobs[0] && jobs[0].at <= now()) jobs.shift()!.job(faults.shift());
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
    },
    fail: (why) => void faults.push(why),
  };
}
