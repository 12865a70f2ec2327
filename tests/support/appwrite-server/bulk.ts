// Many rows at once: at most 100 given, any number matched; all or none.
import { type Answer, type Call, ok } from "./call.ts";
import { wireTime } from "./clock.ts";
import { tableOf } from "./find.ts";
import { columnsGiven, dataIn, givenRow } from "./given.ts";
import { atomically, removeRow, replaceRow } from "./heap.ts";
import { givenId } from "./ids.ts";
import { applied } from "./operators.ts";
import { isObject, type Params } from "./params.ts";
import { queriesIn } from "./parse-query.ts";
import { badArgument, badStructure, refuse } from "./refusal.ts";
import { matching } from "./run-query.ts";
import { stageBulk } from "./staging.ts";
import type { Row, State, Table, Values } from "./state.ts";
import { valueFault } from "./structure.ts";
import { echoed, stored, wireRow } from "./values.ts";
import { checkNew, createOne, upsertOne, type Written } from "./write-row.ts";

const mostRows = 100;

function rowsIn(call: Call): readonly Params[] {
  const { rows } = call.params;
  if (!call.withKey)
    refuse(
      401,
      "general_unauthorized_scope",
      "The current user or API key does not have the required scopes to access the requested resource.",
    );
  if (!Array.isArray(rows) || rows.length > mostRows || !rows.every(isObject))
    return badArgument(
      "rows",
      `Value must a valid array no longer than ${mostRows} items and Value must be a valid JSON string`,
    );
  if (!rows.length) refuse(400, "row_missing_data", "The row data is missing. Try again with row data populated.");
  return rows as Params[];
}

const answered = (written: readonly object[], status: number): Answer =>
  ok({ total: written.length, rows: written.slice(0, mostRows) }, status);

export function createRows(call: Call): Answer {
  const table = tableOf(call);
  const rows = rowsIn(call);
  if (call.params.transactionId !== undefined)
    return stageBulk(call, table, "bulkCreate", identified(call.state, rows), rows.length);
  return answered(createMany(call.state, table, rows), 201);
}

const identified = (state: State, rows: readonly Params[]): readonly Params[] =>
  rows.map((row) => ({ ...row, $id: givenId("$id", row.$id ?? "unique()", state.clock.now()) }));

/** A clash burns the sequence numbers of the whole batch, and is said of no id. */
export function createMany(state: State, table: Table, rows: readonly Params[]): readonly object[] {
  const all = identified(state, rows).map((row) => ({
    id: String(row.$id),
    given: givenRow(row, row.$permissions, true),
  }));
  const now = state.clock.now();
  for (const { given } of all) checkNew(table, given, now);
  const first = table.lastSequence;
  const batch = { at: state.clock.stamp(), named: "" };
  try {
    return atomically(state, () => all.map(({ id, given }) => createOne(state, table, id, given, batch).shown));
  } finally {
    if (table.lastSequence > first) table.lastSequence = first + rows.length;
  }
}

export function upsertRows(call: Call): Answer {
  const table = tableOf(call);
  const rows = rowsIn(call);
  if (call.params.transactionId !== undefined)
    return stageBulk(call, table, "bulkUpsert", identified(call.state, rows), rows.length);
  return answered(upsertMany(call.state, table, rows), 200);
}

/** Every row takes up a sequence number, those that are there already after the new ones. */
export function upsertMany(state: State, table: Table, rows: readonly Params[]): readonly object[] {
  const batch = { at: state.clock.stamp(), named: "" };
  const first = table.lastSequence;
  const upsert = (row: Params): Written =>
    upsertOne(state, table, String(row.$id), givenRow(row, row.$permissions, true), batch);
  const written = atomically(state, () => identified(state, rows).map(upsert)).filter(({ row }) => row);
  table.lastSequence = first + written.length;
  return written.map(({ shown }) => shown);
}

interface Matched {
  readonly data?: Params;
  readonly queries?: unknown;
}

export function updateRows(call: Call): Answer {
  const table = tableOf(call);
  const data = dataIn(call.params);
  const { queries } = call.params;
  if (!Object.keys(data).length)
    refuse(
      400,
      "row_missing_payload",
      "The row data and permissions are missing. You must provide either row data or permissions to be updated.",
    );
  const matched = matchedBy(table, queries);
  if (call.params.transactionId !== undefined)
    return stageBulk(call, table, "bulkUpdate", { data, queries }, matched.length);
  return answered(changeMany(call.state, table, { data, queries }), 200);
}

export function matchedBy(table: Table, queries: unknown): readonly Row[] {
  const query = queriesIn(table, { queries });
  const rows = matching(table, table.rows, query.filters).sort((one, other) => one.sequence - other.sequence);
  return query.limited ? rows.slice(query.offset, query.offset + query.limit) : rows.slice(query.offset);
}

/** Only what is given is checked against the columns, not what the rows hold already. */
export function changeMany(state: State, table: Table, { data = {}, queries }: Matched): readonly object[] {
  const now = state.clock.now();
  const rows = matchedBy(table, queries);
  const given = givenRow(data, data.$permissions, true);
  const at = given.updatedAt ?? state.clock.stamp();
  return atomically(state, () =>
    rows.map((before) => {
      const set = columnsGiven(given);
      partly(table, set, now, before.values);
      const values = { ...before.values, ...applied(before.values, set, now) };
      const row = {
        ...before,
        permissions: given.permissions ?? before.permissions,
        updatedAt: at,
        values: stored(table, values, now),
      };
      replaceRow(state, table, row, "");
      return { ...wireRow(table, row, echoed(table, values, now)), $updatedAt: wireTime(at) };
    }),
  );
}

function partly(table: Table, set: Values, now: number, before: Values): void {
  for (const [key, value] of Object.entries(set)) {
    const column = table.columns.get(key);
    if (column?.status !== "available") throw badStructure(`Unknown attribute: "${key}"`);
    if (column.required && value === null) badStructure(`Missing required attribute "${key}"`);
    const fault = valueFault(column, value, now, before);
    if (fault) badStructure(fault);
  }
}

export function deleteRows(call: Call): Answer {
  const table = tableOf(call);
  const { queries } = call.params;
  if (call.params.transactionId !== undefined)
    return stageBulk(call, table, "bulkDelete", { queries }, matchedBy(table, queries).length);
  return answered(deleteMany(call.state, table, { queries }), 200);
}

export function deleteMany(state: State, table: Table, { queries }: Matched): readonly object[] {
  return atomically(state, () =>
    matchedBy(table, queries).map((row) => {
      removeRow(state, table, row);
      return wireRow(table, row);
    }),
  );
}
