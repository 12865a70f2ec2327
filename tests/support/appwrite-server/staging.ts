// Operations waiting in a transaction: nothing of them is checked against columns before the commit.
import { type Answer, type Call, done, ok } from "./call.ts";
import { stagedRow } from "./overlay.ts";
import type { Params } from "./params.ts";
import { missing, refuse } from "./refusal.ts";
import type { State, Table, Transaction } from "./state.ts";

const mostOperations = 100;
export const bulkActions = ["bulkCreate", "bulkUpdate", "bulkUpsert", "bulkDelete"];

export const transactionNamed = (state: State, id: string): Transaction =>
  state.transactions.get(id) ?? missing("transaction", id);

/** The transaction that a read looks through. */
export function transactionIn({ state, params }: Call): Transaction | undefined {
  if (params.transactionId === undefined) return undefined;
  const transaction = transactionNamed(state, String(params.transactionId));
  return transaction.status === "pending" ? transaction : undefined;
}

/** @throws Refusal for one that is over; an expired one answers 500. */
export function pendingOf(state: State, id: string): Transaction {
  const transaction = transactionNamed(state, id);
  if (transaction.status !== "pending")
    refuse(400, "transaction_not_ready", "The transaction is not ready yet. Please try again later.");
  if (transaction.expiresAt <= state.clock.now()) refuse(500, "transaction_expired", "Server Error");
  return transaction;
}

export function room({ operations }: Transaction, added: number): void {
  if (operations.length + added > mostOperations)
    refuse(
      400,
      "transaction_limit_exceeded",
      `Transaction already has ${operations.length} operations, adding ${added} would exceed the maximum of ${mostOperations}`,
    );
}

interface Staged {
  readonly data?: Params;
  readonly given?: { readonly permissions?: readonly string[] | undefined };
}

/** Puts one change of one row into the transaction that the call names. */
export function stage(call: Call, table: Table, action: string, rowId: string, { data = {}, given }: Staged): Answer {
  const { state } = call;
  const transaction = pendingOf(state, String(call.params.transactionId));
  room(transaction, 1);
  const before = action === "create" || action === "upsert" ? undefined : stagedRow(transaction, table, rowId);
  if ((action === "update" || action === "delete") && !before) missing("row", rowId);
  const permissions = given?.permissions;
  add(state, transaction, table, action, rowId, { ...data, ...(permissions && { $permissions: permissions }) });
  if (action === "delete") return done;
  const own = { $id: rowId, $tableId: table.id, $databaseId: table.database.id };
  if (action === "increment" || action === "decrement")
    return ok({ ...own, [String(data.column)]: data.value, $sequence: "" });
  return ok(
    { $permissions: permissions ?? [], ...before, ...own, ...data, $sequence: sequenceOf(before) },
    action === "update" ? 200 : 201,
  );
}

const sequenceOf = (before: object | undefined): unknown => (before && "$sequence" in before ? before.$sequence : "");

/** Puts a bulk change into it, which counts as one. */
export function stageBulk(call: Call, table: Table, action: string, data: unknown, total: number): Answer {
  const transaction = pendingOf(call.state, String(call.params.transactionId));
  room(transaction, 1);
  add(call.state, transaction, table, action, undefined, data);
  return ok({ total, rows: [] });
}

function add(
  state: State,
  transaction: Transaction,
  table: Table,
  action: string,
  rowId: string | undefined,
  data: unknown,
): void {
  const createdAt = state.clock.stamp();
  transaction.operations.push({ action, table, rowId, data, createdAt });
  transaction.updatedAt = createdAt;
}
