// Rows from the server. By lists throughout: single rows come from a cache there that a transaction can leave stale for good.
import { Query } from "node-appwrite";
import { AppError } from "../../../core/errors.ts";
import { unanswerable, uniqueKey } from "../declared.ts";
import { storeTexts } from "../texts.ts";
import type { AppwriteApi } from "./api.ts";
import { conditionsOf, inQueries } from "./conditions.ts";
import { noneKey } from "./keys.ts";
import type { RowMemory } from "./memory.ts";
import {
  type AnyRow,
  type AppwriteTable,
  type Columns,
  counterColumn,
  type Held,
  readColumns,
  rowIdOf,
} from "./table.ts";

export interface Connection extends AppwriteApi {
  readonly databaseId: string;
  readonly memory: RowMemory;
  /** The table with the counters of commits (own-tables.ts). */
  readonly countersIn: string;
}

export interface Listed {
  readonly total: number;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** @param total up to 5000, where it is asked for. */
export function listOf({ tables, databaseId }: Connection, tableId: string, queries: readonly string[], total = false) {
  return tables.listRows({ databaseId, tableId, queries: [...queries], total }) as Promise<Listed>;
}

export async function heldIn(at: Connection, table: AppwriteTable, queries: readonly string[], limit: number) {
  const asked = [...queries, ...onlyRows(table), Query.select([...readColumns]), Query.limit(limit)];
  const { rows } = await listOf(at, table.name, asked);
  return rows.map((columns) => heldAs(at, table, columns));
}

function heldAs({ memory }: Connection, table: AppwriteTable, columns: Listed["rows"][number]): Held {
  const held = table.decode(columns);
  memory.see(table, held.row.id, columns as Columns);
  return held;
}

/** Leaves out the counters where they stand in the table. */
export const onlyRows = ({ collection }: AppwriteTable): readonly string[] =>
  collection.everyCall ? [Query.greaterThan("by_id", noneKey)] : [];

/** A row of the table that the counters stand in, and by the same request those. */
export async function heldAndCounters(at: Connection, table: AppwriteTable, id: string, counters: readonly string[]) {
  const rowId = rowIdOf(id);
  const asked = [Query.equal("$id", [rowId, ...counters]), Query.limit(counters.length + 1)];
  const { rows } = await listOf(at, table.name, [...asked, Query.select([...readColumns, counterColumn.key])]);
  const columns = rows.find(({ $id }) => $id === rowId);
  return { held: columns && heldAs(at, table, columns), counts: countsIn(rows) };
}

export async function countersOf(at: Connection, counters: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const asked = [Query.equal("$id", [...counters]), Query.limit(counters.length)];
  return countsIn((await listOf(at, at.countersIn, [...asked, Query.select([counterColumn.key])])).rows);
}

/** By the ids of the counters. */
const countsIn = (rows: Listed["rows"]): ReadonlyMap<string, number> =>
  new Map(rows.map(({ $id, n }) => [$id as string, n as number]));

/** Each once, in no order. */
export async function heldByIds(
  at: Connection,
  table: AppwriteTable,
  ids: readonly string[],
): Promise<readonly Held[]> {
  const lists = inQueries([...new Set(ids.map(rowIdOf))]);
  const found = await Promise.all(lists.map((some) => heldIn(at, table, [Query.equal("$id", some)], some.length)));
  return found.flat();
}

export const heldById = async (at: Connection, table: AppwriteTable, id: string): Promise<Held | undefined> =>
  (await heldByIds(at, table, [id]))[0];

/** At most this many rows are read by their ids at once. @throws AppError `invalid` */
export function notTooMany(ids: readonly string[]): void {
  if (ids.length > 500) throw new AppError("invalid", storeTexts.say("manyIds"));
}

export async function rowsOf(at: Connection, table: AppwriteTable, ids: readonly string[]): Promise<readonly AnyRow[]> {
  const rows = new Map((await heldByIds(at, table, ids)).map(({ row }) => [row.id, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

/** @throws AppError `invalid` when the fields are not those of one unique key. */
export async function heldByKey(
  at: Connection,
  table: AppwriteTable,
  key: Readonly<Record<string, unknown>>,
): Promise<Held | undefined> {
  uniqueKey(table, Object.keys(key));
  if (Object.values(key).includes(undefined)) throw unanswerable(table, "undefined");
  const { alternatives } = conditionsOf(table, { where: key });
  if (Object.values(key).includes(null)) return undefined;
  return (await heldIn(at, table, alternatives[0]!, 1))[0];
}
