// Columns: made by the worker after the answer, read, changed and removed.
import { type Call, done, ok } from "./call.ts";
import { wireTime } from "./clock.ts";
import { bytesOf, columnKinds, kindOf } from "./column-kinds.ts";
import { tableOf } from "./find.ts";
import { givenKey } from "./ids.ts";
import { build } from "./indexes.ts";
import { pageOf } from "./lists.ts";
import { flagIn, type Params, wholeIn } from "./params.ts";
import { refuse } from "./refusal.ts";
import type { Column, State, Table, Value } from "./state.ts";
import { structureFault } from "./structure.ts";

export const bytesMax = 65_535;
const mostColumns = 1_017;

export const bytesUsed = (table: Table): number =>
  [...table.columns.values()].reduce((sum, column) => sum + bytesOf(column), 1_067);

export const createColumn = (kind: string) => (call: Call) => {
  const key = givenKey("key", call.params.key);
  const column = newColumn(kind, key, call.params, call.state.clock.stamp());
  const table = tableOf(call);
  const before = table.columns.get(key);
  if (before && before.status !== "deleting") exists(key);
  fits(table, column);
  table.columns.set(key, column);
  call.state.later((fault) => settle(call.state, column, fault));
  return ok(wireColumn(column), 202);
};

export function newColumn(kind: string, key: string, params: Params, at: number, inline = false): Column {
  const required = flagIn(params, "required", false);
  const array = flagIn(params, "array", false);
  const fallback = (params.default ?? null) as Value;
  const made = inline && kind !== "string" ? inlineRange(kind, params) : columnKinds[kind]!.made(params);
  if (fallback !== null && required) noDefault("required column");
  if (fallback !== null && array) noDefault("array columns");
  const column: Column = {
    key,
    kind,
    createdAt: at,
    updatedAt: at,
    status: "processing",
    error: "",
    required,
    array,
    default: fallback,
    ...made,
  };
  const fault = fallback === null ? undefined : structureFault(column, fallback, at);
  if (fault) refuse(400, "column_value_invalid", fault);
  return column;
}

/** Inline columns keep a range only where one is given. */
const inlineRange = (_kind: string, { min, max }: Params): Pick<Column, "min" | "max"> => ({
  ...(min !== undefined && { min: min as number }),
  ...(max !== undefined && { max: max as number }),
});

const noDefault = (of: string): never =>
  refuse(400, "column_default_unsupported", `Cannot set default value for ${of}`);

const exists = (key: string): never =>
  refuse(
    409,
    "column_already_exists",
    `Column with the requested key '${key}' already exists. Column keys must be unique, try again with a different key.`,
  );

export function fits(table: Table, column: Column): void {
  const before = table.columns.get(column.key);
  const freed = before ? bytesOf(before) : 0;
  if (table.columns.size < mostColumns && bytesUsed(table) - freed + bytesOf(column) <= bytesMax) return;
  refuse(
    400,
    "column_limit_exceeded",
    `The maximum number or size of columns for table '${table.id}' has been reached.`,
  );
}

function settle(state: State, column: Column, fault = ""): void {
  if (column.status !== "processing") return;
  column.status = fault ? "failed" : "available";
  column.error = fault;
  column.updatedAt = state.clock.stamp();
}

export function columnOf(call: Call): { table: Table; column: Column } {
  const table = tableOf(call);
  const column = table.columns.get(call.path.key!);
  return column ? { table, column } : noColumn(call.path.key!);
}

export const noColumn = (key: string): never =>
  refuse(404, "column_not_found", `Column with the requested key '${key}' could not be found.`);

/** Some answers do not say that a column is not encrypted. */
const unsaid = (wire: object) => ("encrypt" in wire && !wire.encrypt ? { ...wire, encrypt: null } : wire);

export const getColumn = (call: Call) => ok(wireColumn(columnOf(call).column));

export const listColumns = (call: Call) => {
  const { total, found } = pageOf(call, tableOf(call).columns.values(), ({ key }) => key, {
    key: ["string", ({ key }) => key],
    type: ["string", (column) => kindOf(column).type],
    status: ["string", ({ status }) => status],
  });
  const columns = found.map((column) => (column.kind === "string" ? wireColumn(column) : unsaid(wireColumn(column))));
  return ok({ total, columns });
};

export function updateColumn(call: Call) {
  const { table, column } = columnOf(call);
  const { params } = call;
  if (column.status !== "available") notAvailable(column.key);
  const required = flagIn(params, "required", false);
  if ((params.default ?? null) !== null && required) noDefault("required column");
  if (params.size !== undefined) resize(table, column, wholeIn(params, "size", 1, 1_073_741_824));
  column.required = required;
  column.default = (params.default ?? null) as Value;
  if (params.min !== undefined) column.min = params.min as number;
  if (params.max !== undefined) column.max = params.max as number;
  if (params.elements !== undefined) column.elements = params.elements as string[];
  if (params.newKey === undefined) column.updatedAt = call.state.clock.stamp();
  else rename(table, column, givenKey("newKey", params.newKey));
  return ok(unsaid(wireColumn(column)));
}

export const notAvailable = (key: string): never =>
  refuse(400, "column_not_available", `The requested column '${key}' is not yet available. Please try again later.`);

function resize(table: Table, column: Column, size: number): void {
  const tooLong = (value: Value | undefined) => typeof value === "string" && [...value].length > size;
  if ([...table.rows.values()].some(({ values }) => tooLong(values[column.key])))
    refuse(
      400,
      "column_invalid_resize",
      "Existing data is too large for new size, truncate your existing data then try again.",
    );
  fits(table, { ...column, size });
  column.size = size;
}

function rename(table: Table, column: Column, key: string): void {
  if (table.columns.has(key)) exists(key);
  const before = column.key;
  table.columns.delete(before);
  column.key = key;
  table.columns.set(key, column);
  for (const index of table.indexes.values())
    index.columns = index.columns.map((name) => (name === before ? key : name));
  for (const [id, row] of table.rows) {
    const { [before]: value, ...others } = row.values;
    if (value !== undefined) table.rows.set(id, { ...row, values: { ...others, [key]: value } });
  }
}

export function deleteColumn(call: Call) {
  const { table, column } = columnOf(call);
  if (column.status === "available") {
    column.status = "deleting";
    column.updatedAt = call.state.clock.stamp();
  }
  call.state.later((fault) => (fault ? stick(column, fault) : drop(table, column)));
  return done;
}

function stick(column: Column, fault: string): void {
  column.status = "stuck";
  column.error = fault;
}

function drop(table: Table, column: Column): void {
  if (table.columns.get(column.key) !== column) return;
  table.columns.delete(column.key);
  for (const [id, row] of table.rows) {
    const { [column.key]: _gone, ...values } = row.values;
    table.rows.set(id, { ...row, values });
  }
  for (const [key, index] of table.indexes) {
    index.columns = index.columns.filter((name) => name !== column.key);
    if (!index.columns.length) table.indexes.delete(key);
    else build(table, index);
  }
}

export const wireColumn = (column: Column) => ({
  key: column.key,
  type: kindOf(column).type,
  status: column.status,
  error: column.error,
  required: column.required,
  array: column.array,
  $createdAt: wireTime(column.createdAt),
  $updatedAt: wireTime(column.updatedAt),
  ...kindOf(column).wire({
    ...column,
    min: column.min ?? (null as unknown as number),
    max: column.max ?? (null as unknown as number),
  }),
  default: column.default,
});
