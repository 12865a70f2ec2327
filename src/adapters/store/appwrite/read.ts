// Rows from the server. By lists throughout: single rows come from a cache there that a transaction can leave stale for good.
import { Query } from "node-appwrite";
import { AppError } from "../../../core/errors.ts";
import { unanswerable, uniqueKey } from "../declared.ts";
import { storeTexts } from "../texts.ts";
import type { AppwriteApi } from "./api.ts";
import { conditionsOf, inQueries } from "./conditions.ts";
import type { RowMemory } from "./memory.ts";
import { type AnyRow, type AppwriteTable, type Columns, type Held, readColumns, rowIdOf } from "./table.ts";

export interface Connection extends AppwriteApi {
  readonly databaseId: string;
  readonly memory: RowMemory;
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
  const { rows } = await listOf(at, table.name, [...queries, Query.select([...readColumns]), Query.limit(limit)]);
  return rows.map((columns) => {
    const held = table.decode(columns);
    at.memory.see(table, held.row.id, columns as Columns);
    return held;
  });
}

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
