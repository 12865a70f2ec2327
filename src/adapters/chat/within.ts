// Waiting for work, but not for longer than so much.
import type { Clock } from "../../core/ports/clock.ts";

/** Resolves with the work, or when the time is over; rejects as the work does before. */
export function within(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, resolve);
    work.then(
      () => {
        cancel();
        resolve();
      },
      (error) => {
        cancel();
        reject(error);
      },
    );
  });
}
