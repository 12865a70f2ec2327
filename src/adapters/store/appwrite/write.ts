// The outcome of a commit on the server: one transaction that knows its name, so that what became of it can always be told.
import { randomBytes } from "node:crypto";
import { Query } from "node-appwrite";
import { withPatience } from "./backoff.ts";
import type { Outcome } from "./decide.ts";
import { AppwriteFailure, isClash, isPassing } from "./failure.ts";
import { inRequests, keysOf, operationsOf, rowsToWrite, stampOf } from "./operations.ts";
import { own } from "./own-tables.ts";
import { type Connection, listOf } from "./read.ts";
import { type Held, rowIdOf } from "./table.ts";

/** `again`: nothing was written, and nothing will be. */
export type Written = { readonly done: readonly Held[] } | { readonly again: true };

export const newCommit = (): string => randomBytes(12).toString("hex");

/** @throws AppwriteFailure; with `mayHaveActed` when nobody could be asked what became of it. */
export async function write(at: Connection, outcomes: readonly Outcome[]): Promise<Written> {
  const commit = newCommit();
  const done = isPlain(outcomes) ? await insertAtOnce(at, outcomes, commit) : await transact(at, outcomes, commit);
  return done ? { done: heldOf(outcomes, commit) } : { again: true };
}

const heldOf = (outcomes: readonly Outcome[], commit: string): Held[] =>
  outcomes.flatMap(({ after }, nth) => (after ? [{ row: after, stamp: stampOf(commit, nth) }] : []));

/** New rows of one table that nothing else goes with: the server takes them all or none without a transaction. */
const isPlain = (outcomes: readonly Outcome[]): boolean =>
  outcomes.every(({ table, before }) => !before && table === outcomes[0]!.table && !table.collection.often) &&
  keysOf(outcomes).gained.size === 0;

async function insertAtOnce(at: Connection, outcomes: readonly Outcome[], commit: string): Promise<boolean> {
  const tableId = outcomes[0]!.table.name;
  try {
    const rows = [...rowsToWrite(outcomes, commit).values()];
    await at.tables.createRows({ databaseId: at.databaseId, tableId, rows });
    return true;
  } catch (error) {
    if (isClash(error)) return false;
    if (!isPassing(error) || !error.mayHaveActed || !(await wasInserted(at, outcomes[0]!, commit))) throw error;
    return true;
  }
}

/** By the stamp of its first row, which the row still has or somebody has spent. An insert that hangs may yet be done. */
async function wasInserted(at: Connection, { table, id }: Outcome, commit: string): Promise<boolean> {
  const stamp = stampOf(commit, 0);
  const [rows, spent] = await Promise.all([
    listOf(at, table.name, [Query.equal("$id", rowIdOf(id)), Query.select(["stamp"])]),
    listOf(at, own.commits, [Query.equal("$id", stamp)]),
  ]);
  return rows.rows[0]?.stamp === stamp || spent.rows.length > 0;
}

async function transact(at: Connection, outcomes: readonly Outcome[], commit: string): Promise<boolean> {
  const { $id: transactionId } = await withPatience(patience, isPassing, () =>
    at.tables.createTransaction({ ttl: 60 }),
  );
  try {
    for (const operations of inRequests(operationsOf(at.databaseId, outcomes, commit)))
      await at.tables.createOperations({ transactionId, operations });
  } catch (error) {
    // What is only staged is never done.
    if (isClash(error) || isLost(error)) return false;
    throw error;
  }
  try {
    await at.tables.updateTransaction({ transactionId, commit: true });
    return true;
  } catch (error) {
    if (isClash(error)) return false;
    if (isLost(error)) return wasCommitted(at, commit);
    throw error;
  }
}

const patience = { withinMs: 6_000, pauseMs: 50, longestPauseMs: 1_000 };
const isLost = (error: unknown) => isPassing(error) && error.mayHaveActed;

/**
 * Settles a commit that got no answer: by taking its name. Whoever has the name first stays: either the commit has it and
 * all it did is there, or it never gets it and can no longer do anything, however late it comes.
 */
function wasCommitted(at: Connection, commit: string): Promise<boolean> {
  return withPatience({ ...patience, withinMs: 15_000 }, isPassing, () => hasName(at, commit)).catch((error) => {
    throw new AppwriteFailure("What became of a commit is not known", 0, "", true, error);
  });
}

async function hasName(at: Connection, commit: string): Promise<boolean> {
  try {
    const name = { databaseId: at.databaseId, tableId: own.commits, rowId: commit };
    await at.tables.createRow({ ...name, data: { by: voided } });
    return false;
  } catch (error) {
    if (!(error instanceof AppwriteFailure) || error.status !== 409) throw error;
    const { rows } = await listOf(at, own.commits, [Query.equal("$id", commit)]);
    return rows[0]?.by !== voided;
  }
}

const voided = "nobody";
