// One row made, changed, upserted or removed, as the database does it, inside and outside of transactions.

import type { Given } from "./given.ts";
import { columnsGiven } from "./given.ts";
import { clashOf, insertRow, nextSequence, removeRow, replaceRow } from "./heap.ts";
import { applyOperators } from "./operators.ts";
import { missing, refuse } from "./refusal.ts";
import { idKey, type Row, type State, type Table, type Values } from "./state.ts";
import { checkStructure } from "./structure.ts";
import { defaults, echoed, stored, wireRow } from "./values.ts";

export interface Written {
  /** Undefined where the server silently made nothing. */
  readonly row: Row | undefined;
  /** What the answer shows. */
  readonly shown: object;
}

export function createOne(state: State, table: Table, id: string, given: Given, named = id): Written {
  const now = state.clock.now();
  const values = { ...defaults(table), ...columnsGiven(given) };
  checkStructure(table, values, now);
  const at = state.clock.stamp();
  const row: Row = {
    id,
    sequence: nextSequence(table),
    createdAt: given.createdAt ?? at,
    updatedAt: given.updatedAt ?? at,
    permissions: given.permissions ?? [],
    values: stored(table, values, now),
  };
  insertRow(state, table, row, named);
  return { row, shown: wireRow(table, row, echoed(table, values, now)) };
}

/** @param readAt refuses when the row was changed later. */
export function updateOne(state: State, table: Table, id: string, given: Given, readAt?: number, named = id): Written {
  const before = table.rows.get(idKey(id)) ?? missing("row", id);
  newerThan(before, readAt);
  const now = state.clock.now();
  const set = applyOperators(table, before.values, columnsGiven(given), now);
  const values = { ...before.values, ...set };
  checkStructure(table, values, now);
  const after = { ...before, permissions: given.permissions ?? before.permissions, values: stored(table, values, now) };
  if (sameRow(before, after) && given.updatedAt === undefined && given.createdAt === undefined)
    return { row: before, shown: wireRow(table, before) };
  const row: Row = {
    ...after,
    createdAt: given.createdAt ?? before.createdAt,
    updatedAt: given.updatedAt ?? state.clock.stamp(),
  };
  replaceRow(state, table, row, named);
  return { row, shown: wireRow(table, row, echoed(table, values, now)) };
}

function newerThan(row: Row, readAt: number | undefined): void {
  if (readAt !== undefined && row.updatedAt > readAt)
    refuse(409, "row_update_conflict", "Remote row is newer than local.");
}

const sameRow = (one: Row, other: Row): boolean =>
  sameValues(one.values, other.values) && String(one.permissions) === String(other.permissions);

const plain = (values: Values) =>
  JSON.stringify(
    Object.entries(values)
      .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
    (_key, one: unknown) => (typeof one === "bigint" ? `${one}n` : one),
  );

const sameValues = (one: Values, other: Values): boolean => plain(one) === plain(other);

/**
 * What `INSERT … ON DUPLICATE KEY UPDATE` makes of it: a new row with the unique values of another row overwrites that
 * one, and a new row with nothing but empty values is not made at all.
 */
export function upsertOne(state: State, table: Table, id: string, given: Given): Written {
  const now = state.clock.now();
  const before = table.rows.get(idKey(id));
  const set = applyOperators(table, before?.values ?? {}, columnsGiven(given), now);
  if (!before && !given.permissions?.length && Object.values(set).every(isEmpty))
    return { row: undefined, shown: { $databaseId: table.database.id, $tableId: table.id, $sequence: "" } };
  const values = before ? set : { ...defaults(table), ...set };
  checkStructure(table, values, now);
  const at = state.clock.stamp();
  const sequence = nextSequence(table);
  const row: Row = {
    id,
    sequence: before?.sequence ?? sequence,
    createdAt: given.createdAt ?? before?.createdAt ?? at,
    updatedAt: given.updatedAt ?? at,
    permissions: given.permissions ?? before?.permissions ?? [],
    values: stored(table, { ...before?.values, ...values }, now),
  };
  const shown = { ...before?.values, ...echoed(table, values, now) };
  const other = before ? undefined : clashOf(table, row);
  if (!other) {
    replaceRow(state, table, row);
    return { row, shown: wireRow(table, row, shown) };
  }
  const { id: kept, sequence: itsSequence, createdAt } = other;
  replaceRow(state, table, { ...row, id: kept, sequence: itsSequence, createdAt });
  return { row, shown: wireRow(table, { ...row, sequence: 0 }, shown) };
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === 0 || value === "" || value === false || (Array.isArray(value) && value.length === 0);

export function deleteOne(state: State, table: Table, id: string, readAt?: number): void {
  const row = table.rows.get(idKey(id)) ?? missing("row", id);
  newerThan(row, readAt);
  removeRow(state, table, row);
}
