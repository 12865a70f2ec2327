// What an action's schema says of its fields: kind, choices, question, reference, whatever is wrapped around it.
import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { ask, inputFields, refTo } from "../../../src/core/kernel/input.ts";
import { visibleText } from "../../../src/core/kernel/visible-text.ts";

const field = (schema: z.ZodType) => inputFields(z.object({ f: schema }))[0]!;
const question = () => "Which?";

describe("a field", () => {
  it.each<[z.ZodType, object]>([
    [z.string(), { kind: "text", required: true, choices: [] }],
    [z.string().max(20), { maxLength: 20 }],
    [visibleText(80), { kind: "text", maxLength: 80, required: true }],
    [z.string().max(20).optional(), { kind: "text", required: false, maxLength: 20 }],
    [z.string().nullable().optional(), { kind: "text", required: false }],
    [z.number().int().default(3), { kind: "integer", required: false }],
    [z.boolean(), { kind: "boolean", required: true }],
    [z.enum(["red", "blue"]).default("red"), { kind: "choice", required: false, choices: ["red", "blue"] }],
    [
      z
        .string()
        .max(9)
        .transform((text) => text.length),
      { kind: "text", maxLength: 9, required: true },
    ],
  ])("%#", (schema, expected) => {
    expect(field(schema)).toMatchObject(expected);
  });

  it("stands in the order it is declared in", () => {
    const names = inputFields(z.object({ b: z.string(), a: z.string(), c: z.string() })).map(({ name }) => name);
    expect(names).toEqual(["b", "a", "c"]);
  });
});

describe("a question", () => {
  it.each<[string, z.ZodType]>([
    ["itself", ask(question, z.string())],
    ["what is optional", ask(question, z.string()).optional()],
    ["what has a default", ask(question, z.string()).default("x")],
    ["what was optional before", ask(question, z.string().optional())],
    ["what is transformed", ask(question, z.string()).transform((text) => text.trim())],
  ])("belongs to %s", (_, schema) => {
    expect(field(schema).ask).toBe(question);
  });

  it("of one field is not another's of the same schema", () => {
    const name = z.string();
    const [first, second, third] = inputFields(
      z.object({ first: ask(() => "First?", name), second: ask(() => "Second?", name), third: name }),
    );
    const reader = { language: "en", zone: "UTC", platform: "x" } as const;
    expect([first, second].map((one) => one!.ask!(reader))).toEqual(["First?", "Second?"]);
    expect(third!.ask).toBeUndefined();
  });
});

describe("a reference", () => {
  const reference = { find: async () => ({ id: "1" }), suggest: async () => [] };

  it("is kept under a question and whatever else is around it", () => {
    for (const schema of [
      refTo(reference),
      ask(question, refTo(reference)),
      ask(question, refTo(reference)).optional(),
    ])
      expect(field(schema)).toMatchObject({ kind: "text", reference });
  });

  it("takes what could name something: text that is not blank and not endless", () => {
    const schema = refTo(reference);
    expect(schema.safeParse("  fern ").data).toBe("fern");
    for (const bad of ["", "   ", "x".repeat(201), 7, null]) expect(schema.safeParse(bad).success).toBe(false);
  });
});
