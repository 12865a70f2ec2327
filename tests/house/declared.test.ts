// Every action, job, fact, listener and collection that a file declares is in the house, and the other way round.
import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { features } from "../../src/core/features.ts";
import { houseOf } from "../../src/core/kernel/feature.ts";
import { declaredIn, difference, listedIn, neverStated } from "./declared.ts";
import { sourcesIn } from "./sources.ts";

const core = sourcesIn(["src/core"], ".ts");
const declared = declaredIn(core);
const house = houseOf(features);

/** Neither null nor absent in a row that is read. */
const isAlwaysThere = (schema: z.ZodType): boolean =>
  [null, undefined].every((nothing) => {
    const read = schema.safeParse(nothing);
    return !read.success || typeof read.data === "number";
  });

describe("the house", () => {
  it("lists exactly what is declared", () => {
    expect(declared.length).toBeGreaterThan(20);
    expect(difference(declared, listedIn(house.features))).toEqual([]);
  });

  it("has a folder for each feature and a feature for each folder that has an index", () => {
    const folders = core.flatMap(({ path }) => /^src\/core\/([^/]+)\/index\.ts$/.exec(path)?.[1] ?? []);
    expect(features.map(({ name }) => name).sort()).toEqual(folders.sort());
  });

  it("states every fact it has", () => {
    expect(neverStated(declared, sourcesIn(["src"], ".ts"))).toEqual([]);
  });

  it("hears every fact that gives rise to a notification", () => {
    const ofFacts = features.flatMap(({ notifications }) => notifications ?? []);
    expect(ofFacts.length).toBeGreaterThan(0);
    for (const { type, fact } of ofFacts)
      expect({ type, heard: house.listeners.get(fact.name)?.map(({ name }) => name) }).toEqual({
        type,
        heard: expect.arrayContaining([`notify-${type}`]),
      });
  });

  it("lists every rule of what becomes of rows when members merge", () => {
    const ruled = core.flatMap(({ text }) => [...text.matchAll(/: MergeRule<typeof (\w+)> = /g)].map(([, of]) => of));
    const names = ruled.map((of) => declared.find(({ kind, as }) => kind === "collection" && as === of)?.name);
    expect(names.length).toBeGreaterThan(0);
    expect(
      names.filter((name) => !house.merges.has(name!)).map((name) => `${name}: list its rule under merges`),
    ).toEqual([]);
    expect([...house.merges.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });

  it("counts up no field that may be absent: nothing and one is nothing to a database", () => {
    const counted = core.flatMap(({ text }) => [...text.matchAll(/\bincrement\((\w+), [^,]+, "(\w+)"/g)]);
    expect(counted.length).toBeGreaterThan(2);
    for (const [, as, field] of counted) {
      const name = declared.find((one) => one.kind === "collection" && one.as === as)?.name;
      const schema: z.ZodType = house.collections.find((one) => one.name === name)?.shape.shape[field!];
      expect([as, field, isAlwaysThere(schema)]).toEqual([as, field, true]);
    }
  });

  it("names everything as its kind is named", () => {
    const odd = declared.filter(({ kind, name }) => {
      if (!["action", "job", "fact"].includes(kind)) return !/^[a-z][a-z_-]*$/.test(name);
      return !/^[a-z][a-z_-]*\.[a-z][a-z_-]*$/.test(name);
    });
    expect(odd).toEqual([]);
  });
});

describe("this test", () => {
  it("tells a number that is always there from one that may be absent", () => {
    const [whole, real] = [z.number().int(), z.number()];
    expect([whole, real.default(0), whole.default(1)].map(isAlwaysThere)).toEqual([true, true, true]);
    expect([whole.optional(), real.nullable(), whole.nullable().default(null)].map(isAlwaysThere)).toEqual([
      false,
      false,
      false,
    ]);
  });

  const text = `// A room of its own.
export const open = defineAction({
  summary: texts.say("open"),
  name: "door.open",
});
const sweep: Job = defineJob({ name: "door.sweep", input });
export const doorOpened = defineFact("door.opened", z.object({}));
export const doors = collection(
  "doors",
  z.object({ name: z.string() }),
);
export const doorCard: Card<Door> = { name: "door", changedBy: [doorOpened] };
export const doorNews: NotificationKind<typeof doorOpened.payload, Told> = {
  type: "door_open",
};
export const greet = on(doorOpened, "greet-who-comes", async () => {});
// defineFact("door.dreamt", z.object({}))
`;
  const sources = [{ path: "src/core/rooms/door.ts", text }];
  const found = declaredIn(sources);

  it("reads every declaration", () => {
    expect(found.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      "action door.open",
      "card door",
      "collection doors",
      "fact door.opened",
      "job door.sweep",
      "listener greet-who-comes",
      "notification door_open",
    ]);
    expect(new Set(found.map(({ feature }) => feature))).toEqual(new Set(["rooms"]));
  });

  it("finds what is missing on either side, or in another feature", () => {
    expect(difference(found, found)).toEqual([]);
    expect(difference(found, found.slice(1))).toEqual(["rooms: action door.open is not in its index.ts"]);
    const moved = found.map((one) => (one.kind === "job" ? { ...one, feature: "halls" } : one));
    expect(difference(found, moved)).toHaveLength(2);
  });

  it("finds a fact that nobody states", () => {
    expect(neverStated(found, sources)).toEqual(["door.opened"]);
    const stating = { path: "src/core/rooms/open.ts", text: "commit([doorOpened(ctx, {})])" };
    expect(neverStated(found, [...sources, stating])).toEqual([]);
  });
});
