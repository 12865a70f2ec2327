// Declarations that change: what is brought up to date, what is kept, and what is refused.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { patch } from "../../../src/core/kernel/change.ts";
import { collection } from "../../../src/core/kernel/collection.ts";
import type { AnyCollection, Change } from "../../../src/core/ports/store.ts";
import { inFolder, onFile } from "../../support/store-files.ts";

type Keys = Parameters<typeof collection>[2];
const notes = (fields: z.ZodRawShape, keys: Keys = {}): AnyCollection =>
  collection("notes", z.object(fields), keys as never);

const base = { text: z.string(), stars: z.number().int(), pinned: z.boolean().optional() };
const first = notes(base);
const put = (id: string, row: object): Change => ({ kind: "insert", in: first, row: { id, ...row } });
const twoNotes = [put("a", { text: "Hello world", stars: 1 }), put("b", { text: "Good bye", stars: 2, pinned: true })];

/** Opens with one declaration after the other; `rows` are what the last of them reads. */
async function through(folder: string, ...steps: readonly (readonly [AnyCollection, (readonly Change[])?])[]) {
  const path = join(folder, "data.sqlite");
  let rows: readonly unknown[] = [];
  for (const [declared, changes = []] of steps)
    await onFile(path, [declared], async (store) => {
      await store.commit(changes);
      rows = (await store.find(declared, { limit: 100 })).rows;
    });
  return rows;
}

const refused = async (folder: string, next: AnyCollection) => {
  const error = await through(folder, [first, twoNotes], [next]).catch((caught: unknown) => caught as Error);
  const rows = await through(folder, [first]);
  expect(rows).toMatchObject([{ text: "Hello world" }, { text: "Good bye" }]);
  return error;
};

/** The names of what the file holds. */
function schemaOf(folder: string): string[] {
  const db = new DatabaseSync(join(folder, "data.sqlite"));
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE '%notes%' ORDER BY name").all();
  db.close();
  return names.map(({ name }) => name as string);
}

