// Waiting for what must come, without a time of its own.
import { setImmediate } from "node:timers/promises";

/** Resolves as soon as it holds. @throws Error after 20 s. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`never held: ${holds}`);
    await setImmediate();
  }
}
