// Answers of a moment ago of one collection: rows, small pages and misses, a bounded number, frozen, until a change takes them out.
import type { Base, Change, Page } from "../../core/ports/store.ts";

type AnyRow = Base & Readonly<Record<string, unknown>>;
type Key = Readonly<Record<string, unknown>>;

export interface KnownAnswers {
  row(id: string): AnyRow | undefined;
  /** Null when it is known that no row has the key; undefined when nothing is known. */
  rowBy(key: Key): AnyRow | null | undefined;
  /** @param asked the query as JSON */
  page(asked: string): Page<AnyRow> | undefined;
  /** These keep what was read, if it is small enough, and answer it. */
  keepRow<R extends AnyRow | undefined>(row: R): R;
  keepRowBy<R extends AnyRow | undefined>(key: Key, row: R): R;
  keepPage(asked: string, page: Page<AnyRow>): Page<AnyRow>;
  changed(change: Change): void;
  clear(): void;
  /** Goes up with every change: what was read before one is not to be kept after it. */
  age(): number;
}

/** Kept of each kind at most, the oldest going first; longer texts, lists and pages are not kept. */
const most = 2000;
const longText = 2000;
const longList = 50;

/** @param longPage rows of the longest page that is kept. */
export function knownAnswers(longPage: number): KnownAnswers {
  /** By id; only a change of the row itself takes it out. */
  const rows = new Map<string, AnyRow>();
  /** Ids by unique key; what they lead to is compared with the key. */
  const ids = new Map<string, string>();
  /** Pages, and keys that no row has; any change but a removal elsewhere takes them all out. */
  const pages = new Map<string, Page<AnyRow>>();
  const absent = new Map<string, true>();
  let age = 0;

  function keepRow<R extends AnyRow | undefined>(row: R): R {
    if (row && isSmall(row)) put(rows, row.id, frozen(row));
    return row;
  }

  return {
    age: () => age,
    row: (id) => rows.get(id),
    rowBy(key) {
      const named = nameOf(key);
      if (named === undefined) return undefined;
      if (absent.has(named)) return null;
      const row = rows.get(ids.get(named) ?? "");
      return row && has(row, key) ? row : undefined;
    },
    page: (asked) => pages.get(asked),
    keepRow,
    keepRowBy(key, row) {
      const named = nameOf(key);
      if (named === undefined) return row;
      if (row) put(ids, named, row.id);
      else put(absent, named, true);
      return keepRow(row);
    },
    keepPage(asked, page) {
      if (page.rows.length <= longPage && page.rows.every(isSmall)) put(pages, asked, frozen(page));
      return page;
    },
    changed(change) {
      age++;
      pages.clear();
      absent.clear();
      if (change.kind === "upsert") rows.clear();
      else if (change.kind !== "insert") rows.delete(change.id);
    },
    clear() {
      age++;
      for (const kept of [rows, ids, pages, absent]) kept.clear();
    },
  };
}

/** A key in one string; undefined where a value is missing, which no row has. */
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

const isSmall = (row: AnyRow): boolean => Object.values(row).every(isSmallValue);

function isSmallValue(value: unknown): boolean {
  if (typeof value === "string") return value.length <= longText;
  if (typeof value !== "object" || value === null) return true;
  const inside = Object.values(value);
  return inside.length <= longList && inside.every(isSmallValue);
}

/** What is handed to several readers can be changed by none. */
function frozen<T extends object>(value: T): T {
  for (const inside of Object.values(value)) if (typeof inside === "object" && inside !== null) frozen(inside);
  return Object.freeze(value);
}

function put<V>(map: Map<string, V>, key: string, value: V): void {
  if (map.size >= most) map.delete(map.keys().next().value!);
  map.set(key, value);
}
