// One row made, changed, upserted or removed, as the database does it, inside and outside of transactions.

import type { Given } from "./given.ts";
import { columnsGiven } from "./given.ts";
import { clashOf, insertRow, nextSequence, removeRow, replaceRow } from "./heap.ts";
import { applied, operatorIn } from "./operators.ts";
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

const newValues = (table: Table, given: Given): Values => ({ ...defaults(table), ...columnsGiven(given) });

/** @throws Refusal row_invalid_structure */
export function checkNew(table: Table, given: Given, now: number): Values {
  const values = newValues(table, given);
  checkStructure(table, values, now);
  return values;
}

/** Checks what is no part of a batch. @param batch what the rows of a bulk call have in common: the instant, and the id that a refusal says. */
export function createOne(state: State, table: Table, id: string, given: Given, batch?: Batch): Written {
  const now = state.clock.now();
  const values = batch ? newValues(table, given) : checkNew(table, given, now);
  const at = batch?.at ?? state.clock.stamp();
  const row: Row = {
    id,
    sequence: nextSequence(table),
    createdAt: given.createdAt ?? at,
    updatedAt: given.updatedAt ?? at,
    permissions: given.permissions ?? [],
    values: stored(table, values, now),
  };
  insertRow(state, table, row, batch?.named);
  return { row, shown: wireRow(table, row, echoed(table, values, now)) };
}

export interface Batch {
  readonly at: number;
  readonly named: string;
}

/** @param readAt refuses when the row was changed later. */
export function updateOne(state: State, table: Table, id: string, given: Given, readAt?: number): Written {
  const before = table.rows.get(idKey(id)) ?? missing("row", id);
  newerThan(before, readAt);
  const now = state.clock.now();
  const asked = { ...before.values, ...columnsGiven(given) };
  checkStructure(table, asked, now, before.values);
  const values = applied(before.values, asked, now);
  const shown = echoed(table, values, now);
  const permissions = given.permissions ?? before.permissions;
  if (sameRow(before, { ...before, permissions, values: shown }) && !given.updatedAt && !given.createdAt)
    return { row: before, shown: wireRow(table, before) };
  const row: Row = {
    ...before,
    permissions,
    values: stored(table, values, now),
    createdAt: given.createdAt ?? before.createdAt,
    updatedAt: given.updatedAt ?? state.clock.stamp(),
  };
  replaceRow(state, table, row);
  return { row, shown: wireRow(table, row, shown) };
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
export function upsertOne(state: State, table: Table, id: string, given: Given, batch?: Batch): Written {
  const now = state.clock.now();
  const before = table.rows.get(idKey(id));
  const set = columnsGiven(given);
  if (!before && !given.permissions?.length && Object.values(set).every(isEmpty))
    return { row: undefined, shown: { $databaseId: table.database.id, $tableId: table.id, $sequence: "" } };
  const from = before?.values ?? defaults(table);
  const operated = Object.values(set).some(operatorIn);
  checkStructure(table, before && !operated ? set : { ...from, ...set }, now, from);
  const values = applied(from, before ? set : { ...from, ...set }, now);
  const at = batch?.at ?? state.clock.stamp();
  const sequence = batch && before ? before.sequence : nextSequence(table);
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
