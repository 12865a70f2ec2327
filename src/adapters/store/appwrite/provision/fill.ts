// Brings the rows of a collection whose declaration has changed up to it: their keys, their words, their unique keys.
import { Query } from "node-appwrite";
import { AppError } from "../../../../core/errors.ts";
import { storeTexts } from "../../texts.ts";
import { inQueries } from "../conditions.ts";
import type { Outcome } from "../decide.ts";
import { own, ownerOf } from "../own-tables.ts";
import { parcelsOf } from "../parcels.ts";
import { type Connection, heldIn, listOf } from "../read.ts";
import type { AnyRow, AppwriteTable, Held } from "../table.ts";
import { write } from "../write.ts";

const page = 100;
/** Two operations each, of the hundred that a transaction may have. */
const rewrittenAtOnce = 45;

async function* pagesOf(at: Connection, table: AppwriteTable): AsyncGenerator<readonly Held[]> {
  for (let going: readonly string[] = []; ; ) {
    const held = await heldIn(at, table, [...going, Query.orderAsc("by_id")], page);
    if (held.length) yield held;
    if (held.length < page) return;
    going = [Query.greaterThan("by_id", table.encode(held.at(-1)!.row, "").by_id as string)];
  }
}

/** Changes nothing. @throws AppError `unsupported` or `conflict` for rows that the declaration no longer allows. */
export async function checkRows(at: Connection, table: AppwriteTable): Promise<number> {
  const claims = new Map<string, string>();
  let rows = 0;
  for await (const held of pagesOf(at, table))
    for (const { row } of held) {
      rows++;
      fits(table, row);
      for (const [claim, key] of table.claims(row)) {
        if (claims.has(claim))
          throw new AppError("conflict", storeTexts.say("notUnique", { collection: table.name, key }));
        claims.set(claim, row.id);
      }
    }
  return rows;
}

function fits({ name, fields }: AppwriteTable, row: AnyRow): void {
  for (const field of fields) {
    const value = row[field.name];
    const place = { collection: name, field: field.name };
    if (value === undefined && field.empty === "never")
      throw new AppError("unsupported", storeTexts.say("required", place));
    if (!field.schema.safeParse(value).success) throw new AppError("unsupported", storeTexts.say("oldMisfit", place));
  }
}

/** Repeatable. @param filled is told how many rows more are done. */
export async function fillRows(at: Connection, table: AppwriteTable, filled: (rows: number) => void): Promise<void> {
  const claims = new Map<string, string>();
  for await (const held of pagesOf(at, table)) {
    for (const { row } of held) for (const claim of table.claims(row).keys()) claims.set(claim, row.id);
    const sizeOf = ({ row }: Held) => JSON.stringify(row).length;
    for (const some of parcelsOf(held, { sizeOf, mostSize: 1_000_000, mostItems: rewrittenAtOnce }))
      await rewrite(at, table, some);
    filled(held.length);
  }
  await correctClaims(at, table, claims);
}

/** As they are, with the columns of today. */
async function rewrite(at: Connection, table: AppwriteTable, rows: readonly Held[]): Promise<void> {
  const written = await write(
    at,
    rows.map((before): Outcome => ({ table, id: before.row.id, before, after: before.row })),
  );
  if ("again" in written) throw new AppError("conflict", storeTexts.say("inUse", at.databaseId));
}

/** Takes the unique keys that rows have, and gives up those that none has. */
async function correctClaims(at: Connection, table: AppwriteTable, wanted: ReadonlyMap<string, string>): Promise<void> {
  const { databaseId } = at;
  const there = await claimsHeld(at, table);
  const wrong = [...there].filter(([claim, of]) => wanted.get(claim) !== of).map(([claim]) => claim);
  for (const some of inQueries(wrong))
    await at.tables.deleteRows({ databaseId, tableId: own.keys, queries: [Query.equal("$id", some)] });
  const missing = [...wanted].filter(([claim, of]) => there.get(claim) !== of);
  for (const some of parcelsOf(missing, { sizeOf: () => 1, mostSize: page })) {
    const rows = some.map(([$id, id]) => ({ $id, of: ownerOf(table, id) }));
    await at.tables.createRows({ databaseId, tableId: own.keys, rows });
  }
}

/** Short rows: the server sets no limit, and looks through the whole table for each page. */
const claimsAtOnce = 5_000;

/** The unique keys that are held, each with the id of the row that holds it. */
export async function claimsHeld(at: Connection, table: AppwriteTable): Promise<ReadonlyMap<string, string>> {
  const prefix = ownerOf(table, "");
  const claims = new Map<string, string>();
  for (let going: readonly string[] = []; ; ) {
    const queries = [Query.startsWith("of", prefix), Query.orderAsc("$id"), Query.limit(claimsAtOnce), ...going];
    const { rows } = await listOf(at, own.keys, queries);
    for (const row of rows) claims.set(row.$id as string, (row.of as string).slice(prefix.length));
    if (rows.length < claimsAtOnce) return claims;
    going = [Query.cursorAfter(rows.at(-1)!.$id as string)];
  }
}
