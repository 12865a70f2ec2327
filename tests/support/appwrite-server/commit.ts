// A transaction's operations, done in order, all or none; a row changed since an operation was staged is a conflict.
import { changeMany, createMany, deleteMany, matchedBy, upsertMany } from "./bulk.ts";
import { addTo, boundsIn } from "./counters.ts";
import { givenRow } from "./given.ts";
import { atomically } from "./heap.ts";
import { isObject, type Params } from "./params.ts";
import { Refusal, refuse } from "./refusal.ts";
import { idKey, type Operation, type Row, type State, type Table, type Transaction } from "./state.ts";
import { createOne, deleteOne, updateOne, upsertOne } from "./write-row.ts";

/** @throws Refusal; nothing of the transaction is done then. */
export function commit(state: State, { operations }: Transaction): void {
  const own = new Set<string>();
  atomically(state, () => {
    for (const operation of operations) performed(state, operation, own);
  });
}

/** @param own rows that this transaction made or changed; what it does to them again is no conflict. */
function performed(state: State, operation: Operation, own: Set<string>): void {
  try {
    if (operation.rowId === undefined) many(state, operation, own);
    else single(state, operation, operation.rowId, own);
  } catch (error) {
    throw error instanceof Refusal ? asDocument(error, operation.rowId ?? "unknown") : error;
  }
}

/** What goes wrong at commit is said of documents and attributes, and clashes are conflicts. */
function asDocument({ status, type, message }: Refusal, id: string): Refusal {
  if (status === 409)
    return new Refusal(
      409,
      "transaction_conflict",
      "The transaction has a conflict. Please resolve the conflict and try again.",
    );
  if (status === 404)
    return new Refusal(404, "document_not_found", `Document with the requested ID '${id}' could not be found.`);
  return new Refusal(status, type.replace(/^row_/, "document_").replace(/^column_/, "attribute_"), message);
}

interface Named {
  readonly $id?: string;
}

const markOf = (table: Table, id: string): string => `${table.database.id}/${table.id}/${idKey(id)}`;

function single(state: State, operation: Operation, id: string, own: Set<string>): void {
  const { action, table, createdAt } = operation;
  const data: Params = isObject(operation.data) ? operation.data : {};
  const mark = markOf(table, id);
  const since = own.has(mark) ? undefined : createdAt;
  const given = givenRow(data, data.$permissions, true);
  if (action === "create") createOne(state, table, id, given);
  if (action === "update") updateOne(state, table, id, given, since);
  if (action === "upsert") upsertOne(state, table, id, given);
  if (action === "delete") deleteOne(state, table, id, since);
  if (action === "increment" || action === "decrement") count(state, operation, id, data);
  if (action === "delete") own.delete(mark);
  else own.add(mark);
}

function count(state: State, { action, table }: Operation, id: string, data: Params): void {
  const sign = action === "increment" ? 1 : -1;
  addTo(state, table, id, String(data.column ?? data.attribute), sign, boundsIn(data, sign));
}

function many(state: State, operation: Operation, own: Set<string>): void {
  const { action, table, data, createdAt } = operation;
  const { queries } = isObject(data) ? data : {};
  const given = Array.isArray(data) ? (data as Params[]) : [];
  const touched: readonly (Row | undefined)[] =
    action === "bulkUpdate" || action === "bulkDelete"
      ? matchedBy(table, queries)
      : given.map(({ $id }) => table.rows.get(idKey(String($id))));
  for (const row of touched)
    if (row && row.updatedAt > createdAt && !own.has(markOf(table, row.id)))
      refuse(409, "row_update_conflict", "Remote row is newer than local.");
  for (const { $id } of bulk(state, operation, given)) own.add(markOf(table, String($id)));
}

function bulk(state: State, { action, table, data }: Operation, given: readonly Params[]): readonly Named[] {
  if (action === "bulkCreate") return createMany(state, table, given);
  if (action === "bulkUpsert") return upsertMany(state, table, given);
  if (action === "bulkUpdate") return changeMany(state, table, data as { data: Params; queries?: unknown });
  return deleteMany(state, table, data as { queries?: unknown });
}
