// Reading by id and by unique key, and what values look like when they come back.
import { describe, expect, it } from "@jest/globals";
import { insert, patch } from "../../../src/core/kernel/change.ts";
import { book, books, counters, type OpenSamples, withStore } from "../../support/store-samples.ts";

const hostile = [
  "Straße",
  "STRASSE",
  "café",
  "cafe\u0301",
  "end ",
  "end",
  "",
  "👩‍👩‍👧",
  "'; DROP TABLE books;--",
  "a\u0000b",
  "‮rtl",
  '"%_\\',
];

export const readContract = (open: OpenSamples) =>
  describe("reading", () => {
    it(
      "answers undefined for what isn't there",
      withStore(open, async (store) => {
        expect(await store.get(books, "none")).toBeUndefined();
        expect(await store.getBy(books, { isbn: "none" })).toBeUndefined();
        expect(await store.getMany(books, [])).toEqual([]);
        expect(await store.count(books)).toBe(0);
        await store.ping();
      }),
    );

    it(
      "fills in defaults and leaves out what is optional",
      withStore(open, async (store) => {
        await store.commit([insert(books, { id: "a", title: "A" })]);
        expect(await store.get(books, "a")).toStrictEqual({
          id: "a",
          rev: 1,
          title: "A",
          shelf: "main",
          copies: 1,
          price: 0,
          lent: false,
          tags: [],
          about: {},
          state: "new",
          rating: null,
        });
      }),
    );

    it(
      "gives every kind of value back as it was, after a restart too",
      withStore(open, async (store, opened) => {
        const row = book("a", {
          copies: 1_000_000,
          price: 0.1 + 0.2,
          lent: true,
          tags: ["x", "", "ünï 🎉", 'qu"ote'],
          about: { deep: [1, { a: null, b: [true, "1"] }], "": 1e-7 },
          state: "worn",
          isbn: "1",
          rating: -1.7976931348623157e308,
          readAt: Number.MAX_SAFE_INTEGER,
        });
        await store.commit([insert(books, row)]);
        const wanted = { ...row, shelf: "main", rev: 1 };
        expect(await store.get(books, "a")).toStrictEqual(wanted);
        const again = await opened.reopen();
        expect(await again.get(books, "a")).toStrictEqual(wanted);
        expect((await again.find(books, { limit: 1 })).rows).toStrictEqual([wanted]);
      }),
    );

    it(
      "keeps floats at full precision",
      withStore(open, async (store) => {
        const prices = [0.1, 1 / 3, 5e-324, 2 ** 53 + 2, 123456789.12345679, -2.5, 1e21];
        await store.commit(prices.map((price, at) => insert(books, book(`${at}`, { price }))));
        const rows = await store.getMany(
          books,
          prices.map((_, at) => `${at}`),
        );
        expect(rows.map((row) => row.price)).toEqual(prices);
        for (const price of prices) expect(await store.count(books, { price })).toBe(1);
        for (const price of prices) expect(await store.count(books, { price: { in: [price, 7] } })).toBe(1);
      }),
    );

    it(
      "keeps a text of a megabyte",
      withStore(open, async (store) => {
        const title = "päge🎉 ".repeat(150_000);
        await store.commit([insert(books, book("a", { title }))]);
        expect((await store.get(books, "a"))?.title).toBe(title);
      }),
    );

    it(
      "compares text exactly",
      withStore(open, async (store) => {
        await store.commit(hostile.map((title, at) => insert(books, book(`${at}`, { title, isbn: title }))));
        for (const [at, title] of hostile.entries()) {
          expect((await store.find(books, { where: { title }, limit: 9 })).rows.map((row) => row.id)).toEqual([
            `${at}`,
          ]);
          expect((await store.getBy(books, { isbn: title }))?.title).toBe(title);
          expect(await store.count(books, { title: { in: [title, "nothing"] } })).toBe(1);
        }
      }),
    );

    it(
      "reads many in the order asked for",
      withStore(open, async (store) => {
        await store.commit(["a", "b", "c"].map((id) => insert(counters, { id })));
        const rows = await store.getMany(counters, ["c", "none", "a", "c"]);
        expect(rows.map((row) => row.id)).toEqual(["c", "a", "c"]);
        const ids = Array.from({ length: 501 }, (_, at) => `${at}`);
        await expect(store.getMany(counters, ids)).rejects.toMatchObject({ code: "invalid" });
        expect(await store.getMany(counters, [...ids.slice(2), "b"])).toHaveLength(1);
      }),
    );

    it(
      "reads by a unique key, its fields in any order, and by no other",
      withStore(open, async (store) => {
        await store.commit([insert(books, book("a")), insert(books, book("b", { shelf: "top", title: "Book a" }))]);
        expect((await store.getBy(books, { title: "Book a", shelf: "top" }))?.id).toBe("b");
        expect(await store.getBy(books, { isbn: null })).toBeUndefined();
        await expect(store.getBy(books, { title: "Book a" })).rejects.toMatchObject({ code: "invalid" });
        await expect(store.getBy(books, { isbn: undefined })).rejects.toMatchObject({ code: "invalid" });
      }),
    );

    it(
      "lets others have their turn in a long loop",
      withStore(open, async (store) => {
        let turns = 0;
        const tick = (): unknown => ++turns < 1000 && setImmediate(tick);
        setImmediate(tick);
        for (let call = 0; call < 1000; call++) await store.get(books, "none");
        expect(turns).toBeGreaterThanOrEqual(10);
      }),
    );

    it(
      "hands out rows that are the reader's own",
      withStore(open, async (store) => {
        await store.commit([insert(books, book("a", { tags: ["x"] }))]);
        const row = await store.get(books, "a");
        try {
          row!.tags.push("mine alone");
        } catch {
          // A row may also refuse to be changed.
        }
        expect((await store.get(books, "a"))?.tags).toEqual(["x"]);
        await store.commit([patch(books, "a", { lent: true })]);
        expect(row?.lent).toBe(false);
      }),
    );
  });
