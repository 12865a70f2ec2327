// Operations that are staged together: their form, and that the rows they change are there.
import type { Call } from "./call.ts";
import { isId } from "./ids.ts";
import { stagedRow } from "./overlay.ts";
import { isObject, type Params } from "./params.ts";
import { badArgument, missing, refuse } from "./refusal.ts";
import { bulkActions } from "./staging.ts";
import { idKey, type Operation, type State, type Table, type Transaction } from "./state.ts";

const actions = ["create", "update", "upsert", "delete", "increment", "decrement", ...bulkActions];
const changing = ["update", "delete", "increment", "decrement"];

const unfit = (why: string): never => badArgument("operations", `Value must a valid array and ${why}`);

export function operationsIn({ state, params }: Call, transaction: Transaction): readonly Operation[] {
  const given = params.operations ?? [];
  if (!Array.isArray(given)) return unfit("Value must be an array");
  const createdAt = state.clock.stamp();
  const operations = given.map((one: unknown) => operationIn(state, one, createdAt));
  present(transaction, operations);
  return operations;
}

/** A row may be changed that the same batch creates; one that it upserts may not. */
function present(transaction: Transaction, operations: readonly Operation[]): void {
  const created = new Set<string>();
  for (const { action, table, rowId } of operations) {
    if (rowId === undefined) continue;
    const mark = `${table.database.id}/${table.id}/${rowId}`;
    if (changing.includes(action) && !created.has(mark) && !stagedRow(transaction, table, rowId))
      refuse(404, "document_not_found", `Document with the requested ID '${rowId}' could not be found.`);
    if (action === "create") created.add(mark);
  }
}

function operationIn(state: State, given: unknown, createdAt: number): Operation {
  if (!isObject(given)) return unfit("Value must be an array");
  for (const name of ["databaseId", "action", "tableId"]) {
    if (!(name in given)) unfit(`Missing required key: ${name}`);
    if (typeof given[name] !== "string" || !given[name].trim()) unfit(`Key '${name}' must be a non‑empty string`);
  }
  const action = String(given.action);
  if (!actions.includes(action)) unfit(`Key 'action' must be one of: ${actions.join(", ")}`);
  const isBulk = bulkActions.includes(action);
  if (!isBulk && !("rowId" in given)) unfit(`Key 'rowId' is required for action '${action}'`);
  if (!isBulk && !isId(given.rowId)) unfit("Key 'rowId' must be a non-empty string");
  if (action !== "delete" || "data" in given) checkData(action, given);
  const table = tableNamed(state, String(given.databaseId), String(given.tableId));
  return { action, table, rowId: isBulk ? undefined : String(given.rowId), data: given.data ?? {}, createdAt };
}

function checkData(action: string, given: Params): void {
  if (!("data" in given)) unfit("Missing required key: data");
  const { data } = given;
  if (!isObject(data) && !Array.isArray(data)) unfit("Key 'data' must be an array");
  const named: Params = isObject(data) ? data : {};
  if (["bulkUpdate", "bulkDelete"].includes(action) && !("queries" in named))
    unfit(`Key 'queries' is required in data for ${action}`);
  if (action === "bulkUpdate" && !isObject(named.data)) unfit(`Key 'data' is required in data for ${action}`);
  if (!["increment", "decrement"].includes(action)) return;
  if (!("column" in named)) unfit(`Key 'column' is required in data for ${action}`);
  if ("value" in named && typeof named.value !== "number") unfit(`Key 'value' must be a numeric value for ${action}`);
}

function tableNamed(state: State, databaseId: string, tableId: string): Table {
  const database = state.databases.get(idKey(databaseId)) ?? missing("database", databaseId);
  const table = database.tables.get(idKey(tableId));
  if (table) return table;
  return refuse(404, "collection_not_found", `Collection with the requested ID '${tableId}' could not be found.`);
}
