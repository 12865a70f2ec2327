// A collection from its first id to its last, page by page, the next one on its way; both stores order ids alike.
import type { AnyCollection, Row, Store, Where } from "../../core/ports/store.ts";

/** @param from the id to begin with, itself included. */
export async function* pagesOf<C extends AnyCollection>(
  store: Pick<Store, "find">,
  collection: C,
  limit: number,
  from?: string,
): AsyncGenerator<readonly Row<C>[]> {
  const read = (where: object) => store.find(collection, { where: where as Where<C>, limit });
  let coming = read(from === undefined ? {} : { id: { gte: from } });
  for (;;) {
    const { rows, next } = await coming;
    if (next !== undefined) {
      coming = read({ id: { gt: rows.at(-1)!.id } });
      coming.catch(() => undefined);
    }
    if (rows.length > 0) yield rows;
    if (next === undefined) return;
  }
}
