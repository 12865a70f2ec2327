// Answers kept at hand: the same as read anew, whoever has written meanwhile.
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { z } from "zod";
import { openSqlite } from "../../../src/adapters/store/sqlite.ts";
import { insert, patch, remove, upsert } from "../../../src/core/kernel/change.ts";
import { collection } from "../../../src/core/kernel/collection.ts";
import type { Change, Store } from "../../../src/core/ports/store.ts";
import { inFolder } from "../../support/store-files.ts";

const seats = collection(
  "seats",
  z.object({ row: z.string(), number: z.number().int(), tags: z.array(z.string()).default([]) }),
  { unique: [["row", "number"]], indexes: [["row"]], often: true },
);
const often = { collections: [seats] };
const plain = { collections: [{ ...seats, often: false }] };

async function asked(store: Store) {
  return {
    get: await store.get(seats, "a"),
    getBy: await store.getBy(seats, { row: "front", number: 1 }),
    nobody: await store.getBy(seats, { row: "front", number: 9 }),
    find: await store.find(seats, { where: { row: "front" }, limit: 5 }),
  };
}

describe("answers kept at hand", () => {
  it("are given again without asking SQLite, and cannot be spoilt by who got them", () =>
    inFolder(async (folder) => {
      const store = await openSqlite({ path: join(folder, "db"), ...often });
      await store.commit([insert(seats, { id: "a", row: "front", number: 1, tags: ["x"] })]);
      await asked(store);
      const [one, two] = [await asked(store), await asked(store)];
      expect(two.get).toBe(one.get);
      expect(two.getBy).toBe(one.getBy);
      expect(two.find).toBe(one.find);
      expect(() => one.get!.tags.push("y")).toThrow();
      expect(() => Object.assign(one.get!, { row: "back" })).toThrow();
      await store.close();
    }));

  it("notice what another process has written, one turn of the event loop later", () =>
    inFolder(async (folder) => {
      const path = join(folder, "db");
      const [mine, theirs] = [await openSqlite({ path, ...often }), await openSqlite({ path, ...often })];
      await mine.commit([insert(seats, { id: "a", row: "front", number: 1 })]);
      await setImmediate();
      expect((await asked(theirs)).find.rows).toHaveLength(1);
      await mine.commit([patch(seats, "a", { number: 2 }), insert(seats, { id: "b", row: "front", number: 9 })]);
      await setImmediate();
      const seen = await asked(theirs);
      expect([seen.get?.number, seen.getBy, seen.nobody?.id, seen.find.rows.length]).toEqual([2, undefined, "b", 2]);
      await Promise.all([mine.close(), theirs.close()]);
    }));

  it("are what a store that keeps nothing answers, after any writes", async () => {
    const id = fc.constantFrom("a", "b", "c");
    const place = fc.record({ row: fc.constantFrom("front", "back"), number: fc.integer({ min: 1, max: 3 }) });
    const change: fc.Arbitrary<Change> = fc.oneof(
      fc.record({ id, place }).map(({ id, place }) => insert(seats, { id, ...place })),
      fc.record({ id, place }).map(({ id, place }) => patch(seats, id, place)),
      fc.record({ id, place }).map(({ id, place }) => upsert(seats, place, { id, ...place }, { tags: [id] })),
      id.map((id) => remove(seats, id)),
    );
    const property = fc.asyncProperty(
      fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { maxLength: 25 }),
      async (commits) => {
        const [keeping, reading] = [
          await openSqlite({ path: ":memory:", ...often }),
          await openSqlite({ path: ":memory:", ...plain }),
        ];
        for (const commit of commits) {
          const outcomes = await Promise.allSettled([keeping, reading].map((store) => store.commit(commit)));
          expect(outcomes[0]!.status).toBe(outcomes[1]!.status);
          expect(await asked(keeping)).toEqual(await asked(reading));
        }
      },
    );
    await fc.assert(property, { numRuns: 60, seed: 7 });
  });
});
