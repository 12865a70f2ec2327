// Answers of a moment ago, of the collections that are read on nearly every call: members, accounts, pods, bindings.
import type { Base, Change, Page } from "../../../core/ports/store.ts";
import type { Connection } from "./connection.ts";
import type { Table } from "./table.ts";

type AnyRow = Base & Record<string, unknown>;
type Key = Readonly<Record<string, unknown>>;

export interface AnswerCache {
  byId(table: Table, id: string, read: () => AnyRow | undefined): AnyRow | undefined;
  byKey(table: Table, key: Key, read: () => AnyRow | undefined): AnyRow | undefined;
  found(table: Table, query: object, read: () => Page<AnyRow>): Page<AnyRow>;
  /** Forgets what a commit changes; called before anybody can read again. */
  changed(table: Table, change: Change): void;
  /** Forgets everything. */
  clear(): void;
}

interface Known {
  /** By id; only a change of the row itself takes it out. */
  readonly rows: Map<string, AnyRow>;
  /** Ids by unique key; what they lead to is compared with the key. */
  readonly ids: Map<string, string>;
  /** Pages, and keys that no row has; any change of the table but a removal elsewhere takes them all out. */
  readonly pages: Map<string, Page<AnyRow>>;
  readonly absent: Map<string, true>;
}

/** Kept of each kind in each table at most, the oldest going first; longer texts, lists and pages are not kept. */
const most = 2000;
const longText = 2000;
const longList = 50;
const longPage = 10;

/**
 * This connection's own commits take out what they change at once, so nobody reads their own write stale. Commits of
 * other processes are noticed by SQLite's data_version, looked at once in each turn of the event loop.
 * @param turn the number of the turn it is.
 */
export function answerCache(connection: Connection, turn: () => number): AnswerCache {
  const tables = new Map<Table, Known>();
  let looked: number | undefined;
  let version: unknown;

  function look(): void {
    if (looked === turn()) return;
    looked = turn();
    const [now] = connection.prepare("PRAGMA data_version").get() as unknown as [number];
    if (now === version) return;
    version = now;
    tables.clear();
  }

  function knownOf(table: Table): Known | undefined {
    if (!table.collection.often) return undefined;
    look();
    let known = tables.get(table);
    if (!known) {
      known = { rows: new Map(), ids: new Map(), pages: new Map(), absent: new Map() };
      tables.set(table, known);
    }
    return known;
  }

  return {
    byId(table, id, read) {
      const known = knownOf(table);
      return known?.rows.get(id) ?? keepRow(known, read());
    },
    byKey(table, key, read) {
      const known = knownOf(table);
      const named = known && nameOf(key);
      if (!known || named === undefined) return read();
      if (known.absent.has(named)) return undefined;
      const row = known.rows.get(known.ids.get(named) ?? "");
      if (row && has(row, key)) return row;
      const fresh = keepRow(known, read());
      if (fresh) put(known.ids, named, fresh.id);
      else put(known.absent, named, true);
      return fresh;
    },
    found(table, query, read) {
      const known = knownOf(table);
      if (!known) return read();
      const asked = JSON.stringify(query);
      const kept = known.pages.get(asked);
      if (kept) return kept;
      const page = read();
      if (page.rows.length <= longPage && page.rows.every(isSmall)) put(known.pages, asked, frozenPage(page));
      return page;
    },
    changed(table, change) {
      const known = tables.get(table);
      if (!known) return;
      known.pages.clear();
      known.absent.clear();
      if (change.kind === "upsert") known.rows.clear();
      else if (change.kind !== "insert") known.rows.delete(change.id);
    },
    clear: () => tables.clear(),
  };
}

/** A key in one string; undefined where a value is missing. */
function nameOf(key: Key): string | undefined {
  let name = "";
  for (const field in key) {
    const value = key[field];
    if (value == null) return undefined;
    name += `${field}\u0000${value}\u0000`;
  }
  return name;
}

function has(row: AnyRow, key: Key): boolean {
  for (const field in key) if (row[field] !== key[field]) return false;
  return true;
}

function keepRow(known: Known | undefined, row: AnyRow | undefined): AnyRow | undefined {
  if (known && row && isSmall(row)) put(known.rows, row.id, frozen(row));
  return row;
}

/** What is handed to several readers is frozen; rows with objects, which would have to be all the way down, are read anew. */
const isSmall = (row: AnyRow): boolean => Object.values(row).every(isSmallValue);

function isSmallValue(value: unknown): boolean {
  if (typeof value === "string") return value.length <= longText;
  if (Array.isArray(value))
    return value.length <= longList && value.every((item) => typeof item !== "object" && isSmallValue(item));
  return typeof value !== "object" || value === null;
}

function frozen(row: AnyRow): AnyRow {
  for (const value of Object.values(row)) if (Array.isArray(value)) Object.freeze(value);
  return Object.freeze(row);
}

function frozenPage(page: Page<AnyRow>): Page<AnyRow> {
  for (const row of page.rows) frozen(row);
  Object.freeze(page.rows);
  return Object.freeze(page);
}

function put<V>(map: Map<string, V>, key: string, value: V): void {
  if (map.size >= most) map.delete(map.keys().next().value!);
  map.set(key, value);
}
