// Copies a collection in the order of its ids, a few pages at once; begun again, it goes on close to where it was.
import type { AnyCollection, Store } from "../../core/ports/store.ts";
import type { BulkWriter } from "../store/bulk.ts";
import { pagesOf } from "./pages.ts";

export interface Copying {
  readonly from: Pick<Store, "find" | "count">;
  readonly to: Pick<Store, "find">;
  readonly into: Pick<BulkWriter, "put">;
  /** Told how many rows more are in the target; `before` when an earlier run had copied them. */
  readonly copied: (rows: number, before: boolean) => void;
}

/** Rows that Appwrite takes at once. */
const page = 100;
/** Pages under way. One begins only when the one so many before it has ended, so that no gap lies deeper. */
const window = 4;

export async function copyRows({ from, to, into, copied }: Copying, collection: AnyCollection): Promise<void> {
  const start = await resumeAt(to, collection);
  if (start !== undefined) copied(await from.count(collection, { id: { lt: start } }), true);
  const underWay: Promise<void>[] = [];
  try {
    for await (const rows of pagesOf(from, collection, page, start)) {
      if (underWay.length >= window) await underWay.shift();
      const put = into.put(collection, rows).then(() => copied(rows.length, false));
      put.catch(() => undefined);
      underWay.push(put);
    }
    await Promise.all(underWay);
  } finally {
    await Promise.allSettled(underWay);
  }
}

/** Below this id nothing is missing, nor anything that is kept beside the rows. Undefined: begin at the beginning. */
async function resumeAt(to: Pick<Store, "find">, collection: AnyCollection): Promise<string | undefined> {
  const limit = (window + 1) * page;
  const { rows } = await to.find(collection, { orderBy: { field: "id", direction: "desc" }, limit });
  return rows.length < limit ? undefined : rows.at(-1)!.id;
}
