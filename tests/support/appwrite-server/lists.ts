// Lists of anything but rows, asked for with the queries that rows have; 25 at a time unless more are asked for.
import type { Call } from "./call.ts";
import { queriesIn } from "./parse-query.ts";
import { page } from "./run-query.ts";
import { type Column, type Database, idKey, type Row, type State, type Table, type Value } from "./state.ts";

interface Listed {
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What can be asked of the things: by name, the kind of column that it is like, and how to read it. */
type Asked<T> = Readonly<Record<string, readonly [kind: string, of: (one: T) => Value]>>;

/** @param idOf what a cursor names. */
export function pageOf<T extends Listed>(
  { state, params }: Call,
  things: Iterable<T>,
  idOf: (one: T) => string,
  asked: Asked<T>,
): { total: number; found: readonly T[] } {
  const all = new Map([...things].map((one) => [idKey(idOf(one)), one]));
  const rows = [...all.values()].map((one, at) => asRow(one, idOf(one), at + 1, asked));
  const table = asTable(
    state,
    rows,
    Object.entries(asked).map(([key, [kind]]) => column(key, kind)),
  );
  const wanted = state.collation.key(String(params.search ?? ""));
  const sought = rows.filter(({ values }) => state.collation.key(String(values.name ?? "")).includes(wanted));
  const { total, rows: found } = page(table, sought, queriesIn(table, params));
  return { total, found: found.map(({ id }) => all.get(idKey(id))!) };
}

function asRow<T extends Listed>(one: T, id: string, sequence: number, asked: Asked<T>): Row {
  const { createdAt, updatedAt } = one;
  const values = Object.fromEntries(Object.entries(asked).map(([key, [, of]]) => [key, of(one)]));
  return { id, sequence, createdAt, updatedAt, permissions: [], values };
}

const column = (key: string, kind: string): Column => ({
  key,
  kind,
  createdAt: 0,
  updatedAt: 0,
  status: "available",
  error: "",
  required: false,
  array: false,
  default: null,
});

const asTable = (state: State, rows: readonly Row[], columns: readonly Column[]): Table => ({
  id: "",
  number: 0,
  database: { collation: state.collation } as Database,
  createdAt: 0,
  updatedAt: 0,
  name: "",
  permissions: [],
  rowSecurity: false,
  enabled: true,
  columns: new Map(columns.map((one) => [one.key, one])),
  indexes: new Map(),
  rows: new Map(rows.map((row) => [idKey(row.id), row])),
  lastSequence: 0,
});
