// Provisioning: makes an Appwrite database ready for the collections. First says what it will do, then does it, as often as asked.
import { AppError } from "../../../core/errors.ts";
import type { BucketPlan } from "../../../core/files/read.ts";
import type { AnyCollection } from "../../../core/ports/store.ts";
import { type BucketStep, planBuckets } from "../../files/appwrite/provision.ts";
import { openingError } from "../appwrite.ts";
import { type AppwriteAccess, type AppwriteApi, appwriteApi } from "./api.ts";
import { inQueries } from "./conditions.ts";
import { AppwriteFailure } from "./failure.ts";
import { rowMemory } from "./memory.ts";
import { counterOf, countersAmong, fingerprintOf, notesOf, own, ownTables, type TablePlan } from "./own-tables.ts";
import { type Comparison, compareSchema, sentenceOfStep } from "./provision/compare.ts";
import { checkRows, fillRows } from "./provision/fill.ts";
import { foundTables, make } from "./provision/make.ts";
import { type Connection, countersOf } from "./read.ts";
import { type AppwriteTable, appwriteTableOf, counterColumn } from "./table.ts";

export interface ProvisionOptions extends AppwriteAccess {
  readonly databaseId: string;
  readonly collections: readonly AnyCollection[];
  /** None when absent. */
  readonly buckets?: readonly BucketPlan[];
  /** Looks at every row and unique key again, as after a restore. */
  readonly rebuild?: boolean;
}

export interface Provisioning {
  /** What will be done, a sentence each; none when all is as it should be. */
  readonly steps: readonly string[];
  /** @param progress is told what is being done and how far it has come, from 0 to 1. */
  apply(progress?: (share: number, doing: string) => void): Promise<void>;
  close(): Promise<void>;
}

/**
 * Looks, and changes nothing.
 * @throws AppError `unsupported` or `conflict` with all that stands in the way, `unavailable` as `openAppwrite`.
 */
export async function planProvisioning(options: ProvisionOptions): Promise<Provisioning> {
  const at = {
    ...appwriteApi(options, { timeoutMs: 60_000 }),
    databaseId: options.databaseId,
    memory: rowMemory(),
    countersIn: countersAmong(options.collections.map(appwriteTableOf)),
  };
  try {
    return await planned(at, options);
  } catch (error) {
    await at.close();
    throw openingError(error, options);
  }
}

async function planned(
  at: Connection & Pick<AppwriteApi, "storage">,
  { collections, buckets = [], rebuild }: ProvisionOptions,
): Promise<Provisioning> {
  const tables = collections.map(appwriteTableOf);
  const wanted: TablePlan[] = [
    ...ownTables,
    ...tables.map(({ name: id, columns, indexes }) => ({ id, columns, indexes })),
  ];
  const found = await foundTables(
    at,
    wanted.map(({ id }) => id),
  );
  const schema = compareSchema(wanted, found);
  if (schema.refusals.length) throw new AppError("unsupported", schema.refusals.join("\n"));
  const notes = found?.has(own.state) ? await notesOf(at) : new Map();
  const outdated = tables.filter((table) => rebuild || notes.get(table.name) !== fingerprintOf(table));
  const fills: Fill[] = [];
  for (const table of outdated) fills.push({ table, rows: found?.has(table.name) ? await checkRows(at, table) : 0 });
  const shelves = await planBuckets(at, at.databaseId, buckets);
  return {
    steps: [
      ...schema.steps.map((step) => sentenceOfStep(step, at.databaseId)),
      ...shelves.map(({ sentence }) => sentence),
      ...fills.map(fillSentence),
    ],
    apply: (progress) => apply(at, { tables, schema, shelves, fills }, progress),
    close: () => at.close(),
  };
}

interface Fill {
  readonly table: AppwriteTable;
  readonly rows: number;
}

const fillSentence = ({ table, rows }: Fill): string =>
  rows ? `bring the ${rows} rows of ${table.name} up to its declaration` : `note that ${table.name} is ready`;

interface Todo {
  readonly tables: readonly AppwriteTable[];
  readonly schema: Comparison;
  readonly shelves: readonly BucketStep[];
  readonly fills: readonly Fill[];
}

async function apply(
  at: Connection,
  { tables, schema: { steps }, shelves, fills }: Todo,
  progress: (share: number, doing: string) => void = () => undefined,
): Promise<void> {
  const total = steps.length + shelves.length + fills.reduce((sum, { rows }) => sum + 1 + rows / 100, 0);
  let done = 0;
  const went = (by: number, doing: string) => {
    done += by;
    progress(Math.min(done / total, 1), doing);
  };
  for (const step of steps) {
    await make(at, step);
    went(1, sentenceOfStep(step, at.databaseId));
  }
  if (fills.length) await startCounters(at, tables);
  for (const { sentence, run } of shelves) {
    await run();
    went(1, sentence);
  }
  for (const fill of fills) {
    if (fill.rows) await fillRows(at, fill.table, (rows) => went(rows / 100, fillSentence(fill)));
    await noteState(at, fill.table);
    went(1, fillSentence(fill));
  }
}

/** Those that are missing: a commit counts up what is there. */
async function startCounters(at: Connection, tables: readonly AppwriteTable[]): Promise<void> {
  const { databaseId, countersIn: tableId } = at;
  const counters = tables.map(({ name }) => counterOf(name));
  for (const some of inQueries(counters)) {
    const there = await countersOf(at, some);
    const rows = some.filter((id) => !there.has(id)).map(($id) => ({ $id, [counterColumn.key]: 1 }));
    if (rows.length) await at.tables.createRows({ databaseId, tableId, rows });
  }
}

/** From now on the service takes the collection for provisioned. */
async function noteState({ tables, databaseId }: Connection, table: AppwriteTable): Promise<void> {
  const row = { databaseId, tableId: own.state, rowId: table.name };
  const note = fingerprintOf(table);
  try {
    await tables.createRow({ ...row, data: { note } });
  } catch (error) {
    if (!(error instanceof AppwriteFailure) || error.status !== 409) throw error;
    await tables.updateRow({ ...row, data: { note } });
  }
}
