// Rows that were read a moment ago: members, accounts, spaces and bindings are read again on every call.
import type { Base, Change } from "../../../core/ports/store.ts";
import type { Connection } from "./connection.ts";
import type { Table } from "./table.ts";

export type CachedRow = Base & Record<string, unknown>;
type Key = Readonly<Record<string, unknown>>;

export interface RowCache {
  byId(table: Table, id: string, read: () => CachedRow | undefined): CachedRow | undefined;
  byKey(table: Table, key: Key, read: () => CachedRow | undefined): CachedRow | undefined;
  /** Forgets what a commit has changed; called before anybody can read again. */
  changed(table: Table, change: Change): void;
}

/** A table's rows kept at most, the oldest going first; and the length of a text and of a list above which a row is not kept. */
const most = 2000;
const longText = 2000;
const longList = 50;

/**
 * This connection's own commits take their rows out at once, so nobody reads their own write stale. Commits of other
 * processes are noticed by SQLite's data_version, looked at once in each turn of the event loop.
 */
export function rowCache(connection: Connection): RowCache {
  const rows = new Map<Table, Map<string, CachedRow>>();
  const ids = new Map<Table, Map<string, string>>();
  let looked = false;
  let version: unknown;

  function look(): void {
    if (looked) return;
    looked = true;
    setImmediate(() => {
      looked = false;
    });
    const [now] = connection.prepare("PRAGMA data_version").get() as unknown as [number];
    if (now === version) return;
    version = now;
    rows.clear();
  }

  function keep(table: Table, row: CachedRow | undefined): CachedRow | undefined {
    if (!row || !Object.values(row).every(isSmall)) return row;
    for (const value of Object.values(row)) if (Array.isArray(value)) Object.freeze(value);
    put(of(rows, table), row.id, Object.freeze(row));
    return row;
  }

  return {
    byId(table, id, read) {
      look();
      return rows.get(table)?.get(id) ?? keep(table, read());
    },
    byKey(table, key, read) {
      look();
      const named = `${Object.keys(key).join()}:${Object.values(key).join("\u0000")}`;
      const id = ids.get(table)?.get(named);
      const known = id === undefined ? undefined : rows.get(table)?.get(id);
      if (known && Object.entries(key).every(([field, value]) => known[field] === value)) return known;
      const row = keep(table, read());
      if (row) put(of(ids, table), named, row.id);
      return row;
    },
    changed(table, change) {
      if (change.kind === "upsert") rows.delete(table);
      else if (change.kind !== "insert") rows.get(table)?.delete(change.id);
    },
  };
}

/** What is handed to several readers is frozen; objects, which would have to be frozen all the way down, are read anew. */
const isSmall = (value: unknown): boolean => {
  if (typeof value === "string") return value.length <= longText;
  if (Array.isArray(value))
    return value.length <= longList && value.every((item) => typeof item !== "object" && isSmall(item));
  return typeof value !== "object" || value === null;
};

function of<V>(maps: Map<Table, Map<string, V>>, table: Table): Map<string, V> {
  let map = maps.get(table);
  if (!map) {
    map = new Map();
    maps.set(table, map);
  }
  return map;
}

function put<V>(map: Map<string, V>, key: string, value: V): void {
  if (map.size >= most) map.delete(map.keys().next().value!);
  map.set(key, value);
}
