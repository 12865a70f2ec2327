// Lists: filter, order, cursor, page, and a total that stops at 5000.

import { cellOf } from "./indexes.ts";
import { compareValues, matcher } from "./match.ts";
import { overlay } from "./overlay.ts";
import type { Filter, Query } from "./parse-query.ts";
import { refuse } from "./refusal.ts";
import { idKey, type Row, type Table, type Transaction } from "./state.ts";
import { wireRow } from "./values.ts";

const mostCounted = 5_000;

/** All of a table's, or those that the caller may read. */
export type Rows = ReadonlyMap<string, Row> | readonly Row[];

const each = (rows: Rows): Iterable<Row> => (rows instanceof Map ? rows.values() : (rows as readonly Row[]));

export interface Listing {
  readonly counted: boolean;
  readonly transaction?: Transaction | undefined;
}

/** Rows of one page, and how many there are in all, at most 5000. */
export function page(table: Table, rows: Rows, query: Query): { total: number; rows: readonly Row[] } {
  const found = matching(table, rows, query.filters);
  const total = query.filters.some(isBroken) ? countOf(table, rows, query) : found.length;
  return { total: Math.min(total, mostCounted), rows: paged(table, found, query) };
}

export function listed(table: Table, rows: Rows, query: Query, { counted, transaction }: Listing) {
  const found = page(table, rows, query);
  const shown = found.rows.map((row) => wireRow(table, row));
  const total = counted ? found.total : 0;
  const seen = transaction ? overlay(transaction, table, shown, query, total) : { total, rows: shown };
  return { total: seen.total, rows: seen.rows.map((row) => query.pick(row)) };
}

/** Whether rows are counted by another number than they are found by. */
const isBroken = ({ values, parts }: Filter): boolean =>
  parts.some(isBroken) || values.some((value) => typeof value === "number" && !Number.isInteger(value));

function countOf(table: Table, rows: Rows, { filters }: Query): number {
  const matches = matcher(table, filters, true);
  let count = 0;
  for (const row of each(rows)) if (matches(row)) count += 1;
  return count;
}

export const matching = (table: Table, rows: Rows, filters: readonly Filter[]): Row[] => {
  const matches = matcher(table, filters);
  return [...candidates(table, rows, filters)].filter(matches);
};

/** Rows asked for by id need no search through the table. */
function candidates(table: Table, rows: Rows, filters: readonly Filter[]): Iterable<Row> {
  const byId = filters.find(({ method, attribute }) => method === "equal" && attribute === "$id");
  if (!byId || !(rows instanceof Map)) return each(rows);
  const keys = new Set(byId.values.map((value) => idKey(String(value).trimEnd())));
  return [...keys].flatMap((key) => table.rows.get(key) ?? []);
}

function paged(table: Table, found: Row[], query: Query): readonly Row[] {
  if (query.random) return shuffled(found).slice(query.offset, query.offset + query.limit);
  const compare = comparer(table, query);
  const { cursor } = query;
  if (!cursor) return found.sort(compare).slice(query.offset, query.offset + query.limit);
  const at = cursorRow(table, query, cursor.id);
  const beyond = found.filter((row) => (cursor.before ? compare(row, at) < 0 : compare(row, at) > 0)).sort(compare);
  if (!cursor.before) return beyond.slice(query.offset, query.offset + query.limit);
  const end = beyond.length - query.offset;
  return beyond.slice(Math.max(0, end - query.limit), Math.max(0, end));
}

/** Ties are broken by `$sequence`, in the direction of the last order unless it is the first one's own. */
function comparer(table: Table, { orders }: Query): (one: Row, other: Row) => number {
  const { collation } = table.database;
  return (one, other) => {
    for (const { attribute, descending } of orders) {
      const difference = compareValues(collation, cellOf(one, attribute), cellOf(other, attribute));
      if (difference) return descending ? -difference : difference;
    }
    return one.sequence - other.sequence;
  };
}

function cursorRow(table: Table, { orders }: Query, id: string): Row {
  const row = table.rows.get(idKey(id));
  if (!row) return refuse(400, "general_cursor_not_found", `Row '${id}' for the 'cursor' value not found.`);
  for (const { attribute } of orders)
    if (cellOf(row, attribute) === null)
      refuse(
        400,
        "database_query_order_null",
        `The order column '${attribute}' had a null value. Cursor pagination requires all rows order column values are non-null.`,
      );
  return row;
}

function shuffled(rows: Row[]): Row[] {
  for (let at = rows.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    [rows[at], rows[other]] = [rows[other]!, rows[at]!];
  }
  return rows;
}
