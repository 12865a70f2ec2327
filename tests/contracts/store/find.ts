// Conditions, orders and pages.
import { describe, expect, it } from "@jest/globals";
import { insert, patch, remove } from "../../../src/core/kernel/change.ts";
import type { Query, Store, Where } from "../../../src/core/ports/store.ts";
import { book, books, type OpenSamples, readAll, withStore } from "../../support/store-samples.ts";

type BookQuery = Query<typeof books>;
type BookWhere = Where<typeof books>;

const shelfOf5 = (store: Store) =>
  store.commit([
    insert(books, book("a", { copies: 1, price: 1.5, tags: ["x", "y"], rating: 3, isbn: "1", readAt: 5 })),
    insert(books, book("b", { copies: 2, price: 2.5, tags: ["y"], lent: true, rating: null })),
    insert(books, book("c", { copies: 2, price: -1, tags: ["1", "true"], state: "worn", rating: 1 })),
    insert(books, book("d", { copies: 3, shelf: "top", rating: 1, readAt: 7 })),
    insert(books, book("e", { copies: 0, shelf: "Top", rating: null })),
  ]);

const idsOf = async (store: Store, query: Partial<BookQuery>) =>
  (await store.find(books, { limit: 100, ...query })).rows.map((row) => row.id).join("");

const conditions: readonly (readonly [BookWhere, string])[] = [
  [{}, "abcde"],
  [{ id: "c" }, "c"],
  [{ id: { in: ["e", "a", "z"] } }, "ae"],
  [{ id: { gt: "b", lte: "d" } }, "cd"],
  [{ copies: 2 }, "bc"],
  [{ copies: 2, lent: false }, "c"],
  [{ copies: { gt: 2 } }, "d"],
  [{ copies: { gte: 2 } }, "bcd"],
  [{ copies: { lt: 1 } }, "e"],
  [{ copies: { lte: 1 } }, "ae"],
  [{ copies: { gte: 1, lt: 3 } }, "abc"],
  [{ copies: { in: [0, 3] } }, "de"],
  [{ copies: { in: [] } }, ""],
  [{ copies: { in: [0, 1, 2] }, shelf: { in: ["main"] } }, "abc"],
  [{ price: { lt: 2, gt: -2 }, shelf: "main" }, "ac"],
  [{ lent: true }, "b"],
  [{ lent: { in: [true, false] } }, "abcde"],
  [{ state: "worn" }, "c"],
  [{ shelf: "top" }, "d"],
  [{ shelf: { gt: "Top" } }, "abcd"],
  [{ tags: { contains: "y" } }, "ab"],
  [{ tags: { contains: "1" } }, "c"],
  [{ tags: { contains: "tru" } }, ""],
  [{ tags: ["x", "y"] }, "a"],
  [{ tags: [] }, "de"],
  [{ isbn: null }, "bcde"],
  [{ rating: null }, "be"],
  [{ rating: { lte: 3 } }, "acd"],
  [{ readAt: null, rating: 1 }, "c"],
  [{ readAt: { gte: 5 } }, "ad"],
  [{ readAt: undefined }, "abcde"],
];

const orders: readonly (readonly [BookQuery["orderBy"], string])[] = [
  [undefined, "abcde"],
  [{ field: "id", direction: "desc" }, "edcba"],
  [{ field: "copies" }, "eabcd"],
  [{ field: "copies", direction: "desc" }, "dcbae"],
  [{ field: "rating" }, "becda"],
  [{ field: "rating", direction: "desc" }, "adceb"],
  [{ field: "price" }, "cdeab"],
  [{ field: "lent", direction: "desc" }, "bedca"],
  [{ field: "shelf" }, "eabcd"],
  [{ field: "readAt" }, "bcead"],
];

