// What a dry run says of the rows that would move: how many, how large, how long it would take about.
import type { AnyCollection, Store } from "../../core/ports/store.ts";
import { canonical } from "./compare-rows.ts";
import type { Amount } from "./meter.ts";
import { pagesOf } from "./pages.ts";
import type { Way } from "./stage.ts";

export interface Surveyed {
  readonly name: string;
  readonly rows: number;
  /** Of the rows as JSON. */
  readonly bytes: number;
}

export async function survey(store: Pick<Store, "find">, collection: AnyCollection): Promise<Surveyed> {
  const text = canonical(collection);
  let [rows, bytes] = [0, 0];
  for await (const some of pagesOf(store, collection, 500)) {
    rows += some.length;
    for (const row of some) bytes += Buffer.byteLength(text(row));
  }
  return { name: collection.name, rows, bytes };
}

/** ms for one row; Appwrite's as recorded of a 1.9.6 on two cores (createRows of 100: 86 ms, a page of 100: 19 ms). */
const costs: Readonly<Record<string, { readonly read: number; readonly write: number }>> = {
  sqlite: { read: 0.02, write: 0.05 },
  appwrite: { read: 0.2, write: 1 },
};

/** Of files over a network, each way. */
const bytesAMs = 10_000;

/**
 * Seconds, about.
 * @param pingMs until the slower of the two stores answers; each hundred rows wait for it twice.
 */
export function estimateOf({ from, to }: Way, { rows, bytes }: Omit<Amount, "files">, pingMs: number): number {
  const [here, there] = [costs[from.name]!, costs[to.name]!];
  const forRows = rows * (2 * here.read + there.write + there.read) + (rows / 100) * 2 * pingMs;
  return (forRows + (2 * bytes) / bytesAMs) / 1000;
}
