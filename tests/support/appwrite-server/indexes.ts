// Indexes: checked at once, built by the worker; a unique one over duplicate data says that it is there and is not.
import { type Call, done, ok } from "./call.ts";
import { wireTime } from "./clock.ts";
import { isTextual, kindOf } from "./column-kinds.ts";
import { tableOf } from "./find.ts";
import { givenKey } from "./ids.ts";
import { pageOf } from "./lists.ts";
import { type Params, textsIn } from "./params.ts";
import { badArgument, refuse } from "./refusal.ts";
import { type Index, idKey, type Row, type State, type Table, type Value } from "./state.ts";

const internal = ["$id", "$createdAt", "$updatedAt", "$sequence"];
const types = ["key", "fulltext", "unique", "spatial"];
const mostIndexes = 58;
const mostLength = 768;

export function createIndex(call: Call) {
  const table = tableOf(call);
  const key = givenKey("key", call.params.key);
  const columns = textsIn(call.params, "columns");
  const index = newIndex(table, key, columns, call.params, call.state.clock.stamp());
  table.indexes.set(key, index);
  call.state.later((fault) => settle(call.state, table, index, fault));
  return ok(wireIndex(table, index), 202);
}

export function newIndex(table: Table, key: string, columns: readonly string[], params: Params, at: number): Index {
  const type = params.type as Index["type"];
  if (!types.includes(type)) badArgument("type", `Value must be one of (${types.join(", ")})`);
  if (table.indexes.has(key))
    refuse(
      409,
      "column_index_already_exists",
      `Index with the requested key '${key}' already exists. Try again with a different key.`,
    );
  if (table.indexes.size >= mostIndexes)
    refuse(
      400,
      "column_index_limit_exceeded",
      `The maximum number of indexes for table '${table.id}' has been reached.`,
    );
  if (!columns.length) badArgument("columns", "Value must a valid array and at least 1 items");
  const given = (params.lengths ?? []) as readonly (number | null)[];
  const lengths = columns.map((_, at) => given[at] ?? 0);
  const orders = ((params.orders ?? []) as readonly (string | null)[]).map((order) => order?.toUpperCase() ?? null);
  const index: Index = {
    key,
    type,
    columns,
    lengths,
    orders,
    createdAt: at,
    updatedAt: at,
    status: "processing",
    error: "",
  };
  check(table, index);
  return index;
}

const invalid = (why: string): never => refuse(400, "column_index_invalid", why);

function check(table: Table, { key, type, columns, lengths }: Index): void {
  let length = 0;
  if (["primary"].includes(key.toLowerCase())) invalid("Index key name is reserved");
  for (const [at, name] of columns.entries()) {
    if (internal.includes(name)) continue;
    const column = table.columns.get(name);
    if (!column)
      throw refuse(
        400,
        "column_unknown",
        `The column '${name}' required for the index could not be found. Please confirm all your columns are in the available state.`,
      );
    if (column.status !== "available")
      refuse(
        400,
        "column_not_available",
        `The requested column '${name}' is not yet available. Please try again later.`,
      );
    if (column.array) refuse(400, "index_invalid", "Creating indexes on array attributes is not currently supported.");
    if (type === "fulltext" && !isTextual(column))
      invalid(`Attribute "${name}" cannot be part of a fulltext index, must be of type string`);
    length += lengths[at] || kindOf(column).indexed(column);
  }
  if (type !== "fulltext" && length > mostLength) invalid(`Index length is longer than the maximum: ${mostLength}`);
}

function settle(state: State, table: Table, index: Index, fault = ""): void {
  if (index.status !== "processing") return;
  if (!fault) build(table, index);
  index.status = fault ? "failed" : "available";
  index.error = fault;
  index.updatedAt = state.clock.stamp();
}

/** Leaves a unique index without entries where rows share values: duplicates go on being taken. */
export function build(table: Table, index: Index): void {
  index.entries = undefined;
  if (index.type !== "unique") return;
  const entries = new Map<string, string>();
  for (const row of table.rows.values()) {
    const key = entryOf(table, index, row);
    if (key !== undefined && entries.has(key)) return;
    if (key !== undefined) entries.set(key, idKey(row.id));
  }
  index.entries = entries;
}

/** What a unique index keeps of a row; nothing where a value is null. */
export function entryOf(table: Table, index: Index, row: Row): string | undefined {
  const values = index.columns.map((name, at) => beginning(cellOf(row, name), index.lengths[at] ?? 0));
  if (values.some((value) => value === null)) return undefined;
  return values.map((value) => foldOf(table, value)).join("\u0001");
}

const beginning = (value: Value, length: number): Value =>
  length && typeof value === "string" ? [...value].slice(0, length).join("") : value;

export const cellOf = (row: Row, name: string): Value => {
  if (name === "$id") return row.id;
  if (name === "$sequence") return row.sequence;
  if (name === "$createdAt") return wireTime(row.createdAt);
  if (name === "$updatedAt") return wireTime(row.updatedAt);
  return row.values[name] ?? null;
};

const foldOf = (table: Table, value: Value): string =>
  typeof value === "string"
    ? table.database.collation.key(value)
    : JSON.stringify(value, (_, one: unknown) => (typeof one === "bigint" ? String(one) : one));

export function indexOf(call: Call): { table: Table; index: Index } {
  const table = tableOf(call);
  const index = table.indexes.get(call.path.key!);
  if (index) return { table, index };
  return refuse(404, "column_index_not_found", `Index with the requested key '${call.path.key}' could not be found.`);
}

export function getIndex(call: Call) {
  const { table, index } = indexOf(call);
  return ok(wireIndex(table, index));
}

export function listIndexes(call: Call) {
  const table = tableOf(call);
  const { total, found } = pageOf(call, table.indexes.values(), ({ key }) => key, {
    key: ["string", ({ key }) => key],
    type: ["string", ({ type }) => type],
    status: ["string", ({ status }) => status],
  });
  return ok({ total, indexes: found.map((index) => wireIndex(table, index)) });
}

export function deleteIndex(call: Call) {
  const { table, index } = indexOf(call);
  if (index.status === "available") index.status = "deleting";
  call.state.later(() => {
    if (table.indexes.get(index.key) === index) table.indexes.delete(index.key);
  });
  return done;
}

export const wireIndex = (table: Table, index: Index) => ({
  $id: `${table.database.number}_${table.number}_${index.key}`,
  $createdAt: wireTime(index.createdAt),
  $updatedAt: wireTime(index.updatedAt),
  key: index.key,
  type: index.type,
  status: index.status,
  error: index.error,
  columns: index.columns,
  lengths: index.lengths,
  orders: index.orders,
});
