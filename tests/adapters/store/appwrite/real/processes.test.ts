// Several processes on one database, each with a store of its own: nothing is lost, and nothing old is shown for long.
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { believedMs } from "../../../../../src/adapters/store/appwrite/versions.ts";
import { increment, insert, patch, remove, update, upsert } from "../../../../../src/core/kernel/change.ts";
import type { Store } from "../../../../../src/core/ports/store.ts";
import { appwriteGrounds, type Grounds, type OpenedAppwrite } from "../../../../support/appwrite-store.ts";
import { book, books, counters, sampleCollections } from "../../../../support/store-samples.ts";

const often = sampleCollections.map((sample) => ({ ...sample, often: true }));
const [oftenBooks] = often as unknown as [typeof books];

let grounds: Grounds;
let opened: OpenedAppwrite;
let stores: readonly Store[];
beforeAll(async () => {
  grounds = await appwriteGrounds();
});
afterAll(() => grounds.close());
beforeEach(async () => {
  opened = await grounds.open(often);
  stores = [opened.store, await opened.beside(), await opened.beside()];
});
afterEach(() => opened.remove());

const each = (times: number, run: (store: Store, nth: number) => Promise<unknown>) =>
  Promise.allSettled(
    stores.flatMap((store, at) => Array.from({ length: times }, (_, nth) => run(store, at * times + nth))),
  );
const won = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.filter(({ status }) => status === "fulfilled");

describe("three processes at once", () => {
  it("lose none of each other's changes", async () => {
    await stores[0]!.commit([insert(counters, { id: "c" })]);
    const turns = await each(6, (store, nth) =>
      nth % 2
        ? store.commit([increment(counters, "c", "value", 1)])
        : update(store, counters, "c", ({ value, by }) => ({ value: value + 1, by: [...by, nth] })),
    );
    expect(won(turns)).toHaveLength(18);
    const beside = await opened.beside();
    expect(await beside.get(counters, "c")).toMatchObject({ value: 18, rev: 19 });
    expect((await beside.get(counters, "c"))!.by).toHaveLength(9);
  });

  it("keep bounds and keys, and say what stood in the way", async () => {
    await stores[0]!.commit([insert(counters, { id: "c" })]);
    const bounded = await each(4, (store) => store.commit([increment(counters, "c", "value", 3, { max: 10 })]));
    expect(won(bounded)).toHaveLength(3);
    const keyed = await each(4, (store, nth) => store.commit([insert(books, book(`${nth}`, { isbn: "1" }))]));
    expect(won(keyed)).toHaveLength(1);
    const lost = keyed.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    for (const error of lost) expect(error).toMatchObject({ code: "conflict", detail: { key: "isbn" } });
    const put = await each(4, (store, nth) =>
      store.commit([upsert(books, { isbn: "2" }, book(`u${nth}`, { isbn: "2" }), { lent: true })]),
    );
    expect(won(put)).toHaveLength(12);
    expect(await stores[1]!.count(books)).toBe(2);
  });

  it("hand a key from row to row, and free it with its row", async () => {
    const [one, two] = stores as [Store, Store];
    await one.commit([insert(books, book("a", { isbn: "1" })), insert(books, book("b", { isbn: "2" }))]);
    await two.commit([patch(books, "a", { isbn: "3" }), patch(books, "b", { isbn: "1" })]);
    await one.commit([remove(books, "b"), patch(books, "a", { isbn: "1" }), insert(books, book("c", { isbn: "3" }))]);
    expect((await two.getBy(books, { isbn: "1" }))?.id).toBe("a");
    expect((await two.getBy(books, { isbn: "3" }))?.id).toBe("c");
    await two.commit([insert(books, book("d", { isbn: "2" }))]);
  });

  it("begin anew with a row that another has removed and put in again", async () => {
    const [one, two] = stores as [Store, Store];
    await one.commit([insert(counters, { id: "c", value: 1 })]);
    const seen = (await one.get(counters, "c"))!;
    await two.commit([remove(counters, "c")]);
    await two.commit([insert(counters, { id: "c", value: 7 }), patch(counters, "c", { value: 8 })]);
    await expect(one.commit([patch(counters, seen, { by: [1] })])).rejects.toMatchObject({ detail: { key: "rev" } });
    await one.commit([increment(counters, "c", "value", 1)]);
    expect(await two.get(counters, "c")).toMatchObject({ value: 9, by: [] });
  });
});

describe("answers kept at hand", () => {
  const asked = async (store: Store) => [
    (await store.get(oftenBooks, "a"))?.title,
    (await store.getBy(oftenBooks, { isbn: "1" }))?.title,
    (await store.find(oftenBooks, { where: { shelf: "main" }, limit: 9 })).rows.map((row) => row.title).join(),
    (await store.getMany(oftenBooks, ["a", "b"])).map((row) => row.title).join(),
  ];

  it("are never older than one's own commit, nor, a moment later, than another's", async () => {
    const [mine, theirs] = stores as [Store, Store];
    for (const [nth, title] of ["One", "Two", "Three"].entries()) {
      const change = nth ? patch(oftenBooks, "a", { title }) : insert(oftenBooks, book("a", { title, isbn: "1" }));
      await mine.commit([change]);
      expect(await asked(mine)).toEqual([title, title, title, title]);
      await setTimeout(believedMs + 20);
      expect(await asked(theirs)).toEqual([title, title, title, title]);
      expect(await asked(mine)).toEqual([title, title, title, title]);
    }
  });

  it("are as they would be read anew, after one's own commits too", async () => {
    const [mine, theirs] = stores as [Store, Store];
    await mine.commit([insert(oftenBooks, book("a", { isbn: "1", tags: ["x"], rating: 5 }))]);
    await mine.get(oftenBooks, "a");
    await mine.commit([patch(oftenBooks, "a", { isbn: undefined, rating: null, tags: [] })]);
    const kept = await mine.get(oftenBooks, "a");
    expect(kept).toStrictEqual(await theirs.get(oftenBooks, "a"));
    expect(kept).not.toHaveProperty("isbn");
    expect(await mine.getBy(oftenBooks, { isbn: "1" })).toBeUndefined();
    expect(await mine.getBy(oftenBooks, { title: "Book a", shelf: "main" })).toStrictEqual(kept);
  });

  it("are right while both write, whatever is under way", async () => {
    await stores[0]!.commit([insert(oftenBooks, book("a", { copies: 0 }))]);
    for (let round = 0; round < 12; round++) {
      await Promise.all(
        stores.flatMap((store) => [
          store.get(oftenBooks, "a"),
          store.commit([increment(oftenBooks, "a", "copies", 1)]),
          store.find(oftenBooks, { limit: 5 }),
          setTimeout(round % 3 ? 0 : believedMs).then(() => store.get(oftenBooks, "a")),
        ]),
      );
      await setTimeout(believedMs + 10);
      const seen = await Promise.all(stores.map(async (store) => (await store.get(oftenBooks, "a"))!.copies));
      expect(seen).toEqual([3, 3, 3].map((each) => each * (round + 1)));
    }
  });
});
