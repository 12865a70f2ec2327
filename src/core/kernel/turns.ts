// Jobs that a change calls for or makes needless: in one commit with it where they live in the store, else right after it.
import { isConflict } from "../errors.ts";
import type { JobRequest } from "../ports/queue.ts";
import type { Change } from "../ports/store.ts";
import type { Context } from "./house.ts";

export interface Turns {
  /** With keys that are new as a rule; where one is not, the job that has it stays. */
  readonly given?: readonly JobRequest[];
  /** Keys of pending jobs. */
  readonly takenBack?: readonly string[];
}

type Needs = Pick<Context, "store" | "queue" | "log">;

/** A crash after the commit may leave jobs elsewhere as they were: what must be done needs a sweep, what need not no harm. */
export async function commitWithTurns(
  ctx: Needs,
  changes: readonly Change[],
  { given = [], takenBack = [] }: Turns,
): Promise<void> {
  const { store, queue } = ctx;
  const [back, turns] = [await queue.cancelInCommit(takenBack), queue.inCommit(given)];
  if (back && turns) {
    try {
      await store.commit([...changes, ...back, ...turns.changes]);
      return turns.committed();
    } catch (error) {
      if (isAboutOne(changes, error)) throw error;
    }
  }
  await store.commit(changes);
  await handOver(ctx, { given, takenBack });
}

/**
 * Gives and takes back turns of what is committed already, so it never fails: what the queue does not take is left to a
 * sweep. A queue outside the store is not waited for, since it may be away; it waits for itself when it is closed.
 */
export async function handOver(
  { queue, log }: Omit<Needs, "store">,
  { given = [], takenBack = [] }: Turns,
): Promise<void> {
  const all = async () => {
    if (given.length > 0) await queue.enqueue(given);
    for (const key of takenBack) await queue.cancel(key);
  };
  const over = all().catch((error) => log.warn({}, "jobs wait for the sweep", error));
  if (queue.inCommit([])) await over;
}

/** Not about a job that somebody has enqueued or begun meanwhile. */
const isAboutOne = (changes: readonly Change[], error: unknown): boolean =>
  !isConflict(error) || changes.some((change) => change.in.name === error.detail.collection);
