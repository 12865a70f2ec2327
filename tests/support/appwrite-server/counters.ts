// Increment and decrement: within the bounds of the call, not those of the column.
import { type Call, ok } from "./call.ts";
import { kindOf } from "./column-kinds.ts";
import { rowIdOf, tableOf } from "./find.ts";
import { replaceRow } from "./heap.ts";
import type { Params } from "./params.ts";
import { refuse } from "./refusal.ts";
import { stage } from "./staging.ts";
import { type Column, idKey, type Row, type State, type Table, type Values } from "./state.ts";
import { halfToEven, wireRow } from "./values.ts";

interface Bounds {
  readonly value: number;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** An increment knows a maximum only, a decrement a minimum. */
export function boundsIn({ value = 1, min, max }: Params, sign: 1 | -1): Bounds {
  if (typeof value !== "number" || value <= 0)
    refuse(400, "general_argument_invalid", "Value must be numeric and greater than 0");
  return {
    value: value as number,
    min: sign < 0 ? ((min ?? undefined) as number | undefined) : undefined,
    max: sign > 0 ? ((max ?? undefined) as number | undefined) : undefined,
  };
}

const counter = (sign: 1 | -1) => (call: Call) => {
  const { state, params } = call;
  const table = tableOf(call);
  const id = rowIdOf(call);
  const bounds = boundsIn(params, sign);
  const column = call.path.column!;
  if (params.transactionId !== undefined)
    return stage(call, table, sign > 0 ? "increment" : "decrement", id, { data: { column, ...bounds } });
  return ok(addTo(state, table, id, column, sign, bounds));
};

export const incrementColumn = counter(1);
export const decrementColumn = counter(-1);

/** @returns what the answer shows: the new value, unrounded, with the time of the change before. */
export function addTo(state: State, table: Table, id: string, name: string, sign: 1 | -1, bounds: Bounds): object {
  const row = table.rows.get(idKey(id));
  const column = table.columns.get(name);
  if (!row || column?.status !== "available")
    return refuse(404, "column_not_found", "Column with the requested key '%s' could not be found.");
  if (!["integer", "bigint", "double"].includes(kindOf(column).type) || column.array)
    refuse(400, "attribute_type_invalid", `tablesDB "${name}" is not a number`);
  const value = sum(row, name, sign * bounds.value);
  within(name, value, bounds);
  const values = { ...row.values, [name]: value };
  replaceRow(state, table, {
    ...row,
    updatedAt: state.clock.stamp(),
    values: { ...row.values, ...kept(column, row, value) },
  });
  return wireRow(table, row, values);
}

/** In SQL nothing plus a number is nothing: what is null stays null, whatever the answer says. */
function kept(column: Column, { values }: Row, value: number | bigint): Values {
  if ((values[column.key] ?? null) === null) return {};
  const whole = kindOf(column).type !== "double" && typeof value === "number";
  return { [column.key]: whole ? halfToEven(value) : value };
}

function sum(row: Row, name: string, by: number): number | bigint {
  const before = row.values[name] ?? 0;
  const added = typeof before === "bigint" ? before + BigInt(by) : Number(before) + by;
  return typeof added === "number" && Number.isInteger(added) && !Number.isSafeInteger(added)
    ? BigInt(before as number) + BigInt(by)
    : added;
}

function within(name: string, value: number | bigint, { min, max }: Bounds): void {
  const passed =
    max !== undefined && value > max ? "maximum" : min !== undefined && value < min ? "minimum" : undefined;
  if (passed)
    refuse(
      400,
      "column_limit_exceeded",
      `tablesDB "${name}" has reached the ${passed} value of ${passed === "maximum" ? max : min}`,
    );
}
