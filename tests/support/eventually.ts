// Waiting for what must come, without a time of its own.
import { setImmediate } from "node:timers/promises";

/** Resolves as soon as it holds. @throws Error after 20 s, or `withinMs`. */
export async function eventually(holds: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`never held: ${holds}`);
    await setImmediate();
  }
}