describe("a declaration that changes", () => {
  it("gets new fields: empty when optional, null, or the default in rows that are there", () =>
    inFolder(async (folder) => {
      const next = notes({
        ...base,
        due: z.int().optional(),
        mood: z.enum(["good", "bad"]).nullable(),
        tags: z.array(z.string()).default(["none"]),
        done: z.boolean().default(false),
        weight: z.number().nullable().default(0.5),
      });
      const added = { tags: ["none"], done: false, weight: 0.5, mood: null, rev: 1 };
      const rows = await through(folder, [first, twoNotes], [next]);
      expect(rows).toStrictEqual([
        { id: "a", text: "Hello world", stars: 1, ...added },
        { id: "b", text: "Good bye", stars: 2, pinned: true, ...added },
      ]);
      const cleared = patch(next, "a", { weight: null });
      expect(
        await through(folder, [next, [cleared]], [notes({ ...next.shape.shape, x: z.string().optional() })]),
      ).toMatchObject([
        { id: "a", weight: null },
        { id: "b", weight: 0.5 },
      ]);
    }));

  it("keeps the data of a field that goes, and has it back when the field returns", () =>
    inFolder(async (folder) => {
      const { text: _, ...without } = base;
      const less = notes(without);
      const between = await through(
        folder,
        [first, twoNotes],
        [less, [{ kind: "insert", in: less, row: { id: "c", stars: 3 } }]],
      );
      expect(between).toMatchObject([{ id: "a" }, { id: "b" }, { id: "c" }]);
      expect(between[0]).not.toHaveProperty("text");
      const back = notes({ ...base, text: z.string().default("?") });
      expect(await through(folder, [back])).toMatchObject([
        { text: "Hello world" },
        { text: "Good bye" },
        { text: "?" },
      ]);
      await expect(through(folder, [less], [notes({ ...base, text: z.number() })])).rejects.toMatchObject({
        detail: { collection: "notes", key: "text" },
      });
    }));

  it("keeps the rows of a collection that goes", () =>
    inFolder(async (folder) => {
      await through(folder, [first, twoNotes], [collection("others", z.object({}))]);
      expect(await through(folder, [first])).toHaveLength(2);
    }));

  it("makes whole numbers broken ones, with its indexes", () =>
    inFolder(async (folder) => {
      const keys = { indexes: [["stars"]], unique: [["stars", "text"]], search: ["text"] };
      const before = notes(base, keys);
      const after = notes({ ...base, stars: z.number() }, keys);
      const rows = await through(folder, [before, twoNotes], [after, [patch(after, "a", { stars: 1.25 })]]);
      expect(rows).toMatchObject([
        { stars: 1.25, text: "Hello world" },
        { stars: 2, text: "Good bye" },
      ]);
      expect(schemaOf(folder)).toEqual(expect.arrayContaining(["notes/index/stars", "notes/unique/stars+text"]));
    }));

  it("completes stored JSON that the new declaration reads otherwise", () =>
    inFolder(async (folder) => {
      const before = notes({ place: z.object({ city: z.string() }).optional() });
      const after = notes({ place: z.object({ city: z.string(), land: z.string().default("DE") }).optional() });
      const row = (id: string, more: object): Change => ({ kind: "insert", in: before, row: { id, ...more } });
      const rows = await through(folder, [before, [row("a", { place: { city: "Ulm" } }), row("b", {})]], [after]);
      expect(rows).toEqual([
        { id: "a", rev: 1, place: { city: "Ulm", land: "DE" } },
        { id: "b", rev: 1 },
      ]);
    }));

  it("makes and drops indexes", () =>
    inFolder(async (folder) => {
      const one = notes(base, { indexes: [["stars"]], unique: [["text"]] });
      const two = notes(base, { indexes: [["pinned", "stars"]] });
      await through(folder, [first, twoNotes], [one]);
      expect(schemaOf(folder)).toEqual(["notes", "notes/index/stars", "notes/unique/text"]);
      await expect(through(folder, [one, [put("c", { text: "Good bye", stars: 1 })]])).rejects.toMatchObject({
        code: "conflict",
        detail: { key: "text" },
      });
      expect(await through(folder, [two, [put("c", { text: "Good bye", stars: 1 })]])).toHaveLength(3);
      expect(schemaOf(folder)).toEqual(["notes", "notes/index/pinned+stars"]);
    }));

  it("searches new fields over old rows, and stops searching", () =>
    inFolder(async (folder) => {
      const path = join(folder, "data.sqlite");
      await through(folder, [first, twoNotes]);
      for (const search of [["text"], ["text", "mood"], ["mood"], ["text"]]) {
        const next = notes({ ...base, mood: z.string().default("merry") }, { search });
        await onFile(path, [next], async (store) => {
          const ids = async (words: string) =>
            (await store.find(next, { search: words, limit: 9 })).rows.map(({ id }) => id);
          expect(await ids("hello")).toEqual(search.includes("text") ? ["a"] : []);
          expect(await ids("merry")).toEqual(search.includes("mood") ? ["a", "b"] : []);
          await store.commit([patch(next, "b", { text: `Hello ${search.length}`, mood: "merry" })]);
          expect(await ids("hello")).toEqual(search.includes("text") ? ["a", "b"] : []);
          await store.commit([patch(next, "b", { text: "Good bye" })]);
        });
      }
      await through(folder, [first]);
      expect(schemaOf(folder)).toEqual(["notes", "sqlite_autoindex_notes_1"]);
    }));

  it("writes nothing to the file when nothing has changed", () =>
    inFolder(async (folder) => {
      await through(folder, [first, twoNotes]);
      const file = join(folder, "data.sqlite");
      const before = await readFile(file);
      await through(folder, [notes(base)]);
      expect(before.equals(await readFile(file))).toBe(true);
    }));

  it("is refused where rows would lack or hold what they may not, and everything stays as it was", () =>
    inFolder(async (folder) => {
      const cases: readonly (readonly [z.ZodRawShape, string, string])[] = [
        [{ ...base, owner: z.string() }, "owner", "now needs owner"],
        [{ ...base, pinned: z.boolean() }, "pinned", "now needs pinned"],
        [{ ...base, text: z.number() }, "text", "another kind"],
        [{ ...base, stars: z.boolean() }, "stars", "another kind"],
        [{ ...base, text: z.array(z.string()) }, "text", "another kind"],
        [{ ...base, text: z.string().max(9) }, "text", "no longer allowed"],
        [{ ...base, stars: z.number().int().max(1) }, "stars", "no longer allowed"],
      ];
      for (const [fields, key, words] of cases) {
        await inFolder(async (own) => {
          const error = await refused(own, notes({ fresh: z.string().default("x"), ...fields }));
          expect(error).toMatchObject({ code: "unsupported", detail: { collection: "notes", key } });
          expect((error as Error).message).toContain(words);
          expect(schemaOf(own)).toEqual(["notes"]);
        });
      }
      expect(await through(folder, [first], [notes({ ...base, owner: z.string() })])).toEqual([]);
    }));

  it("is refused where a new unique key does not hold, by collection and key", () =>
    inFolder(async (folder) => {
      const same = put("c", { text: "Good bye", stars: 2 });
      await through(folder, [first, [...twoNotes, same]]);
      const error = await through(folder, [notes(base, { unique: [["text", "stars"]] })]).catch(
        (caught: unknown) => caught,
      );
      expect(error).toMatchObject({ code: "conflict", detail: { collection: "notes", key: "text+stars" } });
      expect((error as Error).message).toContain("several rows of notes share one text+stars");
      expect(await through(folder, [first])).toHaveLength(3);
    }));
});
