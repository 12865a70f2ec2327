// The way into an action: parsed with a sentence for every mistake, references found, refused by policies, run.
import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { AppError } from "../../../src/core/errors.ts";
import { defineAction } from "../../../src/core/kernel/action.ts";
import type { ActionContext, AnyAction, Policy } from "../../../src/core/kernel/house.ts";
import { ask, refTo } from "../../../src/core/kernel/input.ts";
import { perform, sentenceOf } from "../../../src/core/kernel/perform.ts";
import { type Language, plain } from "../../../src/core/text.ts";

const plants = new Map([["fern", { id: "1", kind: "fern" }]]);
const plantRef = refTo<{ id: string; kind: string }>({
  async find(_ctx, named) {
    const found = plants.get(named);
    if (!found) throw new AppError("not_found", `No plant “${named}”.`);
    return found;
  },
  suggest: async () => [{ value: "fern", label: "The fern" }],
});
const noTulips = z.string().refine((text) => text !== "tulip", { params: { sentence: () => "No tulips here." } });

const acted: unknown[] = [];
const define = (input: z.ZodObject, who: "member" | Policy = "member"): AnyAction =>
  defineAction({
    name: "plant.water",
    summary: () => "Water a plant",
    who,
    input,
    async run(_ctx, given) {
      acted.push(given);
      return given;
    },
    view: (outcome) => ({ title: JSON.stringify(outcome) }),
  });

const contextOf = (action: AnyAction, language: Language = "en") =>
  ({
    correlation: "c1",
    reader: { language, zone: "UTC", platform: "terminal" },
    house: { actions: new Map([[action.name, action]]) },
  }) as unknown as ActionContext;

async function run(action: AnyAction, input: Record<string, unknown>, language?: Language) {
  acted.length = 0;
  return perform(contextOf(action, language), { action: "plant.water", input });
}

/** What is said in English and in German, and the field it is about. */
async function refusal(field: z.ZodType, value: unknown) {
  const action = define(z.object({ f: field }));
  const failure = async (language: Language) => {
    const error = await run(action, { f: value }, language).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "AppError", code: "invalid", detail: { key: "f" } });
    const asking = contextOf(action, language);
    return plain(sentenceOf(error, asking), asking.reader);
  };
  const both = [await failure("en"), await failure("de")];
  expect(acted).toEqual([]);
  return both;
}

it("takes a choice by its name in any language, and names choices in the reader's", async () => {
  const action = define(z.object({ f: z.enum(["public", "invite-only"]) }));
  for (const typed of ["öffentlich", "OEFFENTLICH", "public "])
    expect(await run(action, { f: typed })).toMatchObject({ kind: "done", outcome: { f: "public" } });
  const asked = await run(action, {}, "de");
  const labels = asked.kind === "incomplete" ? asked.form.fields[0]!.choices : [];
  expect(labels).toEqual([
    { value: "public", label: "öffentlich" },
    { value: "invite-only", label: "nur mit Einladung" },
  ]);
  expect((await refusal(z.enum(["public", "private"]), "geheim"))[1]).toBe(
    "f kann eines von diesen sein: öffentlich, privat.",
  );
});

