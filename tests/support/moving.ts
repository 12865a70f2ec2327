// Two stores to move between, a SQLite file and an Appwrite database, and rows that are hard to move.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFiles } from "../../src/adapters/files/index.ts";
import { leases } from "../../src/adapters/migration/lease.ts";
import { marks } from "../../src/adapters/migration/mark.ts";
import { type End, type MoveParts, moveStore, type Target } from "../../src/adapters/migration/move-store.ts";
import { openBulk, openStore, type StoreChoice } from "../../src/adapters/store/index.ts";
import { files } from "../../src/core/files/read.ts";
import { increment, insert, patch } from "../../src/core/kernel/change.ts";
import type { NewRow, Store } from "../../src/core/ports/store.ts";
import type { AppwriteServer } from "./appwrite-server/index.ts";
import { provision } from "./appwrite-store.ts";
import { type TestClock, testClock } from "./clock.ts";
import { book, books, counters, readAll, sampleCollections } from "./store-samples.ts";

/** As the service has them: one is looked up at every call. */
const kept = [
  ...sampleCollections.map((one, at) => ({ ...one, often: true, everyCall: at === 0 })),
  files,
  leases,
  marks,
];
/** As `npm run migrate` has them. */
const movable = kept.map((one) => ({ ...one, often: false }));

const moving = [...sampleCollections, files];

export interface Stores {
  readonly sqlite: Target;
  readonly appwrite: Target;
  readonly clock: TestClock;
  move(way?: "there" | "back", more?: Partial<MoveParts>): ReturnType<typeof moveStore>;
  /** The Appwrite store as the service opens it. */
  service(): Promise<Store>;
  close(): Promise<void>;
}

let databases = 0;

export async function stores(server: AppwriteServer, options: { readonly timeoutMs?: number } = {}): Promise<Stores> {
  const folder = await mkdtemp(join(tmpdir(), "peerspark-moving-"));
  const databaseId = `moving-${databases++}`;
  const access = { endpoint: server.url, projectId: server.projectId, apiKey: server.apiKey, databaseId };
  await provision({ ...access, collections: kept });
  const clock = testClock();
  const ends = {
    sqlite: await endOf({ driver: "sqlite", path: join(folder, "data.db") }, join(folder, "here")),
    appwrite: await endOf({ driver: "appwrite", ...access, ...options }, join(folder, "there")),
  };
  let begun = 0;
  return {
    ...ends,
    clock,
    move(way = "there", more = {}) {
      const [from, to] = way === "there" ? [ends.sqlite, ends.appwrite] : [ends.appwrite, ends.sqlite];
      // As in a new process: whatever was begun has an id of its own.
      const parts = { from, to, collections: moving, clock, replace: false, fresh: `m${begun++}` };
      return moveStore({ ...parts, ...more }, { show: () => undefined });
    },
    service: () => openStore({ driver: "appwrite", ...access }, kept),
    async close() {
      for (const { store, bulk } of Object.values(ends)) {
        await bulk.close();
        await store.close();
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Their files lie in a folder each. */
const endOf = async (choice: StoreChoice, folder: string): Promise<Target> => ({
  name: choice.driver,
  where: `the ${choice.driver} store`,
  store: await openStore(choice, movable),
  bulk: await openBulk(choice, movable),
  files: await openFiles({ driver: "disk", folder }),
});

/** Text, numbers and JSON at the edges of what stores take; every kind of emptiness; ids of every form. */
const hostile: readonly NewRow<typeof books>[] = [
  book("a", { title: "Nul \0 in it", isbn: "É", about: { deep: { list: [1, "two", null, { "": -0 }] } } }),
  book("a.b-c_d", { title: "É", shelf: "case", isbn: "é" }),
  book(".dot", { title: "é", shelf: "case", tags: ["", " ", "'; DROP TABLE books;--"] }),
  book("_under", { title: "e", shelf: "case", about: { __proto__: 1, '{"method":"increment","values":[1]}': "x" } }),
  book("-dash", { title: "trailing ", shelf: "spaces" }),
  book("0", { title: "trailing", shelf: "spaces", rating: null }),
  book("z".repeat(36), { title: '{"method":"arrayAppend","values":["x"]}', price: Number.MIN_VALUE }),
  book("pi", { title: "🙂 👩‍👩‍👧 \u202e txet", price: 0.1 + 0.2, rating: -1.7976931348623157e308 }),
  book("big", { title: "long ".repeat(20_000), readAt: Number.MAX_SAFE_INTEGER }),
  book("many", { title: "tags", tags: Array.from({ length: 300 }, (_, at) => `tag ${at}`) }),
  book("lone", { title: "lone \ud800 half", about: { lone: "\udfff" } }),
];

/** Rows with revisions of all heights, `count` plain ones among them. */
export async function fill(store: Store, count = 250): Promise<void> {
  const plain = Array.from({ length: count }, (_, at) =>
    book(`row${String(at).padStart(5, "0")}`, { isbn: at % 3 ? `isbn ${at}` : undefined, copies: at, price: at / 7 }),
  );
  const all = [...hostile, ...plain];
  for (let at = 0; at < all.length; at += 100)
    await store.commit(all.slice(at, at + 100).map((row) => insert(books, row)));
  await store.commit(Array.from({ length: 30 }, (_, at) => insert(counters, { id: `c${at}`, by: [at, -at] })));
  for (let at = 0; at < 20; at++) await store.commit([increment(counters, "c3", "value", at)]);
  await store.commit(all.slice(0, 60).map(({ id }) => patch(books, id, { lent: true })));
}

/** Everything that moves, by collection. */
export async function contents({ store }: Pick<End, "store">) {
  const all = (of: typeof books | typeof counters) =>
    readAll((after) => store.find(of as typeof books, { limit: 200, after }));
  return { books: await all(books), counters: await all(counters) };
}
