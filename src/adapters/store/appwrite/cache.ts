// Answers kept at hand of the collections that are read on nearly every call, so that most reads are no request.
import { setImmediate } from "node:timers/promises";
import type { Change, Page } from "../../../core/ports/store.ts";
import { type KnownAnswers, knownAnswers } from "../known-answers.ts";
import type { AnyRow, AppwriteTable } from "./table.ts";

type Key = Readonly<Record<string, unknown>>;

/** Each answers what is known, or reads. */
export interface KeptAnswers {
  byId(table: AppwriteTable, id: string, read: () => Promise<AnyRow | undefined>): Promise<AnyRow | undefined>;
  byIds(
    table: AppwriteTable,
    ids: readonly string[],
    read: (ids: readonly string[]) => Promise<readonly AnyRow[]>,
  ): Promise<readonly AnyRow[]>;
  byKey(table: AppwriteTable, key: Key, read: () => Promise<AnyRow | undefined>): Promise<AnyRow | undefined>;
  found(table: AppwriteTable, query: object, read: () => Promise<Page<AnyRow>>): Promise<Page<AnyRow>>;
  /** Forgets what a commit changes; to be called before it and after it. */
  changed(table: AppwriteTable, change: Change): void;
  /** A row as a commit of this process has left it. */
  written(table: AppwriteTable, row: AnyRow | undefined): void;
  clear(table: AppwriteTable): void;
}

const longPage = 50;
/** Answers without a request leave the event loop to others this often. */
const turnEvery = 64;

/** @param current resolves when nothing is kept that another process has changed (versions.ts). */
export function keptAnswers(current: () => Promise<void>): KeptAnswers {
  const tables = new Map<AppwriteTable, KnownAnswers>();
  let given = 0;

  async function knownOf(table: AppwriteTable): Promise<KnownAnswers | undefined> {
    if (!table.collection.often) return undefined;
    await current();
    if (++given % turnEvery === 0) await setImmediate();
    return tables.get(table) ?? tables.set(table, knownAnswers(longPage)).get(table)!;
  }

  /** What was asked before a change and answered after it may be of either time: it is not kept. */
  async function kept<T>(known: KnownAnswers, read: () => Promise<T>, keep: (answer: T) => void): Promise<T> {
    const age = known.age();
    const answer = await read();
    if (known.age() === age) keep(answer);
    return answer;
  }

  return {
    async byId(table, id, read) {
      const known = await knownOf(table);
      return known ? (known.row(id) ?? kept(known, read, (row) => keepRow(known, table, row))) : read();
    },
    async byIds(table, ids, read) {
      const known = await knownOf(table);
      if (!known) return read(ids);
      const missing = ids.filter((id) => !known.row(id));
      const there = new Map(ids.map((id) => [id, known.row(id)]));
      const rows = missing.length
        ? await kept(
            known,
            () => read(missing),
            (some) => keepRows(known, table, some),
          )
        : [];
      for (const row of rows) there.set(row.id, row);
      return ids.flatMap((id) => there.get(id) ?? []);
    },
    async byKey(table, given, read) {
      const known = await knownOf(table);
      const key = inOrder(Object.keys(given), given);
      const row = known?.rowBy(key);
      if (!known || row === undefined)
        return known ? kept(known, read, (one) => void known.keepRowBy(key, one)) : read();
      return row ?? undefined;
    },
    async found(table, query, read) {
      const known = await knownOf(table);
      if (!known) return read();
      const asked = JSON.stringify(query);
      const keep = (page: Page<AnyRow>) => {
        keepRows(known, table, page.rows);
        known.keepPage(asked, page);
      };
      return known.page(asked) ?? kept(known, read, keep);
    },
    written(table, row) {
      const known = tables.get(table);
      if (known) keepRow(known, table, row);
    },
    changed: (table, change) => tables.get(table)?.changed(change),
    clear: (table) => tables.get(table)?.clear(),
  };
}

const keepRows = (known: KnownAnswers, table: AppwriteTable, rows: readonly AnyRow[]): void => {
  for (const row of rows) keepRow(known, table, row);
};

/** For who asks by id and for who asks by a unique key. */
function keepRow(known: KnownAnswers, { collection }: AppwriteTable, row: AnyRow | undefined): void {
  known.keepRow(row);
  const keys: readonly (readonly string[])[] = collection.unique;
  if (row) for (const key of keys) known.keepRowBy(inOrder(key, row), row);
}

/** A key by which the same is known in whatever order its fields are asked for. */
const inOrder = (fields: readonly string[], values: Key): Key =>
  Object.fromEntries([...fields].sort().map((field) => [field, values[field]]));
