// Typed commands: paths, free text, named values, quotes.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { z } from "zod";
import { commandTable, splitArguments, understand } from "../../../src/adapters/chat/commands.ts";
import { defineAction } from "../../../src/core/kernel/action.ts";
import { houseOf } from "../../../src/core/kernel/feature.ts";
import { ask, refTo } from "../../../src/core/kernel/input.ts";

const plain = () => "";
const base = { summary: plain, who: "member", run: async () => ({}), view: () => ({}) } as const;
const thing = refTo<{ id: string }>({ find: async () => ({ id: "x" }), suggest: async () => [] });
const create = defineAction({
  ...base,
  name: "pod.create",
  input: z.object({
    name: ask(plain, z.string()),
    category: ask(plain, z.string()).optional(),
    max: ask(plain, z.number().int()).optional(),
    day: z.string().optional(),
  }),
});
const rsvp = defineAction({
  ...base,
  name: "event.rsvp",
  input: z.object({ event: ask(plain, thing), answer: ask(plain, z.enum(["going", "maybe"]).default("going")) }),
});
const edit = defineAction({
  ...base,
  name: "profile.edit",
  main: false,
  input: z.object({ zone: ask(plain, z.string()).optional() }),
});
const person = refTo<string>({
  find: async (_, named) => named,
  suggest: async () => [],
  mentioned: async () => "id",
});
const invite = defineAction({
  ...base,
  name: "pod.invite",
  input: z.object({ pod: ask(plain, thing).optional(), who: ask(plain, person).optional() }),
});
const profile = defineAction({ ...base, name: "profile.show", command: "profile", input: z.object({}) });
const hidden = defineAction({ ...base, name: "event.publish", command: false, input: z.object({}) });
const table = commandTable(houseOf([{ name: "test", actions: [create, rsvp, edit, invite, profile, hidden] }]));

