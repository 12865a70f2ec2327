// What a commit has to know before it is worked out: the rows it changes, and at a second try all that may stand in its way.
import { Query } from "node-appwrite";
import type { Change } from "../../../core/ports/store.ts";
import { inQueries } from "./conditions.ts";
import type { Known } from "./decide.ts";
import { own } from "./own-tables.ts";
import { type Connection, heldByIds, heldByKey, listOf } from "./read.ts";
import type { AppwriteTable, Held } from "./table.ts";

type TableOf = (change: Change) => AppwriteTable;
type Rows = Map<AppwriteTable, Map<string, Held>>;

/** From memory where a row was seen a moment ago, at the revision that is asked for. */
export async function knownFor(at: Connection, tableOf: TableOf, changes: readonly Change[]): Promise<Known> {
  const rows: Rows = new Map();
  const missing = new Map<AppwriteTable, string[]>();
  for (const change of changes) {
    if (change.kind === "insert" || change.kind === "upsert") continue;
    const table = tableOf(change);
    const held = at.memory.recall(table, change.id);
    const rev = change.kind === "increment" ? undefined : change.rev;
    if (held && (rev ?? held.row.rev) === held.row.rev) note(rows, table, held);
    else listIn(missing, table).push(change.id);
  }
  await readInto(at, rows, missing, upsertsIn(tableOf, changes));
  return { rows, owners: new Map() };
}

/** From the server alone, inserted ids and the holders of keys included. */
export async function knownThoroughly(
  at: Connection,
  tableOf: TableOf,
  changes: readonly Change[],
  claims: readonly string[],
): Promise<Known> {
  const rows: Rows = new Map();
  const ids = new Map<AppwriteTable, string[]>();
  for (const change of changes) listIn(ids, tableOf(change)).push("id" in change ? change.id : change.row.id);
  const [owners] = await Promise.all([ownersOf(at, claims), readInto(at, rows, ids, upsertsIn(tableOf, changes))]);
  return { rows, owners };
}

const upsertsIn = (tableOf: TableOf, changes: readonly Change[]) =>
  changes.flatMap((change) => (change.kind === "upsert" ? [{ table: tableOf(change), key: change.key }] : []));

async function readInto(
  at: Connection,
  rows: Rows,
  ids: ReadonlyMap<AppwriteTable, readonly string[]>,
  upserts: readonly { readonly table: AppwriteTable; readonly key: Readonly<Record<string, unknown>> }[],
): Promise<void> {
  await Promise.all([
    ...[...ids].map(async ([table, some]) => {
      for (const held of await heldByIds(at, table, some)) note(rows, table, held);
    }),
    ...upserts.map(async ({ table, key }) => {
      const held = await heldByKey(at, table, table.fitting.part(key));
      if (held) note(rows, table, held);
    }),
  ]);
}

async function ownersOf(at: Connection, claims: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const lists = await Promise.all(
    inQueries(claims).map((some) => listOf(at, own.keys, [Query.equal("$id", some), Query.limit(some.length)])),
  );
  return new Map(
    lists.flatMap(({ rows }) => rows.map(({ $id, of }) => [$id as string, (of as string).split("/")[1]!] as const)),
  );
}

const note = (rows: Rows, table: AppwriteTable, held: Held): void =>
  void (rows.get(table) ?? rows.set(table, new Map()).get(table)!).set(held.row.id, held);

const listIn = <K>(lists: Map<K, string[]>, key: K): string[] => lists.get(key) ?? lists.set(key, []).get(key)!;
