// Rows as they look inside a transaction: its creates, updates, upserts and deletes are seen, its increments are not.

import { matcher } from "./match.ts";
import { isObject } from "./params.ts";
import type { Query } from "./parse-query.ts";
import { idKey, type Row, type Table, type Transaction, type Values } from "./state.ts";
import { wireRow } from "./values.ts";

type Seen = Readonly<Record<string, unknown>>;

/** By `idKey`; undefined where the transaction removes the row. */
function stagedRows({ operations }: Transaction, table: Table): Map<string, Seen | undefined> {
  const staged = new Map<string, Seen | undefined>();
  for (const operation of operations) {
    if (operation.table !== table) continue;
    const { action, rowId, data } = operation;
    if (rowId !== undefined) single(staged, table, action, rowId, isObject(data) ? data : {});
    else if (action === "bulkCreate" || action === "bulkUpsert")
      for (const row of data as readonly Seen[]) single(staged, table, "create", String(row.$id), row);
  }
  return staged;
}

function single(staged: Map<string, Seen | undefined>, table: Table, action: string, id: string, data: Seen): void {
  const key = idKey(id);
  if (action === "delete") return void staged.set(key, undefined);
  if (!["create", "update", "upsert"].includes(action)) return;
  const row = table.rows.get(key);
  const before = staged.get(key) ?? (action === "create" ? undefined : row && wireRow(table, row));
  const fresh = { $id: id, $permissions: [], $databaseId: table.database.id, $tableId: table.id, $sequence: "" };
  staged.set(key, { ...fresh, ...before, ...data });
}

/** One row as the transaction sees it. */
export function stagedRow(transaction: Transaction, table: Table, id: string): Seen | undefined {
  const staged = stagedRows(transaction, table);
  const row = table.rows.get(idKey(id));
  return staged.has(idKey(id)) ? staged.get(idKey(id)) : row && wireRow(table, row);
}

/** A page as the transaction sees it: changed in place, without what it removes, at the end its new rows, whatever was asked for. */
export function overlay(transaction: Transaction, table: Table, page: readonly Seen[], query: Query, total: number) {
  const staged = stagedRows(transaction, table);
  const rows: Seen[] = [];
  let removed = 0;
  for (const row of page) {
    const key = idKey(String(row.$id));
    const now = staged.has(key) ? staged.get(key) : row;
    staged.delete(key);
    if (now) rows.push(now);
    else removed += 1;
  }
  const matches = matcher(table, query.filters);
  const added = [...staged].flatMap(([key, row]) => (row && !table.rows.has(key) ? [row] : []));
  const counted = added.filter((row) => matches(asRow(row))).length;
  return { total: total - removed + counted, rows: [...rows, ...added] };
}

const asRow = (seen: Seen): Row => ({
  id: String(seen.$id),
  sequence: 0,
  createdAt: 0,
  updatedAt: 0,
  permissions: [],
  values: seen as Values,
});