describe("what cannot be used is said, in the reader's language", () => {
  it.each<[z.ZodType, unknown, string, string]>([
    [
      z.string().max(3),
      "abcd",
      "f is too long: at most 3 characters, please.",
      "f ist zu lang: bitte höchstens 3 Zeichen.",
    ],
    [
      z.string().min(3),
      "ab",
      "f is too short: at least 3 characters, please.",
      "f ist zu kurz: bitte mindestens 3 Zeichen.",
    ],
    [z.string().trim().min(1), "  ", "Please give f.", "Bitte gib an: f."],
    [z.number().int().max(3), "4", "f can be at most 3.", "f kann höchstens 3 sein."],
    [z.number().int().min(3), "-2", "f must be at least 3.", "f muss mindestens 3 sein."],
    [z.number().int().positive(), "0", "f must be at least 1.", "f muss mindestens 1 sein."],
    [z.number().int().lt(3), "3", "f can be at most 2.", "f kann höchstens 2 sein."],
    [z.number().int(), "many", "f must be a whole number, such as 12.", "f muss eine ganze Zahl sein, etwa 12."],
    [z.number().int(), "1.5", "f must be a whole number, such as 12.", "f muss eine ganze Zahl sein, etwa 12."],
    [z.number().int(), 1.5, "f must be a whole number, such as 12.", "f muss eine ganze Zahl sein, etwa 12."],
    [
      z.number().int(),
      "9".repeat(400),
      "f must be a whole number, such as 12.",
      "f muss eine ganze Zahl sein, etwa 12.",
    ],
    [z.enum(["red", "blue"]), "green", "f can be one of: red, blue.", "f kann eines von diesen sein: red, blue."],
    [
      z.boolean(),
      "perhaps",
      "I can't use what you gave for f. Please write it differently.",
      "Mit der Angabe für f kann ich nichts anfangen. Bitte schreib sie anders.",
    ],
    [
      z.email(),
      "nobody",
      "I can't use what you gave for f. Please write it differently.",
      "Mit der Angabe für f kann ich nichts anfangen. Bitte schreib sie anders.",
    ],
    [
      z.string(),
      { text: "x" },
      "I can't use what you gave for f. Please write it differently.",
      "Mit der Angabe für f kann ich nichts anfangen. Bitte schreib sie anders.",
    ],
    [noTulips, "tulip", "No tulips here.", "No tulips here."],
    [
      z.string().refine(() => false),
      "x",
      "I can't use what you gave for f. Please write it differently.",
      "Mit der Angabe für f kann ich nichts anfangen. Bitte schreib sie anders.",
    ],
  ])("%#", async (field, value, english, german) => {
    expect(await refusal(field, value)).toEqual([english, german]);
  });
});

describe("what people write becomes what the field takes", () => {
  it.each<[z.ZodType, unknown, unknown]>([
    [z.number().int(), " 12 ", 12],
    [z.number().int(), "-3", -3],
    [z.number().int(), 12, 12],
    [z.boolean(), "YES", true],
    [z.boolean(), "ja", true],
    [z.boolean(), " nein ", false],
    [z.boolean(), "0", false],
    [z.enum(["Red", "blue"]), " RED", "Red"],
    [z.string(), "yes", "yes"],
    [z.string(), "12", "12"],
  ])("%#", async (field, given, taken) => {
    await run(define(z.object({ f: field })), { f: given });
    expect(acted).toEqual([{ f: taken }]);
  });

  it("what is blank is not given, and what is no field is not handed on", async () => {
    const action = define(z.object({ a: z.string().optional(), b: z.number().int().default(7) }));
    await run(action, { a: "", b: null, c: "x", constructor: "y" });
    expect(acted).toEqual([{ b: 7 }]);
  });
});

describe("what is missing", () => {
  const action = define(
    z.object({
      plant: ask(() => "Which plant?", plantRef),
      much: ask(() => "How much?", z.number().int().max(5)),
      warm: z.boolean(),
      note: z.string().max(10).optional(),
    }),
  );

  it("is asked for, with the answers there are", async () => {
    expect(await run(action, {})).toMatchObject({
      kind: "incomplete",
      form: {
        title: "Water a plant",
        call: { action: "plant.water", input: {} },
        fields: [
          { name: "plant", kind: "text", choices: [{ value: "fern", label: "The fern" }] },
          { name: "much", kind: "integer" },
          { name: "warm", kind: "boolean" },
        ],
      },
    });
    expect(acted).toEqual([]);
  });

  it("is asked for only when what is given can be used", async () => {
    await expect(run(action, { note: "x".repeat(11) })).rejects.toMatchObject({ detail: { key: "note" } });
    await expect(run(action, { plant: "rose" })).rejects.toMatchObject({ code: "not_found", detail: { key: "plant" } });
    expect(await run(action, { plant: "fern", much: "5" })).toMatchObject({
      form: { call: { input: { plant: "fern", much: "5" } }, fields: [{ name: "warm" }] },
    });
  });
});

