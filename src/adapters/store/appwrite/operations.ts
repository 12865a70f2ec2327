// The outcome of a commit as operations of one transaction, in which whoever comes second cannot take part.
import { Query } from "node-appwrite";
import { inQueries } from "./conditions.ts";
import type { Outcome } from "./decide.ts";
import { counterOf, own, ownerOf } from "./own-tables.ts";
import { parcelsOf } from "./parcels.ts";
import type { Connection } from "./read.ts";
import { type AppwriteTable, type Columns, counterColumn, rowIdOf } from "./table.ts";

export interface Operation {
  readonly databaseId: string;
  readonly tableId: string;
  readonly action: "create" | "update" | "delete" | "increment" | "bulkCreate" | "bulkUpsert" | "bulkDelete";
  readonly rowId?: string;
  readonly data?: unknown;
}

export type RowToWrite = Columns & { readonly $id: string };

/** Rows the server takes at once. */
const batch = 100;
/** Operations of a transaction. */
const mostOperations = 100;
/** Characters of a request: the server drops the connection at 12 MiB. */
const longestRequest = 2_500_000;
export const fitsRequest = (sent: unknown): boolean => lengthOf(sent) <= longestRequest;
const lengthOf = (sent: unknown): number => JSON.stringify(sent).length;

/** Operations in as many requests as they need, nearly always one. */
export const inRequests = (operations: readonly Operation[]): Operation[][] =>
  parcelsOf(operations, { sizeOf: lengthOf, mostSize: longestRequest });

/** Rows in lists that one bulk call takes. */
export const inBatches = (rows: readonly RowToWrite[]): RowToWrite[][] =>
  parcelsOf(rows, { sizeOf: lengthOf, mostSize: longestRequest, mostItems: batch });

export const stampOf = (commit: string, at: number): string => `${commit}.${at}`;

/** The rows as they will stand, each with a stamp of its own. */
export const rowsToWrite = (outcomes: readonly Outcome[], commit: string): ReadonlyMap<Outcome, RowToWrite> =>
  new Map(
    outcomes.flatMap((outcome, at): [Outcome, RowToWrite][] =>
      outcome.after ? [[outcome, outcome.table.encode(outcome.after, stampOf(commit, at))]] : [],
    ),
  );

/** One by one, as a real server was seen to do it; in bulk where that were too many for a transaction. */
export function operationsOf(
  at: Pick<Connection, "databaseId" | "countersIn">,
  outcomes: readonly Outcome[],
  rows: ReadonlyMap<Outcome, RowToWrite>,
  commit: string,
): readonly Operation[] {
  const singly = inOrder(at, singles, outcomes, rows, commit);
  return singly.length <= mostOperations ? singly : inOrder(at, inBulk, outcomes, rows, commit);
}

/**
 * First what may clash, so that a clash costs little: the commit takes its name and spends the stamps of the rows it
 * changes, gives up and takes unique keys. Then the rows. Last the counters of what is read often, in one order for all.
 */
function inOrder(
  { databaseId, countersIn }: Pick<Connection, "databaseId" | "countersIn">,
  builder: (databaseId: string, tableId: string) => Builder,
  outcomes: readonly Outcome[],
  rows: ReadonlyMap<Outcome, RowToWrite>,
  commit: string,
): readonly Operation[] {
  const at = (tableId: string) => builder(databaseId, tableId);
  const spent = outcomes.flatMap(({ before }) => before?.stamp ?? []);
  const { lost, gained } = keysOf(outcomes);
  const often = tablesOf(outcomes).filter(({ collection }) => collection.often);
  return [
    ...at(own.commits).create([commit, ...spent].map(($id) => ({ $id, by: commit }))),
    ...at(own.keys).remove(lost),
    ...at(own.keys).create([...gained].map(([$id, of]) => ({ $id, of }))),
    ...tablesOf(outcomes).flatMap((table) => {
      const own = outcomes.filter((outcome) => outcome.table === table);
      const written = (those: readonly Outcome[]) => those.flatMap((outcome) => rows.get(outcome) ?? []);
      return [
        ...at(table.name).remove(own.filter(({ after }) => !after).map(({ id }) => rowIdOf(id))),
        ...at(table.name).replace(written(own.filter(({ before }) => before))),
        ...at(table.name).create(written(own.filter(({ before }) => !before))),
      ];
    }),
    ...often
      .map(({ name }) => name)
      .sort()
      .map((name): Operation => {
        const data = { column: counterColumn.key, value: 1 };
        return { databaseId, tableId: countersIn, action: "increment", rowId: counterOf(name), data };
      }),
  ];
}

const tablesOf = (outcomes: readonly Outcome[]): readonly AppwriteTable[] => [
  ...new Set(outcomes.map(({ table }) => table)),
];

/** Unique keys that are given up and taken, with the row that takes them. */
export function keysOf(outcomes: readonly Outcome[]) {
  const held = (side: "before" | "after") =>
    new Map(
      outcomes.flatMap(({ table, before, after }) => {
        const row = side === "before" ? before?.row : after;
        return row ? [...table.claims(row).keys()].map((claim) => [claim, ownerOf(table, row.id)] as const) : [];
      }),
    );
  const [before, after] = [held("before"), held("after")];
  return {
    lost: [...before].flatMap(([claim, id]) => (after.get(claim) === id ? [] : [claim])),
    gained: new Map([...after].filter(([claim, id]) => before.get(claim) !== id)),
  };
}

interface Builder {
  create(rows: readonly RowToWrite[]): readonly Operation[];
  /** With all their columns; that they are there, their stamps say. */
  replace(rows: readonly RowToWrite[]): readonly Operation[];
  remove(ids: readonly string[]): readonly Operation[];
}

function singles(databaseId: string, tableId: string): Builder {
  const each = (action: Operation["action"]) => (rows: readonly RowToWrite[]) =>
    rows.map(({ $id: rowId, ...data }): Operation => ({ databaseId, tableId, action, rowId, data }));
  return {
    create: each("create"),
    replace: each("update"),
    remove: (ids) => ids.map((rowId) => ({ databaseId, tableId, action: "delete", rowId })),
  };
}

function inBulk(databaseId: string, tableId: string): Builder {
  const batches = (action: Operation["action"]) => (rows: readonly RowToWrite[]) =>
    inBatches(rows).map((data): Operation => ({ databaseId, tableId, action, data }));
  return {
    create: batches("bulkCreate"),
    /** Without unique indexes an upsert touches no row but its own. */
    replace: batches("bulkUpsert"),
    remove: (ids) =>
      inQueries(ids).map((some) => {
        const data = { queries: [Query.equal("$id", some)] };
        return { databaseId, tableId, action: "bulkDelete", data };
      }),
  };
}
