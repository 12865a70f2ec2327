// Rows go from one store to the other and back, and are to the last bit what they were.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { readMark } from "../../../src/adapters/migration/mark.ts";
import { insert, patch, remove } from "../../../src/core/kernel/change.ts";
import { type AppwriteServer, appwriteServer } from "../../support/appwrite-server/index.ts";
import { contents, fill, type Stores, stores } from "../../support/moving.ts";
import { book, books } from "../../support/store-samples.ts";

let server: AppwriteServer;
let s: Stores;
beforeAll(async () => {
  server = await appwriteServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  s = await stores(server);
});
afterEach(async () => {
  server.faults.clear();
  await s.close();
});

describe("moved rows", () => {
  it("are the same there, and after coming back: values, revisions, nulls and order", async () => {
    await fill(s.sqlite.store);
    const before = await contents(s.sqlite);
    expect(before.books.length).toBeGreaterThan(250);
    const moved = (await s.move())!.collections[0];
    expect(moved).toMatchObject({ name: "books", rows: before.books.length, apart: 0, faults: [] });
    expect(await contents(s.appwrite)).toStrictEqual(before);

    await s.move("back");
    expect(await contents(s.sqlite)).toStrictEqual(before);
  });

  it("take their unique keys, their words and their revisions with them", async () => {
    await fill(s.sqlite.store);
    await s.move();
    const { store } = s.appwrite;
    expect(await store.getBy(books, { isbn: "É" })).toMatchObject({ id: "a" });
    expect(await store.getBy(books, { isbn: "isbn 7" })).toMatchObject({ id: "row00007" });
    const twin = store.commit([insert(books, book("twin", { isbn: "isbn 7" }))]);
    await expect(twin).rejects.toMatchObject({ code: "conflict", detail: { key: "isbn" } });
    const found = await store.find(books, { search: "row00249", limit: 5 });
    expect(found.rows.map(({ id }) => id)).toEqual(["row00249"]);
    const row = (await store.get(books, "pi"))!;
    await store.commit([patch(books, row, { title: "tau" })]);
    expect(await store.get(books, "pi")).toMatchObject({ title: "tau", rev: row.rev + 1 });
    await store.commit([remove(books, "row00007"), insert(books, book("heir", { isbn: "isbn 7" }))]);
    expect(await store.getBy(books, { isbn: "isbn 7" })).toMatchObject({ id: "heir" });
  });

  it("bring back what changed there, and none of what was left behind", async () => {
    await fill(s.sqlite.store, 10);
    await s.move();
    await s.appwrite.store.commit([remove(books, "a"), patch(books, "pi", { copies: 9 }), insert(books, book("new"))]);
    const there = await contents(s.appwrite);
    await s.move("back");
    expect(await contents(s.sqlite)).toStrictEqual(there);
    expect((await readMark(s.appwrite.store))?.state).toBe("left");
    await s.move("there");
    expect(await contents(s.appwrite)).toStrictEqual(there);
  });
});

describe("a server that fails in between", () => {
  const faults = [
    { kind: "refuse", status: 429 },
    { kind: "refuse", status: 500 },
    { kind: "drop" },
    { kind: "act and drop" },
    { kind: "cut" },
  ] as const;

  it.each(faults)("loses nothing and doubles nothing: %j", async (fault) => {
    await fill(s.sqlite.store);
    for (const path of [/tables\/books\/rows$/, /tables\/store-keys\/rows$/]) {
      server.faults.add(fault, { method: "POST", path, times: 2 });
      server.faults.add(fault, { method: "GET", path });
    }
    await s.move();
    expect(await contents(s.appwrite)).toEqual(await contents(s.sqlite));
  });
});
