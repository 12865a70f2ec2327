// What may not be: taken keys, stale revisions, passed bounds; and that nobody's change is lost.
import { describe, expect, it } from "@jest/globals";
import { increment, insert, patch, remove, update, upsert } from "../../../src/core/kernel/change.ts";
import type { Change } from "../../../src/core/ports/store.ts";
import { book, books, counters, type OpenSamples, withStore } from "../../support/store-samples.ts";

const stale = { id: "a", rev: 1 };
const refused: readonly (readonly [string, Change, object])[] = [
  ["a taken id", insert(books, book("a", { title: "Other" })), { key: "id" }],
  ["a taken key", insert(books, book("n", { isbn: "1" })), { key: "isbn" }],
  ["a taken pair", insert(books, book("n", { title: "Book a" })), { key: "shelf+title" }],
  ["a patch onto a taken key", patch(books, "b", { isbn: "1" }), { key: "isbn" }],
  [
    "an upsert onto another's key",
    upsert(books, { isbn: "2" }, book("n", { isbn: "2" }), { title: "Book a" }),
    { key: "shelf+title" },
  ],
  [
    "an upsert with a taken id",
    upsert(books, { isbn: "3" }, book("a", { isbn: "3", title: "New" }), {}),
    { key: "id" },
  ],
  ["a stale patch", patch(books, stale, { lent: true }), { key: "rev", id: "a" }],
  ["a patch from the future", patch(books, { id: "a", rev: 3 }, { lent: true }), { key: "rev", id: "a" }],
  ["a stale removal", remove(books, stale), { key: "rev", id: "a" }],
  ["too many", increment(books, "a", "copies", 2, { max: 2 }), { key: "bound", id: "a" }],
  ["too few", increment(books, "a", "copies", -1, { min: 1 }), { key: "bound", id: "a" }],
];

export const conflictContract = (open: OpenSamples) =>
  describe("conflicts", () => {
    it(
      "are told by what stood in the way, and nothing of the commit is written",
      withStore(open, async (store) => {
        await store.commit([insert(books, book("a", { isbn: "1" })), insert(books, book("b", { isbn: "2" }))]);
        await store.commit([patch(books, "a", {})]);
        const before = (await store.find(books, { limit: 9 })).rows;
        for (const [what, change, detail] of refused)
          for (const changes of [[change], [insert(counters, { id: "c" }), patch(books, "b", { copies: 7 }), change]]) {
            const error = await store.commit(changes).catch((caught: unknown) => caught);
            expect([what, error]).toEqual([what, expect.objectContaining({ code: "conflict" })]);
            expect(error).toMatchObject({ detail: { collection: "books", ...detail } });
          }
        expect((await store.find(books, { limit: 9 })).rows).toEqual(before);
        expect(await store.count(counters)).toBe(0);
      }),
    );

    it(
      "are none where a key has a null, or differs by case, accent or a space",
      withStore(open, async (store) => {
        const isbns = [undefined, undefined, "x", "X", "x ", "ẋ", ""];
        await store.commit(isbns.map((isbn, at) => insert(books, book(`${at}`, { isbn }))));
        expect(await store.count(books)).toBe(isbns.length);
        await store.commit([remove(books, "2")]);
        await store.commit([insert(books, book("again", { isbn: "x" }))]);
      }),
    );

    it(
      "do not hide that a row is gone",
      withStore(open, async (store) => {
        const gone = [
          patch(books, "n", { lent: true }),
          patch(books, { id: "n", rev: 4 }, { lent: true }),
          increment(books, "n", "copies", 1, { max: 0 }),
        ];
        for (const change of gone)
          await expect(store.commit([change])).rejects.toMatchObject({
            code: "not_found",
            detail: { collection: "books", id: "n" },
          });
      }),
    );

    it(
      "leave none of twenty writers' changes out",
      withStore(open, async (store) => {
        await store.commit([insert(counters, { id: "c" })]);
        const writers = Array.from({ length: 20 }, (_, at) => at);
        await Promise.all(
          writers.map((writer) =>
            update(store, counters, "c", ({ value, by }) => ({ value: value + 1, by: [...by, writer] })),
          ),
        );
        const row = await store.get(counters, "c");
        expect(row).toMatchObject({ value: 20, rev: 21 });
        expect([...row!.by].sort((a, b) => a - b)).toEqual(writers);
      }),
    );

    it(
      "let exactly as many increments through as the bound allows",
      withStore(open, async (store) => {
        await store.commit([insert(counters, { id: "c" })]);
        const all = await Promise.allSettled(
          Array.from({ length: 20 }, () => store.commit([increment(counters, "c", "value", 3, { max: 20 })])),
        );
        expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(6);
        expect((await store.get(counters, "c"))?.value).toBe(18);
      }),
    );

    it(
      "let one of many inserts of a key through, and all upserts",
      withStore(open, async (store) => {
        const ids = Array.from({ length: 20 }, (_, at) => `${at}`);
        const inserts = await Promise.allSettled(
          ids.map((id) => store.commit([insert(books, book(id, { isbn: "1" }))])),
        );
        expect(inserts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
        await Promise.all(
          ids.map((id) => store.commit([upsert(books, { isbn: "2" }, book(`u${id}`, { isbn: "2" }), { lent: true })])),
        );
        expect(await store.getBy(books, { isbn: "2" })).toMatchObject({ rev: 20, lent: true });
        expect(await store.count(books)).toBe(2);
      }),
    );
  });
