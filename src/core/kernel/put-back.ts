// Puts back the turns of rows that are due and that the queue may have lost: the rows are what counts.

import type { JobRequest } from "../ports/queue.ts";
import type { AnyCollection, Query, Row } from "../ports/store.ts";
import type { Context } from "./house.ts";
import { pages } from "./pages.ts";

const mostPages = 20;

/** In the order that is asked for, 10 000 at most; a turn that is there already stays, by its key. */
export async function putBack<C extends AnyCollection>(
  { store, queue }: Pick<Context, "store" | "queue">,
  of: C,
  query: Pick<Query<C>, "where" | "orderBy">,
  turnOf: (row: Row<C>) => JobRequest,
): Promise<void> {
  for await (const rows of pages(store, of, { ...query, limit: 500 }, mostPages)) await queue.enqueue(rows.map(turnOf));
}
