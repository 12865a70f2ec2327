// Answers of a moment ago, of the collections that are read on nearly every call: members, accounts, pods, bindings.
import type { Base, Change, Page } from "../../../core/ports/store.ts";
import { type KnownAnswers, knownAnswers } from "../known-answers.ts";
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

const longPage = 10;

/**
 * This connection's own commits take out what they change at once, so nobody reads their own write stale. Commits of
 * other processes are noticed by SQLite's data_version, looked at once in each turn of the event loop.
 * @param turn the number of the turn it is.
 */
export function answerCache(connection: Connection, turn: () => number): AnswerCache {
  const tables = new Map<Table, KnownAnswers>();
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

  function knownOf(table: Table): KnownAnswers | undefined {
    if (!table.collection.often) return undefined;
    look();
    let known = tables.get(table);
    if (!known) {
      known = knownAnswers(longPage);
      tables.set(table, known);
    }
    return known;
  }

  return {
    byId(table, id, read) {
      const known = knownOf(table);
      return known ? ((known.row(id) as AnyRow | undefined) ?? known.keepRow(read())) : read();
    },
    byKey(table, key, read) {
      const known = knownOf(table);
      if (!known) return read();
      const row = known.rowBy(key);
      return row === undefined ? known.keepRowBy(key, read()) : ((row as AnyRow | null) ?? undefined);
    },
    found(table, query, read) {
      const known = knownOf(table);
      if (!known) return read();
      const asked = JSON.stringify(query);
      return (known.page(asked) as Page<AnyRow> | undefined) ?? known.keepPage(asked, read());
    },
    changed: (table, change) => tables.get(table)?.changed(change),
    clear: () => tables.clear(),
  };
}
