// The tables the driver keeps for itself, beside those of the collections, whose names cannot have a dash.
import { digestOf } from "./keys.ts";
import type { AppwriteTable, Column, Index } from "./table.ts";

export const own = {
  /** What commits have taken: their own names, and the stamps of the rows they changed. An hour's worth. */
  commits: "store-commits",
  /** Unique keys that are held, each by one row. */
  keys: "store-keys",
  /** Of each collection: what it was provisioned for, and a counter of the commits to it where it is read often. */
  state: "store-state",
} as const;

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
    columns: [
      { key: "n", type: "bigint" },
      { key: "note", type: "string", size: 64 },
    ],
    indexes: [],
  },
];

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
