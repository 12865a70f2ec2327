// Provisioning: says what it will do, does it as often as asked, and never what would lose data; opening wants it done.
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { TablesDBIndexType } from "node-appwrite";
import { z } from "zod";
import { type AppwriteApi, appwriteApi } from "../../../../src/adapters/store/appwrite/api.ts";
import { planProvisioning } from "../../../../src/adapters/store/appwrite/provision.ts";
import { openStore } from "../../../../src/adapters/store/index.ts";
import { insert, patch, remove } from "../../../../src/core/kernel/change.ts";
import { collection } from "../../../../src/core/kernel/collection.ts";
import type { AnyCollection, Store } from "../../../../src/core/ports/store.ts";
import { appwriteGrounds, type Grounds, provision } from "../../../support/appwrite-store.ts";

const films = collection("films", z.object({ title: z.string(), year: z.number().int().optional() }), {
  indexes: [["year"]],
});
const lovers = collection("lovers", z.object({ film: z.string() }));

let grounds: Grounds;
let api: AppwriteApi;
let databaseId: string;
beforeAll(async () => {
  grounds = await appwriteGrounds({ real: false });
  api = appwriteApi(grounds.access);
});
afterAll(async () => {
  await api.close();
  await grounds.close();
});
beforeEach(() => {
  databaseId = `test-${randomBytes(6).toString("hex")}`;
});
afterEach(() => grounds.server!.faults.clear());

const options = (...collections: readonly AnyCollection[]) => ({ ...grounds.access, databaseId, collections });

async function on<T>(collections: readonly AnyCollection[], run: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ driver: "appwrite", ...grounds.access, databaseId }, collections);
  try {
    return await run(store);
  } finally {
    await store.close();
  }
}
const keep = (rows: readonly object[]) =>
  on([films], async (store) => {
    for (let at = 0; at < rows.length; at += 100)
      await store.commit(rows.slice(at, at + 100).map((row) => insert(films, row as never)));
  });

/** Nothing was changed by it. */
async function refused(...collections: readonly AnyCollection[]): Promise<string> {
  grounds.server!.requests.clear();
  const error = await planProvisioning(options(...collections)).catch((caught: unknown) => caught as Error);
  expect(grounds.server!.requests.all.filter(({ method }) => method !== "GET")).toEqual([]);
  return (error as Error).message;
}

describe("provisioning", () => {
  it("says what it will do, does it, and has nothing to do then", async () => {
    const plan = await planProvisioning(options(films, lovers));
    expect(plan.steps).toEqual([
      `make the database ${databaseId}`,
      "make the table store-commits (1 columns, 0 indexes)",
      "make the table store-keys (1 columns, 0 indexes)",
      "make the table store-state (2 columns, 0 indexes)",
      "make the table films (6 columns, 2 indexes)",
      "make the table lovers (5 columns, 1 indexes)",
      "note that films is ready",
      "note that lovers is ready",
    ]);
    const shares: number[] = [];
    await plan.apply((share) => shares.push(share));
    await plan.close();
    expect(shares).toHaveLength(8);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(await provision(options(films, lovers))).toEqual([]);
    await on([films, lovers], (store) => store.ping());
  });

  it("goes on where it was cut off, whatever was lost on the way", async () => {
    const { faults } = grounds.server!;
    faults.add({ kind: "act and drop" }, { method: "POST", path: /\/tablesdb$/ });
    await expect(provision(options(films))).rejects.toThrow("no answer");
    faults.add({ kind: "act and drop" }, { method: "POST", path: /\/tables$/ });
    await expect(provision(options(films))).rejects.toThrow("no answer");
    faults.add({ kind: "refuse", status: 500 }, { method: "POST", path: /store-state/ });
    await expect(provision(options(films))).rejects.toThrow("500");
    await expect(on([films], (store) => store.ping())).rejects.toMatchObject({ code: "unsupported" });
    expect(await provision(options(films))).toEqual(["note that films is ready"]);
    await on([films], (store) => store.ping());
  });

  it("adds columns and indexes to tables that are there, and brings their rows up to them", async () => {
    await provision(options(films));
    await keep(
      Array.from({ length: 250 }, (_, at) => ({ id: `f${at}`, title: `Film ${at}`, year: 1900 + (at % 100) })),
    );
    const more = collection(
      "films",
      z.object({ title: z.string(), year: z.number().optional(), kind: z.string().default("fiction") }),
      { indexes: [["year"], ["kind"]], search: ["title"], unique: [["title"]] },
    );
    expect(await provision(options(more))).toEqual([
      "add the column films.by_kind",
      "add the column films.words",
      "add the index films.ix_title over by_title",
      "add the index films.ix_kind over by_kind",
      "bring the 250 rows of films up to its declaration",
    ]);
    await on([more], async (store) => {
      expect(await store.count(more, { kind: "fiction", year: { lt: 1950 } })).toBe(150);
      expect((await store.find(more, { search: "film 24", limit: 99 })).rows).toHaveLength(11);
      expect((await store.getBy(more, { title: "Film 7" }))?.id).toBe("f7");
      await expect(store.commit([insert(more, { id: "n", title: "Film 7" })])).rejects.toMatchObject({
        code: "conflict",
      });
    });
    await expect(on([films], (store) => store.ping())).rejects.toMatchObject({ code: "unsupported" });
  });

  it("refuses what would lose data or does not hold, by name, and changes nothing", async () => {
    await provision(options(films));
    await keep([
      { id: "a", title: "Metropolis", year: 1927 },
      { id: "b", title: "Metropolis" },
    ]);
    const field = (shape: z.ZodObject, keys = {}) => refused(collection("films", shape, keys));
    expect(await field(z.object({ title: z.string(), year: z.string() }))).toContain("films.by_year");
    expect(await field(z.object({ title: z.string().max(5) }))).toContain("hold a title that is no longer allowed");
    expect(await field(z.object({ title: z.string(), studio: z.string() }))).toContain("films now needs studio");
    expect(await field(films.shape, { unique: [["title"]] })).toContain("several rows of films share one title");
  });

  it("notices a unique index that somebody made, and an index that never came to be", async () => {
    await provision(options(films));
    const index = { databaseId, tableId: "films", type: TablesDBIndexType.Unique, columns: ["by_title"] };
    await api.tables.createIndex({ ...index, key: "mine" });
    expect(await refused(films)).toContain("films.mine is a unique index");
    await api.tables.deleteIndex({ databaseId, tableId: "films", key: "mine" });
    await api.tables.deleteIndex({ databaseId, tableId: "films", key: "ix_year" });
    await until(async () => (await api.tables.getTable({ databaseId, tableId: "films" })).indexes.length === 1);
    expect(await provision(options(films))).toEqual(["add the index films.ix_year over by_year"]);
  });

  it("rebuilds what rows can be found by, and the keys they hold, after somebody's hands", async () => {
    const unique = { ...films, unique: [["title"]] } as unknown as typeof films;
    await provision(options(unique));
    await on([unique], (store) =>
      store.commit([insert(unique, { id: "a", title: "Nosferatu" }), insert(unique, { id: "b", title: "Faust" })]),
    );
    const row = { databaseId, tableId: "films", rowId: "a" };
    await api.tables.updateRow({ ...row, data: { by_title: "0" } });
    await api.tables.deleteRow({ ...row, rowId: "b" });
    const { rows } = await api.tables.listRows({ databaseId, tableId: "store-keys" });
    await api.tables.deleteRow({
      databaseId,
      tableId: "store-keys",
      rowId: rows.find(({ of }) => of === "films/a")!.$id,
    });
    expect(await provision({ ...options(unique), rebuild: true })).toEqual([
      "bring the 1 rows of films up to its declaration",
    ]);
    await on([unique], async (store) => {
      expect((await store.getBy(unique, { title: "Nosferatu" }))?.id).toBe("a");
      await expect(store.commit([insert(unique, { id: "c", title: "Nosferatu" })])).rejects.toMatchObject({
        code: "conflict",
      });
      await store.commit([insert(unique, { id: "c", title: "Faust" })]);
    });
  });
});

