// The five kinds of change, and that a commit is one step.
import { describe, expect, it } from "@jest/globals";
import { increment, insert, patch, remove, upsert } from "../../../src/core/kernel/change.ts";
import type { Change } from "../../../src/core/ports/store.ts";
import { book, books, counters, type OpenSamples, withStore } from "../../support/store-samples.ts";

const bad = (change: unknown) => change as Change;

const misfits: readonly (readonly [Change, string, string])[] = [
  [bad({ kind: "insert", in: books, row: { id: "n" } }), "books", "title"],
  [bad({ kind: "insert", in: books, row: { id: "n", title: "Secret", copies: 1.5 } }), "books", "copies"],
  [bad({ kind: "insert", in: books, row: { id: "n", title: "Secret", state: "Secret" } }), "books", "state"],
  [bad({ kind: "insert", in: books, row: { id: "n", title: "Secret", colour: "Secret" } }), "books", "colour"],
  [bad({ kind: "insert", in: books, row: { id: "n", title: "Secret", isbn: null } }), "books", "isbn"],
  [bad({ kind: "insert", in: books, row: { id: "Secret!", title: "Secret" } }), "books", "id"],
  [bad({ kind: "insert", in: books, row: { id: "s".repeat(37), title: "Secret" } }), "books", "id"],
  [bad({ kind: "insert", in: books, row: { id: "", title: "Secret" } }), "books", "id"],
  [bad({ kind: "insert", in: books, row: { title: "Secret" } }), "books", "id"],
  [bad({ kind: "patch", in: books, id: "a", set: { copies: -1 } }), "books", "copies"],
  [bad({ kind: "patch", in: books, id: "a", set: { title: undefined } }), "books", "title"],
  [bad({ kind: "patch", in: books, id: "a", set: { price: Number.NaN } }), "books", "price"],
  [bad({ kind: "patch", in: books, id: "a", set: { id: "Secret" } }), "books", "id"],
  [bad({ kind: "patch", in: books, id: "a", set: { rev: 7 } }), "books", "rev"],
  [bad({ kind: "increment", in: books, id: "a", field: "title", by: 1 }), "books", "title"],
  [bad({ kind: "increment", in: books, id: "a", field: "none", by: 1 }), "books", "none"],
  [bad({ kind: "increment", in: books, id: "a", field: "copies", by: 0.5 }), "books", "copies"],
  [bad({ kind: "increment", in: books, id: "a", field: "copies", by: Number.POSITIVE_INFINITY }), "books", "copies"],
  [bad({ kind: "increment", in: books, id: "a", field: "copies", by: -5 }), "books", "copies"],
  [bad({ kind: "increment", in: counters, id: "c", field: "value", by: 2 ** 53 }), "counters", "value"],
  [bad({ kind: "upsert", in: books, key: { isbn: "1" }, row: { id: "n", isbn: "1" }, set: {} }), "books", "title"],
  [bad({ kind: "upsert", in: books, key: { isbn: "1" }, row: book("n"), set: {} }), "books", "isbn"],
  [
    bad({ kind: "upsert", in: books, key: { isbn: "1" }, row: book("n", { isbn: "1" }), set: { lent: 1 } }),
    "books",
    "lent",
  ],
];

