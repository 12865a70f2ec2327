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
  readonly action: "bulkCreate" | "bulkUpsert" | "bulkDelete" | "increment";
  readonly rowId?: string;
  readonly data: unknown;
}

export type RowToWrite = Columns & { readonly $id: string };

/** Rows the server takes at once. */
const batch = 100;
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

/**
 * First what may clash, so that a clash costs little: the commit takes its name and spends the stamps of the rows it
 * changes, gives up and takes unique keys. Then the rows. Last the counters of what is read often, in one order for all.
 */
export function operationsOf(
  { databaseId, countersIn }: Pick<Connection, "databaseId" | "countersIn">,
  outcomes: readonly Outcome[],
  rows: ReadonlyMap<Outcome, RowToWrite>,
  commit: string,
): readonly Operation[] {
  const at = (tableId: string) => builderOf(databaseId, tableId);
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
      .map((name) => at(countersIn).count(counterOf(name))),
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

function builderOf(databaseId: string, tableId: string) {
  const batches = (action: Operation["action"], rows: readonly RowToWrite[]): Operation[] =>
    inBatches(rows).map((data) => ({ databaseId, tableId, action, data }));
  return {
    create: (rows: readonly RowToWrite[]) => batches("bulkCreate", rows),
    /** Without unique indexes an upsert touches no row but its own; that it is there, its stamp says. */
    replace: (rows: readonly RowToWrite[]) => batches("bulkUpsert", rows),
    remove: (ids: readonly string[]): Operation[] =>
      inQueries(ids).map((some) => ({
        databaseId,
        tableId,
        action: "bulkDelete",
        data: { queries: [Query.equal("$id", some)] },
      })),
    count: (rowId: string): Operation => ({
      databaseId,
      tableId,
      action: "increment",
      rowId,
      data: { column: counterColumn.key, value: 1 },
    }),
  };
}
