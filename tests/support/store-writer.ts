// A process that writes to a store file and prints what was acknowledged; run by node with a mode, a path, a name and a number.
import { openSqlite } from "../../src/adapters/store/sqlite.ts";
import { increment, insert, update, upsert } from "../../src/core/kernel/change.ts";
import type { Store } from "../../src/core/ports/store.ts";
import { book, books, counters, sampleCollections } from "./store-samples.ts";

const [mode, path, name, turns] = process.argv.slice(2) as [string, string, string, string];

/** Every turn adds one to a shared row, by revision, and inserts a row of its own. */
async function share(store: Store): Promise<void> {
  const id = "shared";
  await store.commit([upsert(books, { isbn: id }, book(id, { isbn: id }), { lent: true })]);
  for (let turn = 0; turn < Number(turns); turn++) {
    await update(store, books, id, ({ price }) => ({ price: price + 1 }));
    await store.commit([insert(counters, { id: `${name}.${turn}` })]);
  }
  process.stdout.write("done\n");
}

/** Commits of three changes without end; a line for each that was acknowledged. */
async function write(store: Store): Promise<void> {
  for (let turn = 0; ; turn++) {
    const id = `${name}.${turn}`;
    await store.commit([
      insert(books, book(`${id}.a`, { title: `Left ${id}` })),
      insert(books, book(`${id}.b`, { title: `Right ${id}` })),
      increment(counters, "total", "value", 2),
    ]);
    process.stdout.write(`${id}\n`);
  }
}

const store = await openSqlite({ path, collections: sampleCollections });
await (mode === "share" ? share(store) : write(store));
await store.close();
