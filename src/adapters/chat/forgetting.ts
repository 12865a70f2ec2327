// Forgets along the way what an adapter keeps and no longer needs: a few rows now and then, so that nobody waits for many.
import { remove } from "../../core/kernel/change.ts";
import type { AnyCollection, Store, Where } from "../../core/ports/store.ts";

/** More go than come: each of the calls may add a row. */
const sweepEvery = 50;
const mostAtOnce = 100;

/** To be called for every row that is added. @param old what is not needed, at the time of asking. */
export function forgetting<C extends AnyCollection>(
  store: Pick<Store, "find" | "commit">,
  from: C,
  old: () => Where<C>,
): () => Promise<void> {
  let calls = 0;
  return async () => {
    if (calls++ % sweepEvery > 0) return;
    const { rows } = await store.find(from, { where: old(), limit: mostAtOnce });
    if (rows.length > 0) await store.commit(rows.map((row) => remove(from, row.id)));
  };
}
