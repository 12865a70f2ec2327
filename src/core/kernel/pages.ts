// What a query finds, some at a time: to go through it, and to be rid of it.
import type { AnyCollection, Query, Row, Store } from "../ports/store.ts";
import { remove } from "./change.ts";

/** Page by page, none of them empty. @param most pages that are read. */
export async function* pages<C extends AnyCollection>(
  store: Pick<Store, "find">,
  of: C,
  query: Omit<Query<C>, "after">,
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly Row<C>[]> {
  let after: string | undefined;
  for (let page = 0; page < most; page++) {
    const { rows, next } = await store.find(of, { ...query, after });
    if (rows.length > 0) yield rows;
    if (next === undefined) return;
    after = next;
  }
}

/** What comes to fit meanwhile goes as well. */
export async function removeAll<C extends AnyCollection>(
  store: Pick<Store, "find" | "commit">,
  of: C,
  query: Pick<Query<C>, "where" | "orderBy">,
): Promise<void> {
  for (;;) {
    const { rows } = await store.find(of, { ...query, limit: 100 });
    if (rows.length === 0) return;
    await store.commit(rows.map((row) => remove(of, row.id)));
  }
}
