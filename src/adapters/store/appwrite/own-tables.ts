// The tables the driver keeps for itself, beside those of the collections, whose names cannot have a dash.
import { Query } from "node-appwrite";
import { digestOf } from "./keys.ts";
import { type Connection, listOf } from "./read.ts";
import { type AppwriteTable, type Column, counterColumn, type Index } from "./table.ts";

export const own = {
  /** What commits have taken: their own names, and the stamps of the rows they changed. An hour's worth. */
  commits: "store-commits",
  /** Unique keys that are held, each by one row. */
  keys: "store-keys",
  /** Of each collection: what it was provisioned for. */
  state: "store-state",
} as const;

/**
 * The table with the counters of commits, one row for each collection: that of the collection which is looked up at every
 * call, so that one request tells both.
 */
export const countersAmong = (tables: Iterable<AppwriteTable>): string =>
  [...tables].find(({ collection }) => collection.everyCall)?.name ?? own.state;

/** Beside the rows of a collection: no row of it has such an id. */
export const counterOf = (collection: string): string => digestOf(`counter/${collection}`, 36);

export interface TablePlan {
  readonly id: string;
  readonly columns: readonly Column[];
  readonly indexes: readonly Index[];
}

/** None has a unique index: what must be unique is an id. */
export const ownTables: readonly TablePlan[] = [
  { id: own.commits, columns: [{ key: "by", type: "string", size: 36 }], indexes: [] },
  { id: own.keys, columns: [{ key: "of", type: "string", size: 80 }], indexes: [] },
  {
    id: own.state,
    columns: [counterColumn, { key: "note", type: "string", size: 64 }],
    indexes: [],
  },
];

/** What each collection was provisioned for. */
export async function notesOf(at: Connection): Promise<ReadonlyMap<string, unknown>> {
  const { rows } = await listOf(at, own.state, [Query.limit(500)]);
  return new Map(rows.map(({ $id, note }) => [$id as string, note]));
}

/** How a unique key names the row that holds it. */
export const ownerOf = ({ name }: AppwriteTable, id: string): string => `${name}/${id}`;

/** Counted up when rows come to be kept in another way. */
const format = 1;

/** What two versions of a declaration share when rows kept for one are as they should be for the other. */
export const fingerprintOf = ({ columns, indexes, collection, fields }: AppwriteTable): string =>
  digestOf(
    JSON.stringify([format, columns, indexes, collection.unique, collection.search, fields.map(({ print }) => print)]),
    40,
  );
