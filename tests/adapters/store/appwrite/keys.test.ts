// Keys compare as what they stand for, and words match as SQLite's search matches them.
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  claimOf,
  elementKey,
  listKey,
  longestKey,
  orderedBytes,
  sortKeyOf,
} from "../../../../src/adapters/store/appwrite/keys.ts";
import { wordKeysOf, wordsOf } from "../../../../src/adapters/store/appwrite/words.ts";
import { insert } from "../../../../src/core/kernel/change.ts";
import { openSamples } from "../../../support/store-files.ts";
import { book, books, type OpenedStore } from "../../../support/store-samples.ts";

const text = fc.string({
  unit: fc.oneof(fc.constantFrom(..."aAäbß 1.\u0000𝒜\ufffd🎉"), fc.string({ unit: "binary", maxLength: 1 })),
});
const sign = (difference: number) => Math.sign(difference);
const compared = (one: string, other: string) => (one < other ? -1 : Number(one > other));

describe("keys", () => {
  it("of texts order by code point as far as they are ordered, and tell all of them apart", () =>
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [a, b] = [one, other].map((each) => Buffer.from(each)) as [Buffer, Buffer];
        const [x, y] = [sortKeyOf("text", one), sortKeyOf("text", other)];
        const heads = [a, b].map((each) => each.subarray(0, orderedBytes)) as [Buffer, Buffer];
        if (Buffer.compare(...heads)) expect(compared(x, y)).toBe(sign(Buffer.compare(...heads)));
        expect(x === y).toBe(a.equals(b));
      }),
    ));

  it("of numbers order as they do", () =>
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (one, other) => {
        const expected = one === other ? 0 : sign(one - other);
        expect(compared(sortKeyOf("real", one), sortKeyOf("real", other))).toBe(expected);
      }),
    ));

  it("are of letters and digits that no collation confuses, null first, none too long", () =>
    fc.assert(
      fc.property(text, fc.array(fc.oneof(text, fc.double(), fc.boolean())), (one, list) => {
        const keys = [
          sortKeyOf("text", one),
          sortKeyOf("text", one.repeat(50)),
          sortKeyOf("boolean", true),
          listKey(list),
        ];
        for (const key of keys) {
          expect(key).toMatch(/^1[0-9a-gntuz]*$/);
          expect(key > sortKeyOf("text", null)).toBe(true);
        }
        expect(Math.max(...keys.slice(0, 2).map(({ length }) => length))).toBeLessThanOrEqual(longestKey);
        for (const element of list) expect(listKey(list)).toContain(elementKey(element));
      }),
    ));

  it("hold a unique key by its exact values, and not at all with a null among them", () => {
    const claims = ["x", "X", "x ", "ẋ", ""].map((a) => claimOf("books", ["a", "b"], { a, b: 1 }));
    expect(new Set(claims).size).toBe(claims.length);
    for (const claim of claims) expect(claim).toMatch(/^[0-9a-f]{36}$/);
    expect(claimOf("books", ["a", "b"], { a: "x", b: null })).toBeUndefined();
    expect(claimOf("films", ["a", "b"], { a: "x", b: 1 })).not.toBe(claims[0]);
  });
});

describe("words", () => {
  let sqlite: OpenedStore;
  beforeAll(async () => {
    sqlite = await openSamples();
  });
  afterAll(() => sqlite.remove());

  const word = fc.string({ unit: fc.constantFrom(..."aAäÄbBéßsSİı1²日本ñ_'-. 🎉\u0301"), maxLength: 6 });

  it("are found exactly where SQLite finds them", async () => {
    let nth = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 4 }), word, async (texts, asked) => {
        const id = `w${nth++}`;
        const title = `${id} ${texts.join(" ")}`;
        await sqlite.store.commit([insert(books, book(id, { title }))]);
        const search = `${id} ${asked}`;
        const { rows } = await sqlite.store.find(books, { search, where: { id }, limit: 1 });
        const words = wordsOf([title, "new"]);
        const found = wordKeysOf(search.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).every((key) => words.includes(key));
        expect({ title, search, found }).toEqual({ title, search, found: rows.length > 0 });
      }),
      { numRuns: 400, seed: 3 },
    );
  });
});
