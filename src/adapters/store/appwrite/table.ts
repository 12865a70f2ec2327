// A collection as Appwrite keeps it: each row as one JSON text, with a key beside it for every field.
import type { AnyCollection, Base } from "../../../core/ports/store.ts";
import { type Declared, declarationOf } from "../declared.ts";
import type { Field } from "../fields.ts";
import { misfit } from "../fitting.ts";
import { claimOf, digestOf, listKey, longestKey, sortKeyOf } from "./keys.ts";
import { wordsOf } from "./words.ts";

export type AnyRow = Base & Readonly<Record<string, unknown>>;

/** A row as it was seen, with the stamp of its last writer. */
export interface Held {
  readonly row: AnyRow;
  readonly stamp: string;
}

/** What goes over the wire. */
export type Columns = Readonly<Record<string, string | number>>;

export interface AppwriteTable extends Declared {
  readonly columns: readonly Column[];
  readonly indexes: readonly Index[];
  encode(row: AnyRow, stamp: string): Columns & { readonly $id: string };
  decode(columns: Readonly<Record<string, unknown>>): Held;
  /** The ids under which the row's unique keys are held, each with its fields joined by "+". */
  claims(row: AnyRow): ReadonlyMap<string, string>;
}

export interface Column {
  readonly key: string;
  readonly type: "string" | "integer" | "bigint";
  readonly size?: number;
}

export interface Index {
  readonly key: string;
  readonly columns: readonly string[];
}

/** Characters; more than a request may hold, and less than Appwrite's middle kind of text. */
const anyLength = 16_000_000;
/** Of a table that counters stand in (own-tables.ts). */
export const counterColumn: Column = { key: "n", type: "bigint" };
/** What is read of a row. */
export const readColumns = ["body", "rev", "stamp", "by_id"] as const;

export const columnOf = (field: string): string => `by_${field}`;

export function appwriteTableOf(collection: AnyCollection): AppwriteTable {
  const declared = declarationOf(collection);
  const { name, fields } = declared;
  const longest = Math.max(name.length, ...fields.map((field) => columnOf(field.name).length));
  if (longest > 36) throw new Error(`collection ${name}: Appwrite takes names of at most 36 characters`);
  const keys: readonly (readonly string[])[] = collection.unique;
  return {
    ...declared,
    columns: columnsOf(declared),
    indexes: indexesOf(declared),
    encode: (row, stamp) => ({ $id: rowIdOf(row.id), ...encoded(declared, row), stamp }),
    decode: (columns) => ({ row: decoded(fields, columns), stamp: columns.stamp as string }),
    claims: (row) =>
      new Map(
        keys.flatMap((key): [string, string][] => {
          const claim = claimOf(name, key, row);
          return claim ? [[claim, key.join("+")]] : [];
        }),
      ),
  };
}

/** Appwrite's ids begin with a letter or a digit; ours are in the key of `id`. */
export const rowIdOf = (id: string): string => (/^[a-z0-9]/.test(id) ? id : claimOf("", ["id"], { id })!);

function columnsOf({ fields, collection }: Declared): readonly Column[] {
  return [
    { key: "body", type: "string", size: anyLength },
    { key: "rev", type: "integer" },
    { key: "stamp", type: "string", size: 36 },
    { key: "by_id", type: "string", size: longestKey },
    ...fields.map(({ name, kind }): Column => ({ key: columnOf(name), type: "string", size: keySize(kind) })),
    ...(collection.search.length ? [{ key: "words", type: "string", size: anyLength } as const] : []),
    ...(collection.everyCall ? [counterColumn] : []),
  ];
}

const keySize = (kind: Field["kind"]): number =>
  ({ text: longestKey, integer: 17, real: 17, boolean: 2, json: anyLength })[kind];

/** Characters of all columns of an index together. */
const longestIndex = 767;

/** Each declared index and unique key, and the order of the ids; fields that do not fit into one are left out of it. */
function indexesOf({ field, collection: { indexes, unique } }: Declared): readonly Index[] {
  const lists: readonly (readonly string[])[] = [["id"], ...unique, ...indexes];
  const sizeOf = (name: string) => keySize(field.get(name)?.kind ?? "text");
  const named = lists.flatMap((fields): [string, Index][] => {
    const fits = fields.filter(
      (_, at) => fields.slice(0, at + 1).reduce((sum, each) => sum + sizeOf(each), 0) <= longestIndex,
    );
    const joined = fields.join("_");
    const key = `ix_${joined.length > 33 ? digestOf(joined, 20) : joined}`;
    return fits.length ? [[key, { key, columns: fits.map(columnOf) }]] : [];
  });
  return [...new Map(named).values()];
}

function encoded({ name, fields, collection }: Declared, row: AnyRow): Columns {
  const kept: Record<string, unknown> = {};
  const columns: Record<string, string | number> = { rev: row.rev, by_id: sortKeyOf("text", row.id) };
  for (const { name: field, kind } of fields) {
    const value = row[field];
    if (value !== null && value !== undefined) kept[field] = typeof value === "string" ? value.toWellFormed() : value;
    columns[columnOf(field)] = kind === "json" ? listKey(value) : sortKeyOf(kind, value);
  }
  if (collection.search.length) columns.words = wordsOf(collection.search.map((field: string) => row[field]));
  // In a list, since Appwrite takes a text that reads as {"method": …} for an operator.
  const body = JSON.stringify([kept]);
  if (body.length > 1_000_000) refuseTooLong(name, kept, JSON.stringify({ ...columns, body }));
  return { ...columns, body };
}

/** Bytes; the server drops the connection at 12 MiB, and there is more in a request than a row. */
const longestRow = 11_000_000;

/** @throws AppError `invalid` naming the field that is to blame. */
function refuseTooLong(name: string, kept: Readonly<Record<string, unknown>>, sent: string): void {
  if (Buffer.byteLength(sent) <= longestRow) return;
  const size = (field: string) => JSON.stringify(kept[field]).length;
  throw misfit(
    name,
    Object.keys(kept).reduce((one, other) => (size(other) > size(one) ? other : one)),
  );
}

/** Rows are typed, not parsed again. A field that was declared after the row was written has its default. */
function decoded(fields: readonly Field[], columns: Readonly<Record<string, unknown>>): AnyRow {
  const [kept] = JSON.parse(columns.body as string) as [Readonly<Record<string, unknown>>];
  const id = Buffer.from((columns.by_id as string).slice(1), "hex").toString();
  const row: Record<string, unknown> = { id, rev: columns.rev };
  for (const { name, empty, initial } of fields) {
    const value = kept[name];
    if (value !== undefined) row[name] = value;
    else if (empty === "null") row[name] = null;
    else if (empty === "never" && initial !== undefined) row[name] = structuredClone(initial);
  }
  return row as AnyRow;
}
