// Dead letters in Redis: a queue of their own that nobody works on, the latest thousand of them.
import type { Queue } from "bullmq";
import type { DeadLetter } from "../../../core/ports/queue.ts";
import { idOfKeyless, priorityOf, type StoredJob, turnOf } from "./record.ts";

/** What is kept of a job besides its name, under names that an operator can read. */
export interface LetterData extends Omit<DeadLetter, "id" | "job"> {
  /** Where it goes when it is replayed. */
  readonly jobId: string;
  readonly priority: number;
}
export type LetterQueue = Queue<LetterData>;

const most = 1000;

/**
 * The same turn that dies again, since its process was killed before it could take the job away, is the same letter.
 * @param only it replaces the job's former letter: a recurring one that is broken for good would push out all others.
 */
export async function bury(
  letters: LetterQueue,
  job: StoredJob,
  reason: string,
  now: number,
  only: boolean,
): Promise<void> {
  const { id: jobId, job: name, ...turn } = turnOf(job);
  const id = only ? jobId : `${jobId}@${turn.runAt}`;
  if (only) await letters.remove(id);
  const data = {
    ...turn,
    reason: reason.slice(0, 500),
    diedAt: now,
    jobId: only ? idOfKeyless(id) : jobId,
    priority: priorityOf(job),
  };
  await letters.add(name, data, { jobId: id });
  const spare = (await letters.getWaitingCount()) - most;
  if (spare > 0) for (const old of await letters.getJobs("wait", 0, spare - 1, true)) await letters.remove(old.id!);
}

/** The latest first. */
export async function lettersIn(letters: LetterQueue, limit: number): Promise<readonly DeadLetter[]> {
  const found = await letters.getJobs("wait", 0, limit - 1, false);
  return found.map(({ id, name, data: { jobId: _, priority: __, ...letter } }) => ({ id: id!, job: name, ...letter }));
}
