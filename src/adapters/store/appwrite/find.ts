// Pages of rows in an order, each page beginning where the last one ended; and counts of any size.
import { Query } from "node-appwrite";
import type { AnyCollection, Page, Query as Question } from "../../../core/ports/store.ts";
import { pageOf } from "../asking.ts";
import { type Order, type Position, readCursor, writeCursor } from "../cursor.ts";
import { type Conditions, conditionsOf } from "./conditions.ts";
import { sortKeyOf } from "./keys.ts";
import { type Connection, heldIn, listOf, onlyRows } from "./read.ts";
import { type AnyRow, type AppwriteTable, columnOf } from "./table.ts";

type Placed = { readonly row: AnyRow; readonly position: Position };

export async function pageAt(
  at: Connection,
  table: AppwriteTable,
  query: Question<AnyCollection>,
): Promise<Page<AnyRow>> {
  const { order, kind } = pageOf(table, query);
  // Positions hold keys, which are text whatever the field is.
  let after = query.after ? readCursor(query.after, order, "text") : undefined;
  const conditions = conditionsOf(table, query);
  const place = ({ row }: { row: AnyRow }): Placed => {
    const value = order.field === "id" ? null : sortKeyOf(kind, row[order.field]);
    return { row, position: { id: row.id, value } };
  };
  const wanted = query.limit + 1;
  const found: Placed[] = [];
  for (;;) {
    const rows = await stretch(at, table, conditions, order, after, wanted, place);
    found.push(...rows.filter(({ row }) => conditions.also?.(row) ?? true));
    if (rows.length < wanted || found.length >= wanted) break;
    after = rows.at(-1)!.position;
  }
  const rows = found.slice(0, query.limit).map(({ row }) => row);
  return found.length > query.limit ? { rows, next: writeCursor(order, found[query.limit - 1]!.position) } : { rows };
}

/** The next rows of all alternatives together. */
async function stretch(
  at: Connection,
  table: AppwriteTable,
  { alternatives }: Conditions,
  order: Order,
  after: Position | undefined,
  wanted: number,
  place: (held: { row: AnyRow }) => Placed,
): Promise<readonly Placed[]> {
  const going = [...(after ? [beyond(order, after)] : []), ...ordering(order)];
  const lists = await Promise.all(alternatives.map((queries) => heldIn(at, table, [...queries, ...going], wanted)));
  const rows = lists.flat().map(place);
  return lists.length < 2 ? rows : rows.sort(comparing(order)).slice(0, wanted);
}

const ordering = ({ field, direction }: Order): readonly string[] => {
  const by = direction === "asc" ? Query.orderAsc : Query.orderDesc;
  return field === "id" ? [by("by_id")] : [by(columnOf(field)), by("by_id")];
};

function beyond({ field, direction }: Order, { id, value }: Position): string {
  const past = direction === "asc" ? Query.greaterThan : Query.lessThan;
  const pastId = past("by_id", sortKeyOf("text", id));
  if (value === null) return pastId;
  const column = columnOf(field);
  return Query.or([past(column, value), Query.and([Query.equal(column, value), pastId])]);
}

/** Keys compare as the plain texts they are. */
function comparing({ direction }: Order) {
  const sign = direction === "asc" ? 1 : -1;
  const keys = ({ position: { id, value } }: Placed) => `${value ?? ""} ${sortKeyOf("text", id)}`;
  return (one: Placed, other: Placed) => (keys(one) < keys(other) ? -sign : sign);
}

/** The server counts this far. */
const countedAtOnce = 5_000;

export async function countAt(at: Connection, table: AppwriteTable, where?: Readonly<Record<string, unknown>>) {
  const { alternatives } = conditionsOf(table, { where });
  const counts = await Promise.all(alternatives.map((queries) => countOf(at, table, queries)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** One request for each 5000 rows: the count, and with it the row that the next count goes on after. */
async function countOf(at: Connection, table: AppwriteTable, queries: readonly string[]): Promise<number> {
  const window = [Query.select(["by_id"]), Query.orderAsc("by_id"), Query.limit(1), Query.offset(countedAtOnce - 1)];
  for (let counted = 0, going: readonly string[] = []; ; counted += countedAtOnce) {
    const { total, rows } = await listOf(at, table.name, [...queries, ...onlyRows(table), ...going, ...window], true);
    if (total < countedAtOnce || !rows[0]) return counted + total;
    going = [Query.greaterThan("by_id", rows[0].by_id as string)];
  }
}
