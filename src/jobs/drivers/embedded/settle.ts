// How a turn ends: its row goes, waits for another try, or becomes a dead letter.
import { insert, patch, remove } from "../../../core/kernel/change.ts";
import type { Failure } from "../../../core/ports/queue.ts";
import { type Change, mostChanges, type Store } from "../../../core/ports/store.ts";
import { nextTurn } from "../../request.ts";
import { isLost } from "./claim.ts";
import { deadJobs, deadRow, type JobRow, jobs } from "./rows.ts";

export interface Ending {
  /** As it was leased last. */
  readonly row: JobRow;
  readonly failure?: Failure;
}

function changesFor({ row, failure }: Ending, now: number): Change[] {
  if (failure?.retryAt !== undefined) {
    const turnAt = Math.max(now, Math.ceil(failure.retryAt));
    return [patch(jobs, row, { owner: null, turnAt })];
  }
  if (row.every !== null) {
    const turnAt = nextTurn(row.runAt, row.every, now);
    const again = patch(jobs, row, { owner: null, turnAt, runAt: turnAt, attempt: 0 });
    if (!failure) return [again];
    // A recurring job leaves its last failure alone: else one that is broken for good would fill the store.
    return [again, remove(deadJobs, row.id), insert(deadJobs, deadRow(row, failure.reason, now))];
  }
  // What is done is done, whoever holds the lease by now; a failure must be sure that it still speaks for the row.
  if (!failure) return [remove(jobs, row.id)];
  const ours = patch(jobs, row, { owner: null });
  return [ours, remove(jobs, row.id), insert(deadJobs, deadRow(row, failure.reason, now))];
}

/** Writes the endings down in as few commits as there can be. Safe to repeat when it throws. */
export async function settle(store: Store, endings: readonly Ending[], now: number): Promise<void> {
  let batch: Ending[] = [];
  let changes: Change[] = [];
  const flush = async (): Promise<void> => {
    const [together, all] = [batch, changes];
    batch = [];
    changes = [];
    if (all.length > 0) await store.commit(all).catch((error) => settleSingly(store, together, error, now));
  };
  for (const ending of endings) {
    const more = changesFor(ending, now);
    if (changes.length + more.length > mostChanges) await flush();
    batch.push(ending);
    changes.push(...more);
  }
  await flush();
}

async function settleSingly(store: Store, endings: readonly Ending[], error: unknown, now: number): Promise<void> {
  if (!isLost(error)) throw error;
  for (const ending of endings) await settleOne(store, ending, now);
}

async function settleOne(store: Store, ending: Ending, now: number): Promise<void> {
  for (;;) {
    const row = await store.get(jobs, ending.row.id);
    // Gone, or another instance's by now: that one has the say.
    if (!row || row.owner !== ending.row.owner || row.attempt !== ending.row.attempt) return;
    try {
      return await store.commit(changesFor({ ...ending, row }, now));
    } catch (error) {
      if (!isLost(error)) throw error;
    }
  }
}
