// Values on their way into the database and out of it.
import { wireTime } from "./clock.ts";
import { kindOf } from "./column-kinds.ts";
import { instantOf } from "./datetime.ts";
import type { Column, Row, Scalar, Table, Value, Values } from "./state.ts";

/** As MariaDB makes a whole number of a float. */
export function halfToEven(value: number): number {
  const near = Math.round(value);
  return Math.abs(value % 1) === 0.5 && near % 2 !== 0 ? near - 1 : near;
}

/** PHP binds floats with 14 significant digits. */
export const fourteenDigits = (value: number): number => Number(value.toPrecision(14));

/** As an answer echoes what was given: instants in their own form, the rest untouched. */
export const echoed = (table: Table, values: Values, now: number): Values =>
  mapped(table, values, (column, value) =>
    kindOf(column).type === "datetime" && typeof value === "string" ? wireTime(instantOf(value, now)!) : value,
  );

/** As the database keeps it. */
export const stored = (table: Table, values: Values, now: number): Values =>
  mapped(table, echoed(table, values, now), (column, value) => {
    const { type } = kindOf(column);
    if (column.array) return value;
    if (typeof value === "number" && type === "double") return fourteenDigits(value);
    if (typeof value === "number" && type === "integer") return halfToEven(value);
    return value;
  });

function mapped(table: Table, values: Values, change: (column: Column, value: Scalar) => Scalar): Values {
  const changed: Record<string, Value> = {};
  for (const [key, value] of Object.entries(values)) {
    const column = table.columns.get(key);
    if (!column || value === null) changed[key] = value;
    else if (Array.isArray(value)) changed[key] = value.map((one) => change(column, one as Scalar));
    else changed[key] = change(column, value as Scalar);
  }
  return changed;
}

/** What the columns say of a row that was not told otherwise. */
export function defaults(table: Table): Values {
  const values: Record<string, Value> = {};
  for (const { key, status, default: fallback } of table.columns.values())
    if (fallback !== null && status !== "processing") values[key] = fallback;
  return values;
}

/** A row as it goes out; `values` where an answer echoes what was given. */
export function wireRow(table: Table, row: Row, values: Values = row.values) {
  const out: Record<string, unknown> = {};
  for (const { key, array, status } of table.columns.values())
    if (status !== "processing") out[key] = values[key] ?? (array ? [] : null);
  return Object.assign(out, {
    $id: row.id,
    $sequence: row.sequence ? String(row.sequence) : "",
    $createdAt: wireTime(row.createdAt),
    $updatedAt: wireTime(row.updatedAt),
    $permissions: row.permissions,
    $databaseId: table.database.id,
    $tableId: table.id,
  });
}
