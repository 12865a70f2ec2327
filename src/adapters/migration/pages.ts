// A collection from its first id to its last, page by page; both stores order ids alike.
import type { AnyCollection, Store, Where } from "../../core/ports/store.ts";
import type { WholeRow } from "../store/bulk.ts";

/** @param from the id to begin with, itself included. */
export async function* pagesOf(
  store: Pick<Store, "find">,
  collection: AnyCollection,
  limit: number,
  from?: string,
): AsyncGenerator<readonly WholeRow[]> {
  let where: Where<AnyCollection> = from === undefined ? {} : { id: { gte: from } };
  for (;;) {
    const { rows, next } = await store.find(collection, { where, limit });
    if (rows.length > 0) yield rows as readonly WholeRow[];
    if (next === undefined) return;
    where = { id: { gt: rows.at(-1)!.id } };
  }
}
