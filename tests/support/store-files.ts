// Database files of their own for tests of the SQLite store.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqlite } from "../../src/adapters/store/sqlite.ts";
import type { AnyCollection, Store } from "../../src/core/ports/store.ts";
import { type OpenSamples, sampleCollections } from "./store-samples.ts";

/** A folder that is gone when `run` is over. */
export async function inFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "peerspark-store-"));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Opens the file, runs, and closes it again. */
export async function onFile<T>(
  path: string,
  collections: readonly AnyCollection[],
  run: (store: Store) => Promise<T>,
) {
  const store = await openSqlite({ path, collections });
  try {
    return await run(store);
  } finally {
    await store.close();
  }
}

export const openSamples: OpenSamples = () => openOnFile(sampleCollections);

/** The same, of collections that are read often. */
export const openOftenRead: OpenSamples = () =>
  openOnFile(sampleCollections.map((sample) => ({ ...sample, often: true })));

async function openOnFile(collections: readonly AnyCollection[]): ReturnType<OpenSamples> {
  const folder = await mkdtemp(join(tmpdir(), "peerspark-store-"));
  const options = { path: join(folder, "data.sqlite"), collections };
  const store = await openSqlite(options);
  let current = store;
  return {
    store,
    async reopen() {
      await current.close();
      current = await openSqlite(options);
      return current;
    },
    async remove() {
      await current.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
