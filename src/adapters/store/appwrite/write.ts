// The outcome of a commit on the server: one transaction that knows its name, so that what became of it can always be told.
import { randomBytes } from "node:crypto";
import { Query } from "node-appwrite";
import { withPatience } from "./backoff.ts";
import type { Outcome } from "./decide.ts";
import { AppwriteFailure, isClash, isPassingFailure, Unfinished } from "./failure.ts";
import { fitsRequest, inRequests, keysOf, operationsOf, type RowToWrite, rowsToWrite, stampOf } from "./operations.ts";
import { own } from "./own-tables.ts";
import { type Connection, listOf } from "./read.ts";
import { type Columns, rowIdOf } from "./table.ts";

/** `again`: nothing was written, and nothing will be. */
export type Written = { readonly done: ReadonlyMap<Outcome, Columns> } | { readonly again: true };

/** @throws AppwriteFailure; with `mayHaveActed` when nobody could be asked what became of it. */
export async function write(at: Connection, outcomes: readonly Outcome[]): Promise<Written> {
  const commit = randomBytes(12).toString("hex");
  const rows = rowsToWrite(outcomes, commit);
  const plain = isPlain(outcomes) && fitsRequest([...rows.values()]);
  const done = await (plain ? insertAtOnce : transact)(at, outcomes, rows, commit);
  return done ? { done: rows } : { again: true };
}

type Rows = ReadonlyMap<Outcome, RowToWrite>;

/** New rows of one table that nothing else goes with: the server takes them all or none without a transaction. */
const isPlain = (outcomes: readonly Outcome[]): boolean =>
  outcomes.every(({ table, before }) => !before && table === outcomes[0]!.table && !table.collection.often) &&
  keysOf(outcomes).gained.size === 0;

async function insertAtOnce(
  at: Connection,
  outcomes: readonly Outcome[],
  rows: Rows,
  commit: string,
): Promise<boolean> {
  const tableId = outcomes[0]!.table.name;
  try {
    await at.tables.createRows({ databaseId: at.databaseId, tableId, rows: [...rows.values()] });
    return true;
  } catch (error) {
    if (isClash(error)) return false;
    if (isLost(error) && (await wasInserted(at, outcomes[0]!, commit).catch(() => false))) return true;
    throw error;
  }
}

/** By the stamp of its first row, which the row still has or somebody has spent. An insert that hangs may yet be done. */
async function wasInserted(at: Connection, { table, id }: Outcome, commit: string): Promise<boolean> {
  const stamp = stampOf(commit, 0);
  const { rows } = await listOf(at, table.name, [Query.equal("$id", rowIdOf(id)), Query.select(["stamp"])]);
  if (rows[0]?.stamp === stamp) return true;
  // Only now, so that a row that went away between the two looks has left its stamp here.
  const spent = await listOf(at, own.commits, [Query.equal("$id", stamp)]);
  return spent.rows.length > 0;
}

async function transact(at: Connection, outcomes: readonly Outcome[], rows: Rows, commit: string): Promise<boolean> {
  const { tables } = at;
  try {
    const { $id: transactionId } = await tables.createTransaction({ ttl: 60 });
    for (const operations of inRequests(operationsOf(at, outcomes, rows, commit)))
      await tables.createOperations({ transactionId, operations });
    return await ended(at, transactionId, commit);
  } catch (error) {
    // What is only staged is never done.
    if (isClash(error) || isLost(error)) return false;
    throw error;
  }
}

async function ended(at: Connection, transactionId: string, commit: string): Promise<boolean> {
  try {
    await at.tables.updateTransaction({ transactionId, commit: true });
    return true;
  } catch (error) {
    if (isLost(error)) return wasCommitted(at, commit);
    throw error;
  }
}

const isLost = (error: unknown): error is AppwriteFailure => isPassingFailure(error) && error.mayHaveActed;

/**
 * Settles a commit that got no answer: by taking its name. Whoever has the name first stays: either the commit has it and
 * all it did is there, or it never gets it and can no longer do anything, however late it comes.
 */
function wasCommitted(at: Connection, commit: string): Promise<boolean> {
  const patience = { withinMs: 3 * at.timeoutMs, pauseMs: 50, longestPauseMs: 1_000 };
  return withPatience(patience, isPassingFailure, () => hasName(at, commit)).catch((error) => {
    throw new Unfinished("what became of a commit is not known", true, error);
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
