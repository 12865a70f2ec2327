// A collection from its first id to its last, page by page; both stores order ids alike.
import type { AnyCollection, Row, Store, Where } from "../../core/ports/store.ts";

/** @param from the id to begin with, itself included. */
export async function* pagesOf<C extends AnyCollection>(
  store: Pick<Store, "find">,
  collection: C,
  limit: number,
  from?: string,
): AsyncGenerator<readonly Row<C>[]> {
  let where = (from === undefined ? {} : { id: { gte: from } }) as Where<C>;
  for (;;) {
    const { rows, next } = await store.find(collection, { where, limit });
    if (rows.length > 0) yield rows;
    if (next === undefined) return;
    where = { id: { gt: rows.at(-1)!.id } } as Where<C>;
  }
}
