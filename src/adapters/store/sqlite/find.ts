// Pages of rows in an order, each page beginning where the last one ended.
import type { SQLOutputValue } from "node:sqlite";
import type { AnyCollection, Base, Page, Query } from "../../../core/ports/store.ts";
import { pageOf } from "../asking.ts";
import { type Order, type Position, readCursor, writeCursor } from "../cursor.ts";
import { type Clause, clauseOf } from "./conditions.ts";
import type { Connection } from "./connection.ts";
import { type Cell, quoted, type Table } from "./table.ts";

type AnyRow = Base & Record<string, unknown>;
type Raw = readonly SQLOutputValue[];

export function findRows(connection: Connection, table: Table, query: Query<AnyCollection>): Page<AnyRow> {
  const { limit } = query;
  const { order, kind } = pageOf(table, query);
  const clause = clauseOf(table, query.where, query.search);
  const found: Raw[] = [];
  for (const stretch of stretchesOf(table, order, query.after && readCursor(query.after, order, kind))) {
    found.push(...read(connection, table, order, clause, stretch, limit + 1 - found.length));
    if (found.length > limit) break;
  }
  const more = found.length > limit;
  if (more) found.pop();
  const rows = found.map(table.decode);
  return more ? { rows, next: writeCursor(order, positionOf(table, order, found.at(-1)!)) } : { rows };
}

function read(connection: Connection, table: Table, order: Order, clause: Clause, stretch: Clause, limit: number) {
  const sql = [...clause.sql, ...stretch.sql];
  const direction = order.direction === "asc" ? "" : " DESC";
  const by = order.field === "id" ? `id${direction}` : `${quoted(order.field)}${direction}, id${direction}`;
  const where = sql.length ? ` WHERE ${sql.join(" AND ")}` : "";
  return connection
    .prepare(`SELECT ${table.columns} FROM ${quoted(table.name)}${where} ORDER BY ${by} LIMIT ?`)
    .all(...clause.cells, ...stretch.cells, limit) as unknown as Raw[];
}

const whole: Clause = { sql: [], cells: [] };

/** What lies beyond a position, in stretches that an index can walk; null is the lowest value there is. */
function stretchesOf(table: Table, { field, direction }: Order, after: Position | undefined | ""): readonly Clause[] {
  if (!after) return [whole];
  const column = quoted(field);
  const beyond = direction === "asc" ? ">" : "<";
  if (field === "id") return [{ sql: [`id ${beyond} ?`], cells: [after.id] }];
  const nulls: Clause = { sql: [`${column} IS NULL`], cells: [] };
  if (after.value === null) {
    const among: Clause = { sql: [...nulls.sql, `id ${beyond} ?`], cells: [after.id] };
    return direction === "asc" ? [among, { sql: [`${column} IS NOT NULL`], cells: [] }] : [among];
  }
  const past: Clause = { sql: [`(${column}, id) ${beyond} (?, ?)`], cells: [after.value, after.id] };
  return direction === "desc" && table.field.get(field)?.empty !== "never" ? [past, nulls] : [past];
}

function positionOf(table: Table, { field }: Order, cells: Raw): Position {
  const at = table.fields.findIndex((each) => each.name === field);
  return { id: cells[0] as string, value: at < 0 ? null : (cells[at + 2] as Cell) };
}

export function countRows(connection: Connection, table: Table, where?: Readonly<Record<string, unknown>>): number {
  const { sql, cells } = clauseOf(table, where);
  const condition = sql.length ? ` WHERE ${sql.join(" AND ")}` : "";
  const row = connection.prepare(`SELECT count(*) FROM ${quoted(table.name)}${condition}`).get(...cells);
  return (row as unknown as Raw)[0] as number;
}
