// Tables: made empty or with columns and indexes at once, read, changed and removed.
import { type Call, done, ok } from "./call.ts";
import { wireTime } from "./clock.ts";
import { inlineKinds } from "./column-kinds.ts";
import { bytesMax, bytesUsed, fits, newColumn, wireColumn } from "./columns.ts";
import { databaseOf, tableOf } from "./find.ts";
import { givenId, givenKey } from "./ids.ts";
import { build, newIndex, wireIndex } from "./indexes.ts";
import { pageOf } from "./lists.ts";
import { flagIn, isObject, type Params, textIn } from "./params.ts";
import { onTables, permissionsIn } from "./permissions.ts";
import { badArgument, refuse, taken } from "./refusal.ts";
import { type Database, idKey, type Table } from "./state.ts";

export function createTable(call: Call) {
  const { state, params } = call;
  const id = givenId("tableId", params.tableId, state.clock.now());
  const name = textIn(params, "name");
  const permissions = permissionsIn(params.permissions, onTables) ?? [];
  const rowSecurity = flagIn(params, "rowSecurity", false);
  const columns = declared(params, "columns");
  const indexes = declared(params, "indexes");
  const database = databaseOf(call);
  if (database.tables.has(idKey(id))) taken("table", id);
  const table = newTable(database, id, name, state.clock.stamp());
  const empty = wireTable({ ...table, permissions, rowSecurity });
  for (const column of columns) declareColumn(table, column);
  for (const [at, index] of indexes.entries()) declareIndex(table, index, at);
  Object.assign(table, { permissions, rowSecurity, enabled: flagIn(params, "enabled", true) });
  database.tablesMade += 1;
  database.tables.set(idKey(id), table);
  return ok(empty, 201);
}

const newTable = (database: Database, id: string, name: string, at: number): Table => ({
  id,
  number: database.tablesMade + 1,
  database,
  createdAt: at,
  updatedAt: at,
  name,
  permissions: [],
  rowSecurity: false,
  enabled: true,
  columns: new Map(),
  indexes: new Map(),
  rows: new Map(),
  lastSequence: 0,
});

function declared(params: Params, name: string): readonly Params[] {
  const value = params[name] ?? [];
  if (Array.isArray(value) && value.length <= 100 && value.every(isObject)) return value as Params[];
  return badArgument(name, "Value must a valid array no longer than 100 items and Value must be a valid JSON string");
}

const unfit = (why: string): never => refuse(400, "general_argument_invalid", why);

function declareColumn(table: Table, params: Params): void {
  const key = givenKey("key", params.key);
  const kind = inlineKinds[String(params.type)];
  if (!kind) throw unfit(`Invalid type for attribute '${key}': ${String(params.type)}`);
  const column = newColumn(kind, key, params, table.createdAt, true);
  column.status = "available";
  fits(table, column);
  table.columns.set(key, column);
}

function declareIndex(table: Table, params: Params, at: number): void {
  const { attributes } = params;
  if (!Array.isArray(attributes))
    throw unfit(`Index at position ${at} is missing required field 'attributes' (must be an array)`);
  const key = givenKey("key", params.key);
  const index = newIndex(table, key, attributes as string[], params, table.createdAt);
  index.status = "available";
  build(table, index);
  table.indexes.set(key, index);
}

export const getTable = (call: Call) => ok(wireTable(tableOf(call)));

export function listTables(call: Call) {
  const { total, found } = pageOf(call, databaseOf(call).tables.values(), ({ id }) => id, {
    name: ["string", ({ name }) => name],
    enabled: ["boolean", ({ enabled }) => enabled],
    rowSecurity: ["boolean", ({ rowSecurity }) => rowSecurity],
  });
  return ok({ total, tables: found.map(wireTable) });
}

export function updateTable(call: Call) {
  const table = tableOf(call);
  const { params } = call;
  table.name = textIn(params, "name", table.name);
  table.permissions = permissionsIn(params.permissions, onTables) ?? table.permissions;
  table.rowSecurity = flagIn(params, "rowSecurity", table.rowSecurity);
  table.enabled = flagIn(params, "enabled", table.enabled);
  table.updatedAt = call.state.clock.stamp();
  return ok(wireTable(table));
}

export function deleteTable(call: Call) {
  const table = tableOf(call);
  table.database.tables.delete(idKey(table.id));
  return done;
}

const wireTable = (table: Table) => ({
  $id: table.id,
  $createdAt: wireTime(table.createdAt),
  $updatedAt: wireTime(table.updatedAt),
  $permissions: table.permissions,
  databaseId: table.database.id,
  name: table.name,
  enabled: table.enabled,
  rowSecurity: table.rowSecurity,
  columns: [...table.columns.values()].map(wireColumn),
  indexes: [...table.indexes.values()].map((index) => wireIndex(table, index)),
  bytesMax,
  bytesUsed: bytesUsed(table),
});