describe("what was given wrongly and can be asked for", () => {
  const name = ask(() => "What is it called?", z.string().max(3));
  const action = define(
    z.object({
      name,
      much: ask(() => "How much?", z.number().int().min(1)),
      tone: ask(() => "Which tone?", z.enum(["low", "high"])),
      warm: z.boolean(),
    }),
  );

  it.each<[Language, Record<string, unknown>, string, string]>([
    ["en", { name: "abcd", much: "5" }, "name", "That is too long: at most 3 characters, please."],
    ["de", { name: "abcd", much: "5" }, "name", "Das ist zu lang: bitte höchstens 3 Zeichen."],
    ["en", { name: "abc", much: "0" }, "much", "That must be at least 1."],
    ["de", { name: "abc", much: "viel", warm: "ja" }, "much", "Das muss eine ganze Zahl sein, etwa 12."],
    ["en", { name: "abc", much: "5", tone: "green" }, "tone", "Please pick one of these: low, high."],
  ])("%s %j is asked for again, and the rest is kept", async (language, input, field, problem) => {
    const { [field]: value } = input;
    const asked = await run(action, input, language);
    expect(asked).toMatchObject({ kind: "incomplete", form: { fields: [{ name: field, value, required: true }] } });
    const { form } = asked as Extract<typeof asked, { kind: "incomplete" }>;
    expect(form.call).toEqual({ action: "plant.water", input });
    expect(plain(form.fields[0]!.problem!, { language, zone: "UTC", platform: "terminal" })).toBe(problem);
    expect(acted).toEqual([]);
  });

  it("is asked for as what may be left out, where it may", async () => {
    const limit = ask(() => "How many? Leave it out for no limit", z.number().int().min(1)).optional();
    const asked = await run(define(z.object({ name, limit })), { name: "abc", limit: "0" });
    expect(asked).toMatchObject({ form: { fields: [{ name: "limit", value: "0", required: false }] } });
  });
});

describe("a reference", () => {
  it("hands the entity to the action", async () => {
    await run(define(z.object({ plant: plantRef, other: plantRef.optional() })), { plant: " fern " });
    expect(acted).toEqual([{ plant: { id: "1", kind: "fern" } }]);
  });

  it("that names nothing is refused in its own words, and says which field", async () => {
    const failing = run(define(z.object({ plant: plantRef })), { plant: "rose" });
    await expect(failing).rejects.toMatchObject({
      code: "not_found",
      message: "No plant “rose”.",
      detail: { key: "plant" },
    });
    expect(acted).toEqual([]);
  });

  it("to one of none is not asked for: it is said that there is none", async () => {
    const none = refTo({
      find: async () => "",
      suggest: async () => [],
      none: () => "Nothing grows here.",
    });
    const asking = run(define(z.object({ plant: ask(() => "Which plant?", none) })), {});
    await expect(asking).rejects.toMatchObject({ code: "not_found", message: "Nothing grows here." });
  });

  it("that cannot be looked up is no wrong answer", async () => {
    const down = refTo({
      find: () => Promise.reject(new AppError("unavailable", "The store sleeps.")),
      suggest: async () => [],
    });
    const error = await run(define(z.object({ plant: down })), { plant: "x" }).catch((thrown: AppError) => thrown);
    expect(error).toMatchObject({ code: "unavailable", detail: {} });
    expect((error as AppError).detail.key).toBeUndefined();
  });
});

describe("a policy", () => {
  const guarded = (check: Policy["check"]) => define(z.object({ plant: plantRef }), { check });

  it("is asked with the entity, before anything runs", async () => {
    const seen: unknown[] = [];
    await run(
      guarded((_ctx, input) => void seen.push(input, acted.length)),
      { plant: "fern" },
    );
    expect(seen).toEqual([{ plant: { id: "1", kind: "fern" } }, 0]);
    expect(acted).toHaveLength(1);
  });

  it.each<[string, Policy["check"]]>([
    ["refuses", () => Promise.reject(new AppError("forbidden", "Gardeners only."))],
    [
      "throws",
      () => {
        throw new TypeError("undefined is not a gardener");
      },
    ],
    ["fails", () => Promise.reject(new AppError("unavailable", "The store sleeps."))],
  ])("that %s lets nothing run", async (_, check) => {
    await expect(run(guarded(check), { plant: "fern" })).rejects.toBeInstanceOf(Error);
    expect(acted).toEqual([]);
  });
});

describe("an error's sentence", () => {
  it("of an action there is not, and of a failure nobody expected", async () => {
    const ctx = contextOf(define(z.object({})));
    await expect(perform(ctx, { action: "plant.eat", input: {} })).rejects.toMatchObject({ code: "not_found" });
    expect(plain(sentenceOf(new Error("secret detail"), ctx), ctx.reader)).toMatch(/number: c1$/);
    expect(plain(sentenceOf("not even an error", ctx), ctx.reader)).not.toContain("not even");
  });
});
