// What a path names: the database, table or row, or the refusal that it is not there.
import type { Call } from "./call.ts";
import { pathId } from "./ids.ts";
import { missing } from "./refusal.ts";
import { type Database, idKey, type Table } from "./state.ts";

export function databaseOf({ state, path }: Call): Database {
  const id = pathId("databaseId", path.databaseId!);
  return state.databases.get(idKey(id)) ?? missing("database", id);
}

export function tableOf(call: Call): Table {
  const table = databaseOf(call).tables.get(idKey(pathId("tableId", call.path.tableId!)));
  if (!table || (!table.enabled && !call.withKey)) return missing("table", call.path.tableId!);
  return table;
}

export const rowIdOf = ({ path }: Call): string => pathId("rowId", path.rowId!);
