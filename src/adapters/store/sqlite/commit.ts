// The five kinds of change as statements; those of one commit are done together or not at all.
import { AppError } from "../../../core/errors.ts";
import { type Change, mostChanges } from "../../../core/ports/store.ts";
import { uniqueKey } from "../declared.ts";
import type { Field } from "../fields.ts";
import { misfit } from "../fitting.ts";
import { storeTexts } from "../texts.ts";
import { type Connection, isSqliteError } from "./connection.ts";
import { type Cell, encode, quoted, type Table } from "./table.ts";
import type { Turns } from "./turns.ts";

type Kinds = { readonly [K in Change["kind"]]: Extract<Change, { kind: K }> };
type Values = Readonly<Record<string, unknown>>;
type Apply<K extends Change["kind"]> = (connection: Connection, table: Table, change: Kinds[K]) => void;

export async function commitChanges(
  connection: Connection,
  turns: Turns,
  tables: (change: Change) => Table,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return;
  if (changes.length > mostChanges) throw new AppError("invalid", storeTexts.say("changes"));
  const single = changes.length === 1 && changes[0]!.kind !== "increment";
  await turns.write(() => {
    for (const change of changes) apply(connection, tables(change), change);
  }, single);
}

function apply(connection: Connection, table: Table, change: Change): void {
  try {
    (appliers[change.kind] as Apply<typeof change.kind>)(connection, table, change as never);
  } catch (error) {
    throw conflictIn(table, error) ?? error;
  }
}

const uniqueFailed = 2067;
const primaryKeyFailed = 1555;

/** "UNIQUE constraint failed: pods.city, pods.name" is a conflict of the key city+name. */
export function conflictIn(table: Table, error: unknown): AppError | undefined {
  if (!isSqliteError(error) || ![uniqueFailed, primaryKeyFailed].includes(error.errcode)) return undefined;
  const columns = error.message.slice(error.message.indexOf(": ") + 2).split(", ");
  const key = columns.map((column) => column.slice(table.name.length + 1)).join("+");
  return new AppError("conflict", storeTexts.say("taken", { collection: table.name, key }), {
    detail: { collection: table.name, key },
    cause: error,
  });
}

const cellsOf = (fields: readonly Field[], row: Values): Cell[] =>
  fields.map((field) => encode(field.kind, row[field.name]));

/** Sets these fields and counts the revision up. */
const assignments = (fields: readonly Field[]): string =>
  [...fields.map((field) => `${quoted(field.name)} = ?`), "rev = rev + 1"].join(", ");

const named = (table: Table, set: Values): readonly Field[] => Object.keys(set).map((name) => table.field.get(name)!);

const appliers: { readonly [K in Change["kind"]]: Apply<K> } = {
  insert(connection, table, { row }) {
    const fitted = table.fitting.row(row);
    connection.prepare(table.insertion).run(row.id, ...cellsOf(table.fields, fitted));
  },

  patch(connection, table, { id, set, rev }) {
    const fitted = table.fitting.part(set);
    const fields = named(table, fitted);
    const sql = `UPDATE ${quoted(table.name)} SET ${assignments(fields)} WHERE id = ?${rev === undefined ? "" : " AND rev = ?"}`;
    const cells = [...cellsOf(fields, fitted), id, ...(rev === undefined ? [] : [rev])];
    if (connection.prepare(sql).run(...cells).changes === 0) throw missed(connection, table, id, "rev");
  },

  increment(connection, table, { id, field, by, min, max }) {
    const known = table.field.get(field);
    const number = known?.kind === "real" || (known?.kind === "integer" && Number.isInteger(by));
    if (!known || !number || !Number.isFinite(by)) throw misfit(table.name, field);
    const sum = `coalesce(${quoted(field)}, 0) + ?1`;
    const sql = `UPDATE ${quoted(table.name)} SET ${quoted(field)} = ${sum}, rev = rev + 1
      WHERE id = ?2 AND (?3 IS NULL OR ${sum} >= ?3) AND (?4 IS NULL OR ${sum} <= ?4) RETURNING CAST(${quoted(field)} AS REAL)`;
    const result = connection.prepare(sql).get(by, id, min ?? null, max ?? null) as unknown as [number] | undefined;
    if (!result) throw missed(connection, table, id, "bound", field);
    table.fitting.value(known, result[0]);
  },

  upsert(connection, table, { key, row, set }) {
    const fitted = table.fitting.row(row);
    const part = table.fitting.part(set);
    const fields = named(table, part);
    const keyFields = uniqueKey(table, Object.keys(key));
    const wanted = table.fitting.part(key);
    for (const field of named(table, wanted)) {
      const cell = encode(field.kind, wanted[field.name]);
      if (cell === null || cell !== encode(field.kind, fitted[field.name])) throw misfit(table.name, field.name);
    }
    const sql = `${table.insertion} ON CONFLICT (${keyFields.map(quoted).join(", ")}) DO UPDATE SET ${assignments(fields)}`;
    connection.prepare(sql).run(row.id, ...cellsOf(table.fields, fitted), ...cellsOf(fields, part));
  },

  remove(connection, table, { id, rev }) {
    const sql = `DELETE FROM ${quoted(table.name)} WHERE id = ?${rev === undefined ? "" : " AND rev = ?"}`;
    const { changes } = connection.prepare(sql).run(...(rev === undefined ? [id] : [id, rev]));
    if (changes === 0 && rev !== undefined && exists(connection, table, id)) throw conflict(table, id, "rev");
  },
};

const exists = (connection: Connection, table: Table, id: string): boolean =>
  connection.prepare(`SELECT 1 FROM ${quoted(table.name)} WHERE id = ?`).get(id) !== undefined;

/** Why no row was changed: it is gone, or it was not as expected. */
function missed(connection: Connection, table: Table, id: string, key: "rev" | "bound", field = ""): AppError {
  if (exists(connection, table, id)) return conflict(table, id, key, field);
  return new AppError("not_found", storeTexts.say("gone"), { detail: { collection: table.name, id } });
}

function conflict(table: Table, id: string, key: "rev" | "bound", field = ""): AppError {
  const sentence = key === "rev" ? storeTexts.say("moved") : storeTexts.say("bound", { collection: table.name, field });
  return new AppError("conflict", sentence, { detail: { collection: table.name, key, id } });
}
