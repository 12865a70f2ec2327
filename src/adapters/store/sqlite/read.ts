// Rows by their ids and by their unique keys.
import type { SQLOutputValue } from "node:sqlite";
import { AppError } from "../../../core/errors.ts";
import type { Base } from "../../../core/ports/store.ts";
import { unanswerable, uniqueKey } from "../declared.ts";
import { storeTexts } from "../texts.ts";
import { clauseOf } from "./conditions.ts";
import type { Connection } from "./connection.ts";
import { quoted, type Table } from "./table.ts";

type AnyRow = Base & Record<string, unknown>;
type Raw = readonly SQLOutputValue[];

export function rowById(connection: Connection, table: Table, id: string): AnyRow | undefined {
  const cells = connection.prepare(table.selectById).get(id);
  return cells && table.decode(cells as unknown as Raw);
}

/** At most this many rows are read by their ids at once. */
const most = 500;

export function rowsByIds(connection: Connection, table: Table, ids: readonly string[]): readonly AnyRow[] {
  if (ids.length > most) throw new AppError("invalid", storeTexts.say("manyIds"));
  const { sql, cells } = clauseOf(table, { id: { in: ids } });
  const found = connection
    .prepare(`SELECT ${table.columns} FROM ${quoted(table.name)} WHERE ${sql[0]}`)
    .all(...cells) as unknown as Raw[];
  const rows = new Map(found.map((raw) => [raw[0], table.decode(raw)]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

/** @throws AppError `invalid` when the fields are not those of one unique key. */
export function rowByKey(
  connection: Connection,
  table: Table,
  key: Readonly<Record<string, unknown>>,
): AnyRow | undefined {
  uniqueKey(table, Object.keys(key));
  const { sql, cells } = clauseOf(table, key);
  if (sql.length < Object.keys(key).length) throw unanswerable(table, "undefined");
  if (Object.values(key).includes(null)) return undefined;
  const row = connection
    .prepare(`SELECT ${table.columns} FROM ${quoted(table.name)} WHERE ${sql.join(" AND ")}`)
    .get(...cells);
  return row && table.decode(row as unknown as Raw);
}