export const commitContract = (open: OpenSamples) =>
  describe("committing", () => {
    it(
      "patches some fields and leaves the others, counting revisions",
      withStore(open, async (store) => {
        await store.commit([insert(books, book("a", { isbn: "1", tags: ["x"], rating: 5 }))]);
        await store.commit([patch(books, "a", { tags: ["y", "z"], isbn: undefined })]);
        const row = await store.get(books, "a");
        expect(row).toMatchObject({ rev: 2, title: "Book a", tags: ["y", "z"], rating: 5 });
        expect(row).not.toHaveProperty("isbn");
        await store.commit([patch(books, row!, { rating: null })]);
        await store.commit([patch(books, "a", {})]);
        expect(await store.get(books, "a")).toMatchObject({ rev: 4, rating: null });
      }),
    );

    it(
      "increments whole and broken numbers, an empty field from nought",
      withStore(open, async (store) => {
        await store.commit([insert(books, book("a", { price: 0.1, copies: 5 }))]);
        await store.commit([
          increment(books, "a", "price", 0.2),
          increment(books, "a", "copies", -5, { min: 0 }),
          increment(books, "a", "copies", 7, { min: 0, max: 7 }),
          increment(books, "a", "rating", 2.5),
        ]);
        expect(await store.get(books, "a")).toMatchObject({ price: 0.1 + 0.2, copies: 7, rating: 2.5, rev: 5 });
      }),
    );

    it(
      "inserts by an upsert once, then sets on the row that is there",
      withStore(open, async (store) => {
        const put = (id: string, set: { copies?: number }) =>
          store.commit([
            upsert(books, { shelf: "main", title: "T" }, { id, title: "T", shelf: "main", copies: 3 }, set),
          ]);
        await put("a", { copies: 8 });
        expect(await store.get(books, "a")).toMatchObject({ copies: 3, rev: 1 });
        await put("b", { copies: 8 });
        expect(await store.get(books, "b")).toBeUndefined();
        expect(await store.get(books, "a")).toMatchObject({ copies: 8, rev: 2 });
        await put("a", {});
        expect(await store.get(books, "a")).toMatchObject({ copies: 8, rev: 3 });
      }),
    );

    it(
      "removes, and does not mind when it is gone",
      withStore(open, async (store) => {
        await store.commit([insert(counters, { id: "a" }), insert(counters, { id: "b" })]);
        const row = (await store.get(counters, "a"))!;
        await store.commit([remove(counters, row), remove(counters, "b")]);
        await store.commit([remove(counters, row), remove(counters, "b")]);
        expect(await store.count(counters)).toBe(0);
        await store.commit([insert(counters, { id: "a", value: 9 })]);
        expect(await store.get(counters, "a")).toMatchObject({ value: 9, rev: 1 });
      }),
    );

    it(
      "applies changes in their order, each seeing those before",
      withStore(open, async (store) => {
        await store.commit([
          insert(counters, { id: "a" }),
          increment(counters, "a", "value", 2),
          patch(counters, { id: "a", rev: 2 }, { by: [1] }),
          increment(counters, "a", "value", 3),
          insert(counters, { id: "b" }),
          remove(counters, "b"),
        ]);
        expect(await store.get(counters, "a")).toEqual({ id: "a", rev: 4, value: 5, by: [1] });
        expect(await store.count(counters)).toBe(1);
      }),
    );

    it(
      "refuses what does not fit, names the field, never the value, and writes nothing",
      withStore(open, async (store) => {
        await store.commit([insert(books, book("a")), insert(counters, { id: "c", value: 5 })]);
        for (const [change, name, key] of misfits)
          for (const changes of [[change], [insert(counters, { id: "beside" }), change]]) {
            const error = await store.commit(changes).catch((caught: unknown) => caught as Error);
            expect(error).toMatchObject({ code: "invalid", detail: { collection: name, key } });
            expect(`${(error as Error).message} ${(error as Error).cause}`).not.toContain("Secret");
          }
        expect(await store.get(books, "a")).toMatchObject({ rev: 1, copies: 1 });
        expect(await store.get(counters, "c")).toMatchObject({ rev: 1, value: 5 });
        expect([await store.count(books), await store.count(counters)]).toEqual([1, 1]);
      }),
    );

    it(
      "refuses more than 100 changes, and takes 100 and none",
      withStore(open, async (store) => {
        const many = (length: number) => Array.from({ length }, (_, at) => insert(counters, { id: `${length}.${at}` }));
        await expect(store.commit(many(101))).rejects.toMatchObject({ code: "invalid" });
        expect(await store.count(counters)).toBe(0);
        await store.commit(many(100));
        await store.commit([]);
        expect(await store.count(counters)).toBe(100);
      }),
    );

    it(
      "is unavailable once closed",
      withStore(open, async (store) => {
        await store.close();
        await store.close();
        for (const asked of [store.ping(), store.get(books, "a"), store.commit([insert(counters, { id: "a" })])])
          await expect(asked).rejects.toMatchObject({ code: "unavailable" });
      }),
    );
  });
