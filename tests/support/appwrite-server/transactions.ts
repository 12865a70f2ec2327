// Transactions: opened, filled, committed, rolled back, forgotten.
import { type Call, done, ok } from "./call.ts";
import { wireTime } from "./clock.ts";
import { commit } from "./commit.ts";
import { newId } from "./ids.ts";
import { pageOf } from "./lists.ts";
import { operationsIn } from "./operations.ts";
import { flagIn, wholeIn } from "./params.ts";
import { refuse } from "./refusal.ts";
import { pendingOf, room, transactionNamed } from "./staging.ts";
import type { Transaction } from "./state.ts";

export function createTransaction({ state, params }: Call) {
  const ttl = wholeIn(params, "ttl", 60, 3_600, 300);
  const at = state.clock.stamp();
  const transaction: Transaction = {
    id: newId(at),
    createdAt: at,
    updatedAt: at,
    expiresAt: at + ttl * 1_000,
    status: "pending",
    operations: [],
  };
  state.transactions.set(transaction.id, transaction);
  return ok(wireTransaction(transaction), 201);
}

const transactionOf = ({ state, path }: Call): Transaction => transactionNamed(state, path.transactionId!);

export const getTransaction = (call: Call) => ok(wireTransaction(transactionOf(call)));

export function listTransactions(call: Call) {
  const asked = { status: ["string", ({ status }: Transaction) => status] } as const;
  const { total, found } = pageOf(call, call.state.transactions.values(), ({ id }) => id, asked);
  return ok({ total, transactions: found.map(wireTransaction) });
}

export function deleteTransaction(call: Call) {
  call.state.transactions.delete(transactionOf(call).id);
  return done;
}

export function createOperations(call: Call) {
  const transaction = pendingOf(call.state, call.path.transactionId!);
  room(transaction, Array.isArray(call.params.operations) ? call.params.operations.length : 0);
  const operations = operationsIn(call, transaction);
  transaction.operations.push(...operations);
  const shown = wireTransaction(transaction);
  transaction.updatedAt = call.state.clock.stamp();
  return ok(shown, 201);
}

export function updateTransaction(call: Call) {
  const wantsCommit = flagIn(call.params, "commit", false);
  const wantsRollback = flagIn(call.params, "rollback", false);
  if (!wantsCommit && !wantsRollback) refuse(400, "general_bad_request", "Either commit or rollback must be true");
  if (wantsCommit && wantsRollback) refuse(400, "general_bad_request", "Cannot commit and rollback at the same time");
  const transaction = pendingOf(call.state, call.path.transactionId!);
  if (wantsCommit) commitOrFail(call, transaction);
  else transaction.status = "failed";
  transaction.updatedAt = call.state.clock.stamp();
  return ok(wireTransaction(transaction));
}

function commitOrFail({ state }: Call, transaction: Transaction): void {
  try {
    commit(state, transaction);
    transaction.status = "committed";
  } catch (error) {
    transaction.status = "failed";
    transaction.updatedAt = state.clock.stamp();
    throw error;
  }
}

const wireTransaction = (transaction: Transaction) => ({
  $id: transaction.id,
  $createdAt: wireTime(transaction.createdAt),
  $updatedAt: wireTime(transaction.updatedAt),
  status: transaction.status,
  operations: transaction.operations.length,
  expiresAt: wireTime(transaction.expiresAt),
});
