// What a path names: the database, table or row, or the refusal that it is not there.
import type { Call } from "./call.ts";
import { pathId } from "./ids.ts";
import { missing } from "./refusal.ts";
import { type Database, idKey, type Row, type State, type Table } from "./state.ts";

export function databaseNamed(state: State, id: string): Database {
  return state.databases.get(idKey(id)) ?? missing("database", id);
}

export const databaseOf = ({ state, path }: Call): Database =>
  databaseNamed(state, pathId("databaseId", path.databaseId!));

export function tableNamed(state: State, databaseId: string, tableId: string): Table {
  return databaseNamed(state, databaseId).tables.get(idKey(tableId)) ?? missing("table", tableId);
}

export function tableOf(call: Call): Table {
  const table = databaseOf(call).tables.get(idKey(pathId("tableId", call.path.tableId!)));
  if (!table || (!table.enabled && !call.withKey)) return missing("table", call.path.tableId!);
  return table;
}

export const rowIdOf = ({ path }: Call): string => pathId("rowId", path.rowId!);

export const rowNamed = (table: Table, id: string): Row => table.rows.get(idKey(id)) ?? missing("row", id);
