// Rows as the database holds them: unique keys are kept, and a unit of work is taken back whole when it fails.
import { entryOf } from "./indexes.ts";
import { taken } from "./refusal.ts";
import { type Index, idKey, type Row, type State, type Table } from "./state.ts";

/** The next `$sequence`; one is used up by every attempt to insert. */
export function nextSequence(table: Table): number {
  table.lastSequence += 1;
  return table.lastSequence;
}

/** @param named the id that the refusal says. @throws Refusal row_already_exists, for the id and for a unique index alike */
export function insertRow(state: State, table: Table, row: Row, named = row.id): void {
  if (table.rows.has(idKey(row.id)) || clashOf(table, row)) taken("row", named);
  put(state, table, row);
}

/** @throws Refusal row_already_exists where a unique index has the values already */
export function replaceRow(state: State, table: Table, row: Row, named = row.id): void {
  if (clashOf(table, row)) taken("row", named);
  put(state, table, row);
}

export function removeRow(state: State, table: Table, row: Row): void {
  for (const index of uniqueOf(table)) unlist(table, index, row);
  table.rows.delete(idKey(row.id));
  state.undo?.push(() => put({ ...state, undo: undefined }, table, row));
}

/** The other row that has the same values of a unique index. */
export function clashOf(table: Table, row: Row): Row | undefined {
  for (const index of uniqueOf(table)) {
    const key = entryOf(table, index, row);
    const owner = key === undefined ? undefined : index.entries!.get(key);
    if (owner !== undefined && owner !== idKey(row.id)) return table.rows.get(owner);
  }
  return undefined;
}

const uniqueOf = (table: Table): Index[] => [...table.indexes.values()].filter(({ entries }) => entries);

function put(state: State, table: Table, row: Row): void {
  const id = idKey(row.id);
  const before = table.rows.get(id);
  for (const index of uniqueOf(table)) {
    if (before) unlist(table, index, before);
    const key = entryOf(table, index, row);
    if (key !== undefined) index.entries!.set(key, id);
  }
  table.rows.set(id, row);
  const quiet = { ...state, undo: undefined };
  state.undo?.push(() => (before ? put(quiet, table, before) : removeRow(quiet, table, row)));
}

function unlist(table: Table, index: Index, row: Row): void {
  const key = entryOf(table, index, row);
  if (key !== undefined && index.entries!.get(key) === idKey(row.id)) index.entries!.delete(key);
}

/** All of what `work` does to rows, or nothing of it when it throws. */
export function atomically<T>(state: State, work: () => T): T {
  if (state.undo) return work();
  const undo: (() => void)[] = [];
  state.undo = undo;
  try {
    const result = work();
    state.undo = undefined;
    return result;
  } catch (error) {
    state.undo = undefined;
    for (const back of undo.reverse()) back();
    throw error;
  }
}