describe("a typed command", () => {
  it.each([
    ["pod create Linear Algebra category:maths", "pod.create", { name: "Linear Algebra", category: "maths" }],
    ["pod_create Linear Algebra", "pod.create", { name: "Linear Algebra" }],
    ["POD Create category:maths Linear Algebra", "pod.create", { name: "Linear Algebra", category: "maths" }],
    ['pod create category:"pure maths" Algebra', "pod.create", { name: "Algebra", category: "pure maths" }],
    ["pod create category:“pure maths” Algebra", "pod.create", { name: "Algebra", category: "pure maths" }],
    ["pod create category:„reine Mathematik“ Algebra", "pod.create", { name: "Algebra", category: "reine Mathematik" }],
    ["pod create “Linear Algebra”", "pod.create", { name: "Linear Algebra" }],
    ["pod create Maths: an introduction", "pod.create", { name: "Maths: an introduction" }],
    ["pod create Movie day: Inception", "pod.create", { name: "Movie day: Inception" }],
    ["pod create category: maths Algebra", "pod.create", { name: "Algebra", category: "maths" }],
    ["pod create Algebra max:12", "pod.create", { name: "Algebra", max: "12" }],
    ["pod create", "pod.create", {}],
    ["event rsvp EV7K2Q maybe", "event.rsvp", { event: "EV7K2Q", answer: "maybe" }],
    ["event rsvp Who is going to maybe", "event.rsvp", { event: "Who is going to", answer: "maybe" }],
    ["event rsvp EV7K2Q", "event.rsvp", { event: "EV7K2Q" }],
    ["profile", "profile.show", {}],
    ["profile edit zone:Berlin", "profile.edit", { zone: "Berlin" }],
  ])("%s", (typed, action, input) => {
    expect(understand(table, typed)).toEqual({ kind: "call", call: { action, input } });
  });

  it.each([
    ["who:@Grace Hopper pod:x", { who: "@Grace Hopper", pod: "x" }],
    ["pod:x @Grace Hopper", { who: "@Grace Hopper", pod: "x" }],
    ["@Grace Hopper", { who: "@Grace Hopper" }],
    ["Linear @Grace Hopper Algebra", { who: "@Grace Hopper", pod: "Linear  Algebra" }],
    ["@Grace Linear Algebra", { who: "@Grace", pod: "Linear Algebra" }],
    ['"@Grace Hopper"', { pod: "@Grace Hopper" }],
    ["@Gracelyn", { pod: "@Gracelyn" }],
    ["@Eve pod:other who:me pod:x", { who: "@Eve pod:other who:me", pod: "x" }],
    ["who:@(.*)+ who? pod:x", { who: "@(.*)+ who?", pod: "x" }],
    ["Tim Without Username x", { who: "Tim Without Username", pod: "x" }],
    ["@grace", { pod: "@grace" }],
  ])("pod invite %s", (words, input) => {
    const names = ["@Grace", "@Grace Hopper", "@Eve pod:other who:me", "@(.*)+ who?", "Tim Without Username", "", " "];
    const account = { platform: "x", workspace: "", userId: "1", name: "x" };
    const mentions = names.map((as) => ({ as, account }));
    const call = { action: "pod.invite", input };
    expect(understand(table, `pod invite ${words}`, mentions)).toEqual({ kind: "call", call });
  });

  it("leaves a mention in words that are about nobody, and the second of two", () => {
    const mentions = [{ as: "@Ada max:3", account: { platform: "x", workspace: "", userId: "1", name: "x" } }];
    const call = { action: "pod.create", input: { name: "Pod of @Ada max:3", category: "maths" } };
    expect(understand(table, "pod create Pod of @Ada max:3 category:maths", mentions)).toEqual({ kind: "call", call });
    expect(understand(table, "pod invite @Ada max:3 @Ada max:3", mentions)).toMatchObject({
      call: { input: { who: "@Ada max:3", pod: "@Ada max:3" } },
    });
  });

  it("says which words fit nowhere", () => {
    expect(understand(table, "profile edit zone:New York")).toEqual({
      kind: "call",
      call: { action: "profile.edit", input: { zone: "New" } },
      spare: "York",
    });
  });

  it("knows an area without a command, and what it does not know", () => {
    expect(understand(table, "event")).toEqual({ kind: "area", area: "event" });
    for (const wish of ["event help", "EVENT Hilfe", "event_help", "event ?"])
      expect(understand(table, wish)).toEqual({ kind: "area", area: "event" });
    expect(understand(table, "profile help")).toEqual({ kind: "area", area: "profile" });
    expect(understand(table, "pod create help")).toMatchObject({ kind: "call", call: { input: { name: "help" } } });
    expect(understand(table, "xyzzy help")).toEqual({ kind: "unknown", typed: "xyzzy help" });
    expect(understand(table, "pod crate Algebra")).toEqual({ kind: "unknown", typed: "pod crate" });
    expect(understand(table, "event publish")).toEqual({ kind: "unknown", typed: "event publish" });
    expect(understand(table, "")).toEqual({ kind: "area", area: "" });
  });

  it("keeps every word of any text, and never fails", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
        const { named, free } = splitArguments(create.fields, text);
        const kept = [free, ...Object.values(named)].join("").replace(/["“”„‟«»\s]/g, "");
        const given = text.replace(/(?<=^|\s)(name|category|max):/gi, "").replace(/["“”„‟«»\s]/g, "");
        expect([...kept].sort()).toEqual([...given].sort());
      }),
    );
  });

  it("takes a mention for one word, whatever the name is made of", () => {
    const name = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc
        .array(fc.constantFrom("who:", "pod:", "x", '"', " ", "”", "@", "(", "\\S", "days:2"), { maxLength: 9 })
        .map((all) => all.join("")),
    );
    const account = { platform: "x", workspace: "", userId: "1", name: "x" };
    fc.assert(
      fc.property(name, fc.constantFrom("who:", ""), (given, marker) => {
        const as = given.trim();
        fc.pre(as !== "" && as !== "pod:Linear");
        const { named, free } = splitArguments(invite.fields, `${marker}${as} pod:Linear`, [{ as, account }]);
        expect([named, free]).toEqual([{ who: as, pod: "Linear" }, ""]);
      }),
      { numRuns: 500 },
    );
  });

  it("takes a value back as it was written in quotes", () => {
    const words = fc.stringMatching(/^[^"“”„‟]{0,60}$/);
    fc.assert(
      fc.property(words, fc.constantFrom('""', "“”", "„“"), (value, marks) => {
        const { named } = splitArguments(create.fields, `Algebra category:${marks[0]}${value}${marks[1]}`);
        expect(named).toEqual({ category: value });
      }),
    );
  });
});
