// Full-text search: every word, each as a prefix, from any text.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { insert, patch, remove, upsert } from "../../../src/core/kernel/change.ts";
import type { Query, Store } from "../../../src/core/ports/store.ts";
import { book, books, counters, type OpenSamples, readAll, withStore } from "../../support/store-samples.ts";

const found = async (store: Store, search: string, query: Partial<Query<typeof books>> = {}) =>
  (await store.find(books, { limit: 100, search, ...query })).rows.map((row) => row.id).join("");

const library = (store: Store) =>
  store.commit([
    insert(books, book("a", { title: "Linear Algebra Done Right" })),
    insert(books, book("b", { title: "Algebraic topology: an introduction", state: "worn" })),
    insert(books, book("c", { title: "Einführung in die Lineare Algebra" })),
    insert(books, book("d", { title: 'O\'Reilly: SQL "AND" NOT NEAR(x)' })),
    insert(books, book("e", { title: "日本語 入門 🎉" })),
  ]);

export const searchContract = (open: OpenSamples) =>
  describe("searching", () => {
    it(
      "finds rows that have every word, each as a prefix, in any of the fields",
      withStore(open, async (store) => {
        await library(store);
        const cases = [
          ["algebra", "abc"],
          ["ALGEBRAI", "b"],
          ["right linear", "a"],
          ["lin alg", "ac"],
          ["gebra", ""],
          ["topology worn", "b"],
          ["topology new", ""],
          ["einführung", "c"],
          ["日本", "e"],
          ["o'reilly", "d"],
          ["AND", "d"],
          ["NOT near", "d"],
          ["sql -and", "d"],
          ["title:linear", ""],
          ["", "abcde"],
          ["  \n", "abcde"],
          ['"', ""],
          ["🎉", ""],
          ["🎉 algebra ***", "abc"],
        ];
        for (const [search, ids] of cases) expect([search, await found(store, search!)]).toEqual([search, ids]);
      }),
    );

    it(
      "goes together with conditions, orders and pages",
      withStore(open, async (store) => {
        await library(store);
        await store.commit([patch(books, "a", { copies: 9 }), patch(books, "c", { lent: true })]);
        expect(await found(store, "algebra", { where: { lent: false } })).toBe("ab");
        const orderBy = { field: "copies", direction: "desc" } as const;
        const rows = await readAll((after) => store.find(books, { search: "algebra", orderBy, limit: 1, after }));
        expect(rows.map((row) => row.id)).toEqual(["a", "c", "b"]);
      }),
    );

    it(
      "follows every change of a row, and none that failed",
      withStore(open, async (store, opened) => {
        await library(store);
        await store.commit([patch(books, "a", { title: "Geometry" }), remove(books, "b")]);
        await store.commit([
          upsert(books, { isbn: "9" }, book("f", { isbn: "9", title: "Number theory" }), {}),
          upsert(books, { isbn: "9" }, book("g", { isbn: "9" }), { title: "Measure theory" }),
        ]);
        const failing = [patch(books, "c", { title: "Chaos" }), patch(books, "none", { lent: true })];
        await expect(store.commit(failing)).rejects.toMatchObject({ code: "not_found" });
        const again = await opened.reopen();
        for (const [search, ids] of [
          ["linear", "c"],
          ["algebra", "c"],
          ["geometry", "a"],
          ["topology", ""],
          ["number", ""],
          ["theory", "f"],
          ["chaos", ""],
        ])
          expect([search, await found(again, search!)]).toEqual([search, ids]);
      }),
    );

    it(
      "takes any text at all",
      withStore(open, async (store) => {
        await library(store);
        const anything = fc.string({
          unit: fc.oneof(fc.constantFrom(..."\"'*^():-+{}\\ \u0000\ud800"), fc.string({ unit: "binary" })),
        });
        await fc.assert(
          fc.asyncProperty(anything, async (search) => {
            expect((await store.find(books, { search, limit: 5 })).rows.length).toBeLessThanOrEqual(5);
          }),
          { numRuns: 300, seed: 7 },
        );
        expect(await found(store, "algebra ".repeat(2_000))).toBe("abc");
        expect(await found(store, Array.from({ length: 3_000 }, (_, at) => `w${at}`).join(" "))).toBe("");
      }),
    );

    it(
      "is refused where nothing is searchable",
      withStore(open, async (store) => {
        await expect(store.find(counters, { search: "x", limit: 1 })).rejects.toMatchObject({ code: "invalid" });
      }),
    );
  });
