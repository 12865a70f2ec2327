// Single rows over the wire: made, read, changed, upserted, removed.

import { createRows } from "./bulk.ts";
import { type Call, done, ok } from "./call.ts";
import { rowIdOf, tableOf } from "./find.ts";
import { dataIn, givenRow } from "./given.ts";
import { givenId } from "./ids.ts";
import { stagedRow } from "./overlay.ts";
import { queriesIn } from "./parse-query.ts";
import { guestMay } from "./permissions.ts";
import { badArgument, missing, refuse } from "./refusal.ts";
import { listed } from "./run-query.ts";
import { stage, transactionIn } from "./staging.ts";
import { idKey, type Row, type Table } from "./state.ts";
import { wireRow } from "./values.ts";
import { createOne, deleteOne, updateOne, upsertOne } from "./write-row.ts";

export function createRow(call: Call) {
  const { state, params } = call;
  if (params.rows !== undefined && params.rowId === undefined) return createRows(call);
  const table = tableOf(call);
  if (params.rowId === undefined) badArgument("rowId", "Param is not optional.");
  const id = givenId("rowId", params.rowId, state.clock.now());
  const data = dataIn(params);
  if (!Object.keys(data).length)
    refuse(400, "row_missing_data", "The row data is missing. Try again with row data populated.");
  const given = givenRow(data, params.permissions, call.withKey);
  if (!call.withKey && !guestMay("create", table.permissions)) mayNot("create", table);
  if (params.transactionId !== undefined) return stage(call, table, "create", id, { data, given });
  return ok(createOne(state, table, id, given).shown, 201);
}

function mayNot(kind: string, table: Table): never {
  const [role = ""] = table.permissions.filter((one) => one.startsWith(kind)).map((one) => one.split('"')[1]!);
  return refuse(
    401,
    "user_unauthorized",
    `Missing "${kind}" permission for role "${role}". Only "["any","guests"]" scopes are allowed and "["${role}"]" was given.`,
  );
}

const mayRead = (call: Call, table: Table, row: Row): boolean =>
  call.withKey || guestMay("read", table.permissions) || (table.rowSecurity && guestMay("read", row.permissions));

export function getRow(call: Call) {
  const table = tableOf(call);
  const id = rowIdOf(call);
  const query = queriesIn(table, call.params);
  const transaction = transactionIn(call);
  const row = table.rows.get(idKey(id));
  const shown = transaction ? stagedRow(transaction, table, id) : row && wireRow(table, row);
  if (!shown || (row && !mayRead(call, table, row))) return missing("row", id);
  return ok(query.pick(shown));
}

export function listRows(call: Call) {
  const table = tableOf(call);
  const query = queriesIn(table, call.params);
  const transaction = transactionIn(call);
  const rows = call.withKey ? table.rows : [...table.rows.values()].filter((row) => mayRead(call, table, row));
  return ok(listed(table, rows, query, { counted: countedIn(call), transaction }));
}

/** `total=false` is read as true, since it is a text. */
const countedIn = ({ params: { total } }: Call): boolean => total !== "0" && total !== "";

/** Epoch ms of `X-Appwrite-Timestamp`. */
export function readAtOf({ headers }: Call): number | undefined {
  const given = headers["x-appwrite-timestamp"];
  if (given === undefined) return undefined;
  const at = Date.parse(String(given));
  return Number.isNaN(at) ? refuse(400, "general_argument_invalid", "Invalid X-Appwrite-Timestamp header value") : at;
}

function changeIn(call: Call) {
  const data = dataIn(call.params);
  const given = givenRow(data, call.params.permissions, call.withKey);
  if (!Object.keys(data).length && given.permissions === undefined)
    refuse(
      400,
      "row_missing_payload",
      "The row data and permissions are missing. You must provide either row data or permissions to be updated.",
    );
  return { data, given };
}

export function updateRow(call: Call) {
  const table = tableOf(call);
  const id = rowIdOf(call);
  const readAt = readAtOf(call);
  const change = changeIn(call);
  if (!call.withKey && !guestMay("update", table.permissions)) mayNot("update", table);
  if (call.params.transactionId !== undefined) return stage(call, table, "update", id, change);
  return ok(updateOne(call.state, table, id, change.given, readAt).shown);
}

export function upsertRow(call: Call) {
  const table = tableOf(call);
  const id = givenId("rowId", call.path.rowId, call.state.clock.now());
  const change = changeIn(call);
  if (!call.withKey && !guestMay("update", table.permissions)) mayNot("update", table);
  if (call.params.transactionId !== undefined) return stage(call, table, "upsert", id, change);
  return ok(upsertOne(call.state, table, id, change.given).shown);
}

export function deleteRow(call: Call) {
  const table = tableOf(call);
  const id = rowIdOf(call);
  const readAt = readAtOf(call);
  if (!call.withKey && !guestMay("delete", table.permissions)) mayNot("delete", table);
  if (call.params.transactionId !== undefined) return stage(call, table, "delete", id, {});
  deleteOne(call.state, table, id, readAt);
  return done;
}
