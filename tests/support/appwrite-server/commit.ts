// A transaction's operations, done in order, all or none; a row changed since an operation was staged is a conflict.
import { changeMany, createMany, deleteMany, upsertMany } from "./bulk.ts";
import { addTo, boundsIn } from "./counters.ts";
import { givenRow } from "./given.ts";
import { atomically } from "./heap.ts";
import { isObject, type Params } from "./params.ts";
import { idKey, type Operation, type State, type Transaction } from "./state.ts";
import { createOne, deleteOne, updateOne, upsertOne } from "./write-row.ts";

/** @throws Refusal; nothing of the transaction is done then. */
export function commit(state: State, { operations }: Transaction): void {
  const own = new Set<string>();
  atomically(state, () => {
    for (const operation of operations) perform(state, operation, own);
  });
}

/** @param own rows that this transaction made or changed; what it does to them again is no conflict. */
function perform(state: State, operation: Operation, own: Set<string>): void {
  const { action, table, rowId, createdAt } = operation;
  const data: Params = isObject(operation.data) ? operation.data : {};
  const mark = (id: string) => `${table.database.id}/${table.id}/${idKey(id)}`;
  if (rowId === undefined) {
    for (const { $id } of bulk(state, operation)) own.add(mark(String($id)));
    return;
  }
  const since = own.has(mark(rowId)) ? undefined : createdAt;
  const given = givenRow(data, data.$permissions, true);
  if (action === "create") createOne(state, table, rowId, given);
  if (action === "update") updateOne(state, table, rowId, given, since);
  if (action === "upsert") upsertOne(state, table, rowId, given);
  if (action === "delete") deleteOne(state, table, rowId, since);
  if (action === "increment" || action === "decrement") count(state, operation, data);
  own.add(mark(rowId));
}

function count(state: State, { action, table, rowId }: Operation, data: Params): void {
  const sign = action === "increment" ? 1 : -1;
  addTo(state, table, rowId!, String(data.column ?? data.attribute), sign, boundsIn(data));
}

function bulk(state: State, { action, table, data }: Operation): readonly { readonly $id?: string }[] {
  if (action === "bulkCreate") return createMany(state, table, data as Params[]);
  if (action === "bulkUpsert") return upsertMany(state, table, data as Params[]);
  if (action === "bulkUpdate") return changeMany(state, table, data as { data: Params; queries?: unknown });
  return deleteMany(state, table, data as { queries?: unknown });
}
