// Gives a dead letter its turn again, and its row to the sweep, should the queue lose that turn.
import type { Context } from "../core/kernel/house.ts";

/** More than the operator's page shows. */
const mostLetters = 500;

/** The row first: a sweep and a replay are one turn, by its key. @throws AppError `not_found`, or `conflict` when it waits already */
export async function replay(base: Omit<Context, "correlation">, id: string): Promise<void> {
  const { house, queue } = base;
  const letter = (await queue.dead(mostLetters)).find((one) => one.id === id);
  const job = letter && house.jobs.get(letter.job);
  const input = job?.input.safeParse(letter?.input);
  if (letter && input?.success) await job?.replayed?.({ ...base, correlation: letter.correlation }, input.data);
  await queue.replay(id);
}
