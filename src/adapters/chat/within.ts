// Waiting for work, but not for longer than so much.
import type { Clock } from "../../core/ports/clock.ts";

/** Resolves with the work, or when the time is over. */
export async function within(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
  const over = Promise.withResolvers<void>();
  const cancel = clock.after(ms, over.resolve);
  await Promise.race([work, over.promise]);
  cancel();
}