describe("opening", () => {
  it("takes the scopes that the how-to names, for provisioning and for the service", async () => {
    const server = grounds.server!;
    const page = await readFile(join(import.meta.dirname, "../../../../docs/how-to/appwrite.md"), "utf8");
    const scopesIn = (row: string) => [
      ...page
        .split("\n")
        .find((line) => line.startsWith(`| ${row}`))!
        .matchAll(/`(\w+\.\w+)`/g),
    ];
    const [service, more] = ["for the service", "for provisioning"].map((row) =>
      scopesIn(row).map(([, scope]) => scope!),
    );
    await provision({ ...options(films, lovers), apiKey: server.key([...service!, ...more!]) });
    const store = await openStore({ driver: "appwrite", ...grounds.access, databaseId, apiKey: server.key(service!) }, [
      films,
      lovers,
    ]);
    await store.commit([insert(films, { id: "a", title: "M" }), insert(lovers, { id: "l", film: "a" })]);
    await store.commit([remove(lovers, "l"), patch(films, "a", { year: 1931 })]);
    expect(await store.count(films, { year: 1931 })).toBe(1);
    await store.close();
  });

  it("names the command where nothing has been provisioned, or for another version", async () => {
    const open = () => on([films], (store) => store.ping());
    await expect(open()).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringContaining("npm run appwrite:provision"),
    });
    await provision(options(lovers));
    await expect(open()).rejects.toMatchObject({ code: "unsupported", message: expect.stringContaining(databaseId) });
  });

  it("names what to check where the server refuses, or is not there", async () => {
    const open = (more: object) => openStore({ driver: "appwrite", ...grounds.access, databaseId, ...more }, [films]);
    for (const wrong of [{ apiKey: "standard_of-somebody-else" }, { projectId: "other" }])
      await expect(open(wrong)).rejects.toMatchObject({ message: expect.stringContaining("APPWRITE_API_KEY") });
    const nobody = { endpoint: "http://127.0.0.1:1/v1", timeoutMs: 200 };
    await expect(open(nobody)).rejects.toMatchObject({ message: expect.stringContaining("APPWRITE_ENDPOINT") });
    const unknown = { ...options(), apiKey: "standard_of-somebody-else" };
    await expect(planProvisioning(unknown)).rejects.toMatchObject({ message: expect.stringContaining("scopes") });
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 5_000;
  while (!(await holds())) if (performance.now() > end) throw new Error("never held");
}
