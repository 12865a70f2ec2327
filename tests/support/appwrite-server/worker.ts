// The worker that changes schemas after the answer: in order, a little later, and not at all while it is paused.

export interface Worker {
  later(job: () => void): void;
  /** Does what is due. */
  work(): void;
  pause(): void;
  resume(): void;
}

export function worker(now: () => number, delayMs: number): Worker {
  const jobs: { readonly at: number; readonly job: () => void }[] = [];
  let paused = false;
  return {
    later: (job) => void jobs.push({ at: Math.max(now(), jobs.at(-1)?.at ?? 0) + delayMs, job }),
    work() {
      while (!paused && jobs[0] && jobs[0].at <= now()) jobs.shift()!.job();
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
    },
  };
}