export const findContract = (open: OpenSamples) =>
  describe("finding", () => {
    it(
      "keeps every condition, and counts what it finds",
      withStore(open, async (store) => {
        await shelfOf5(store);
        for (const [where, ids] of conditions) {
          expect([where, await idsOf(store, { where })]).toEqual([where, ids]);
          expect([where, await store.count(books, where)]).toEqual([where, ids.length]);
        }
      }),
    );

    it(
      "orders by a field, then id in the same direction, null lowest, on pages of any size",
      withStore(open, async (store) => {
        await shelfOf5(store);
        for (const [orderBy, ids] of orders)
          for (const limit of [1, 2, 3, 5, 500]) {
            const rows = await readAll((after) => store.find(books, { orderBy, limit, after }));
            expect([orderBy, limit, rows.map((row) => row.id).join("")]).toEqual([orderBy, limit, ids]);
          }
      }),
    );

    it(
      "says whether there is more",
      withStore(open, async (store) => {
        await shelfOf5(store);
        expect((await store.find(books, { limit: 5 })).next).toBeUndefined();
        const { rows, next } = await store.find(books, { limit: 4 });
        expect(rows).toHaveLength(4);
        expect((await store.find(books, { limit: 4, after: next })).rows.map((row) => row.id)).toEqual(["e"]);
      }),
    );

    it(
      "neither repeats nor hides rows when others come and go between pages",
      withStore(open, async (store) => {
        await store.commit([1, 3, 5, 7].map((copies) => insert(books, book(`b${copies}`, { copies }))));
        const query = { orderBy: { field: "copies" }, limit: 2 } as const;
        const first = await store.find(books, query);
        expect(first.rows.map((row) => row.copies)).toEqual([1, 3]);
        await store.commit([
          remove(books, "b3"),
          insert(books, book("b0", { copies: 0 })),
          insert(books, book("b4", { copies: 4 })),
          insert(books, book("b33", { copies: 3 })),
        ]);
        const rest = await readAll((after) => store.find(books, { ...query, after: after ?? first.next }));
        expect(rest.map((row) => row.id)).toEqual(["b33", "b4", "b5", "b7"]);
      }),
    );

    it(
      "refuses a limit outside 1 to 500 and a cursor it never gave",
      withStore(open, async (store) => {
        await shelfOf5(store);
        const invalid = { code: "invalid" };
        for (const limit of [0, -1, 501, 1.5, Number.NaN])
          await expect(store.find(books, { limit })).rejects.toMatchObject(invalid);
        const { next } = await store.find(books, { limit: 1, orderBy: { field: "copies" } });
        for (const after of ["x", "💥", "bnVsbA", "W10", "WzEsMiwzLDRd", `${next}x`.slice(3), "a".repeat(5000)])
          await expect(store.find(books, { limit: 1, orderBy: { field: "copies" }, after })).rejects.toMatchObject(
            invalid,
          );
        await expect(store.find(books, { limit: 1, after: next })).rejects.toMatchObject(invalid);
      }),
    );

    it(
      "refuses a question that makes no sense rather than answer another one",
      withStore(open, async (store) => {
        await shelfOf5(store);
        const senseless: readonly unknown[] = [
          { nothing: 1 },
          { copies: "2" },
          { copies: {} },
          { copies: { near: 2 } },
          { copies: { in: 2 } },
          { copies: { in: [null] } },
          { copies: { contains: 2 } },
          { lent: 1 },
          { tags: { gt: "x" } },
          { title: Number.NaN },
        ];
        for (const where of senseless)
          await expect(store.find(books, { where: where as BookWhere, limit: 1 })).rejects.toMatchObject({
            code: "invalid",
            detail: { collection: "books" },
          });
        const orderBy = { field: "tags" } as const;
        await expect(store.find(books, { orderBy, limit: 1 })).rejects.toMatchObject({ code: "invalid" });
      }),
    );

    it(
      "sees a row where it now is",
      withStore(open, async (store) => {
        await shelfOf5(store);
        await store.commit([patch(books, "a", { shelf: "top", rating: null }), remove(books, "b")]);
        expect(await idsOf(store, { where: { shelf: "top" } })).toBe("ad");
        expect(await idsOf(store, { where: { rating: null } })).toBe("ae");
      }),
    );
  });
