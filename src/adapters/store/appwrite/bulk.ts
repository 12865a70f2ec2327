// Rows by the hundred into Appwrite, outside of transactions: created, never replaced, so that a request that comes late does no harm.
import { randomBytes } from "node:crypto";
import { Query } from "node-appwrite";
import type { AnyCollection } from "../../../core/ports/store.ts";
import { openingError } from "../appwrite.ts";
import type { BulkWriter, WholeRow } from "../bulk.ts";
import { type ApiOptions, type AppwriteAccess, appwriteApi } from "./api.ts";
import { withPatience } from "./backoff.ts";
import { inQueries } from "./conditions.ts";
import { isClash, isPassingFailure } from "./failure.ts";
import { rowMemory } from "./memory.ts";
import { inBatches, type RowToWrite, stampOf } from "./operations.ts";
import { countersAmong, own, ownerOf } from "./own-tables.ts";
import { claimsHeld } from "./provision/fill.ts";
import { type Connection, listOf, onlyRows } from "./read.ts";
import { type AppwriteTable, appwriteTableOf } from "./table.ts";

export interface AppwriteBulkOptions extends AppwriteAccess, ApiOptions {
  readonly databaseId: string;
  readonly collections: readonly AnyCollection[];
}

/** A server that fails is asked again this long. */
const patience = { withinMs: 120_000, pauseMs: 100, longestPauseMs: 5_000 };

export function appwriteBulk(options: AppwriteBulkOptions): BulkWriter {
  const { databaseId, collections } = options;
  const tables = new Map(collections.map((collection) => [collection.name, appwriteTableOf(collection)]));
  const countersIn = countersAmong(tables.values());
  const at: Connection = { ...appwriteApi(options, options), databaseId, memory: rowMemory(), countersIn };
  const of = ({ name }: AnyCollection): AppwriteTable => tables.get(name)!;
  const answer = <T>(asked: Promise<T>): Promise<T> =>
    asked.catch((error) => {
      throw openingError(error, options);
    });
  return {
    put: (collection, rows) => answer(put(at, of(collection), rows)),
    clear: (some) =>
      answer(
        (async () => {
          for (const one of some) await empty(at, one.name, onlyRows(of(one)));
          for (const { name } of some) await empty(at, own.keys, [Query.startsWith("of", `${name}/`)]);
        })(),
      ),
    audit: (collection) => {
      const wanted = new Map<string, string>();
      return {
        see(rows) {
          for (const row of rows) for (const claim of of(collection).claims(row).keys()) wanted.set(claim, row.id);
        },
        faults: () => answer(wrongClaims(at, of(collection), wanted)),
      };
    },
    flush: async () => undefined,
    close: () => at.close(),
  };
}

async function put(at: Connection, table: AppwriteTable, rows: readonly WholeRow[]): Promise<void> {
  const commit = randomBytes(12).toString("hex");
  const claims = rows.flatMap((row) =>
    [...table.claims(row).keys()].map(($id) => ({ $id, of: ownerOf(table, row.id) })),
  );
  const written = rows.map((row, nth) => table.encode(row, stampOf(commit, nth)));
  await Promise.all([
    ...inBatches(written).map((some) => create(at, table.name, some)),
    ...inBatches(claims).map((some) => create(at, own.keys, some)),
  ]);
}

/** All of them at once; after an answer that says little, or none, those that are not there. */
async function create(at: Connection, tableId: string, rows: readonly RowToWrite[]): Promise<void> {
  let missing = rows;
  const again = (error: unknown) => isPassingFailure(error) || isClash(error);
  await withPatience(patience, again, async (nth) => {
    if (nth > 0) missing = await absent(at, tableId, missing);
    if (missing.length > 0) await at.tables.createRows({ databaseId: at.databaseId, tableId, rows: [...missing] });
  });
}

async function absent(at: Connection, tableId: string, rows: readonly RowToWrite[]): Promise<readonly RowToWrite[]> {
  const lists = inQueries(rows.map(({ $id }) => $id)).map((ids) =>
    listOf(at, tableId, [Query.equal("$id", ids), Query.limit(ids.length), Query.select(["$id"])]),
  );
  const there = new Set((await Promise.all(lists)).flatMap((list) => list.rows.map(({ $id }) => $id)));
  return rows.filter(({ $id }) => !there.has($id));
}

/** Up to the newest row there is now: a request that is done late must not remove what came after it. */
async function empty(at: Connection, tableId: string, queries: readonly string[]): Promise<void> {
  const { rows } = await listOf(at, tableId, [...queries, Query.orderDesc("$createdAt"), Query.limit(1)]);
  const newest = rows[0]?.$createdAt;
  if (newest === undefined) return;
  const all = [...queries, Query.lessThanEqual("$createdAt", newest as string)];
  await withPatience(patience, isPassingFailure, () =>
    at.tables.deleteRows({ databaseId: at.databaseId, tableId, queries: all }),
  );
}

async function wrongClaims(at: Connection, table: AppwriteTable, wanted: ReadonlyMap<string, string>) {
  const held = await claimsHeld(at, table);
  const missing = [...wanted].filter(([claim, id]) => held.get(claim) !== id).length;
  const spare = [...held.keys()].filter((claim) => !wanted.has(claim)).length;
  return missing + spare === 0
    ? []
    : [`${table.name}: ${missing} unique keys are not held, ${spare} are held by nobody`];
}
