// Files that cannot be used: each is told from the others, with a sentence that says what to do.
import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "@jest/globals";
import { openStore } from "../../../src/adapters/store/index.ts";
import { openSqlite } from "../../../src/adapters/store/sqlite.ts";
import type { AppError } from "../../../src/core/errors.ts";
import { insert } from "../../../src/core/kernel/change.ts";
import { inFolder, onFile } from "../../support/store-files.ts";
import { book, books, counters, sampleCollections } from "../../support/store-samples.ts";

const refusal = async (path: string): Promise<AppError> =>
  openSqlite({ path, collections: sampleCollections }).then(
    () => Promise.reject(new Error("it opened")),
    (error: AppError) => error,
  );

/** Runs SQL on the file, as somebody else's program would. */
function raw(path: string, sql: string): void {
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
}

describe("a data file", () => {
  it("is made with its folders", () =>
    inFolder(async (folder) => {
      const path = join(folder, "a", "b", "data.sqlite");
      await onFile(path, sampleCollections, (store) => store.commit([insert(books, book("a"))]));
      await onFile(path, sampleCollections, async (store) => expect(await store.count(books)).toBe(1));
    }));

  it("below what is no folder is refused by its path", () =>
    inFolder(async (folder) => {
      const file = join(folder, "file");
      await writeFile(file, "x");
      for (const path of [join(file, "data.sqlite"), join(file, "deep", "data.sqlite"), folder]) {
        const error = await refusal(path);
        expect(error.code).toBe("unavailable");
        expect(error.message).toContain(path);
        expect(error.message).toContain("DATA_DIR");
      }
    }));

  it("that is no database, or another program's, is refused and left as it was", () =>
    inFolder(async (folder) => {
      const text = join(folder, "notes.txt");
      await writeFile(text, "These are my notes. ".repeat(500));
      const other = join(folder, "other.sqlite");
      raw(other, "CREATE TABLE photos (name TEXT)");
      for (const path of [text, other]) {
        const error = await refusal(path);
        expect(error.code).toBe("unavailable");
        expect(error.message).toContain(`${path} is not a PeerSpark database`);
      }
      const db = new DatabaseSync(other);
      expect(db.prepare("SELECT name FROM sqlite_schema").all()).toEqual([{ __proto__: null, name: "photos" }]);
      db.close();
    }));

  it("of a newer version is refused and can still be used by it", () =>
    inFolder(async (folder) => {
      const path = join(folder, "data.sqlite");
      await onFile(path, sampleCollections, (store) => store.commit([insert(books, book("a"))]));
      raw(path, "PRAGMA user_version = 2");
      const error = await refusal(path);
      expect(error.code).toBe("unsupported");
      expect(error.message).toContain(`${path} was written by a newer version`);
      expect(String(error.sentence({ language: "de", zone: "UTC", platform: "x" }))).toContain("neueren Version");
      raw(path, "PRAGMA user_version = 1");
      await onFile(path, sampleCollections, async (store) => expect(await store.count(books)).toBe(1));
    }));

  it("that breaks later is answered as unavailable, with the driver's word as the cause", () =>
    inFolder(async (folder) => {
      const path = join(folder, "data.sqlite");
      await onFile(path, sampleCollections, async (store) => {
        raw(path, "DROP TABLE counters");
        const error = await store.count(counters).catch((caught: unknown) => caught as AppError);
        expect(error).toMatchObject({ name: "AppError", code: "unavailable" });
        expect((error as AppError).message).not.toContain("counters");
        expect(String((error as AppError).cause)).toContain("counters");
      });
    }));

  it("is opened by the name of its driver", () =>
    inFolder(async (folder) => {
      const store = await openStore({ driver: "sqlite", path: join(folder, "x.sqlite") }, sampleCollections);
      await store.commit([insert(counters, { id: "a" })]);
      expect(await store.count(counters)).toBe(1);
      await store.close();
    }));

  it("is for its owner's eyes, with all that SQLite puts beside it", () =>
    inFolder((folder) =>
      onFile(join(folder, "x.sqlite"), sampleCollections, async (store) => {
        await store.commit([insert(counters, { id: "a" })]);
        const files = await readdir(folder);
        expect(files.length).toBeGreaterThan(1);
        for (const file of files) expect((await stat(join(folder, file))).mode & 0o077).toBe(0);
      }),
    ));

  it("may be memory alone", async () => {
    const store = await openSqlite({ path: ":memory:", collections: sampleCollections });
    await store.commit([insert(counters, { id: "a" }), insert(books, book("a"))]);
    expect((await store.find(books, { search: "book", limit: 1 })).rows).toHaveLength(1);
    await store.close();
  });

  it("knows only the collections it was opened with", async () => {
    const store = await openSqlite({ path: ":memory:", collections: [books] });
    await expect(store.get(counters, "a")).rejects.toThrow("collection counters was not opened");
    await store.close();
    await expect(openSqlite({ path: ":memory:", collections: [books, books] })).rejects.toThrow("one name");
  });
});
