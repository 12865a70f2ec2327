// What a shape says about its fields, for every kind of declaration there is.
import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { fieldsOf } from "../../../src/adapters/store/fields.ts";
import { collection } from "../../../src/core/kernel/collection.ts";

const only = (schema: z.ZodType) => {
  const [field] = fieldsOf(collection("things", z.object({ it: schema })));
  return [field!.kind, field!.empty, field!.initial];
};

const printed = (schema: z.ZodType) => fieldsOf(collection("things", z.object({ it: schema })))[0]!.print;
const shared = z.string();
const tree = (most: number): z.ZodType => {
  const node: z.ZodType = z.object({
    get children() {
      return z.array(node).max(most);
    },
  });
  return node;
};

describe("the fields of a shape", () => {
  it.each<[string, z.ZodType, unknown[]]>([
    ["text", z.string(), ["text", "never", undefined]],
    ["text of a format", z.email().max(9).optional(), ["text", "absent", undefined]],
    ["text of a template", z.templateLiteral(["a-", z.int()]), ["text", "never", undefined]],
    ["an enum", z.enum(["a", "b"]).default("b"), ["text", "never", "b"]],
    ["a literal", z.literal("a").nullable(), ["text", "null", undefined]],
    ["whole numbers", z.number().int().min(1).default(3), ["integer", "never", 3]],
    ["whole numbers, new style", z.int32(), ["integer", "never", undefined]],
    ["numbers", z.number().nullish(), ["real", "null", undefined]],
    ["numbers with null as default", z.number().nullable().default(null), ["real", "null", undefined]],
    ["literal numbers", z.literal([1, 2.5]), ["real", "never", undefined]],
    ["a boolean", z.boolean().default(false), ["boolean", "never", false]],
    ["a list", z.array(z.string()).default([]), ["json", "never", []]],
    ["a pair", z.tuple([z.string(), z.int()]), ["json", "never", undefined]],
    ["an object", z.object({ a: z.string() }).optional(), ["json", "absent", undefined]],
    ["a record", z.record(z.string(), z.unknown()).default({}), ["json", "never", {}]],
    ["anything", z.unknown(), ["json", "null", undefined]],
    ["one of two texts", z.union([z.email(), z.literal("none")]), ["text", "never", undefined]],
    ["a text or null", z.union([z.string(), z.null()]), ["text", "null", undefined]],
    ["a text or a number", z.union([z.string(), z.number()]), ["json", "never", undefined]],
    ["a tagged object", z.discriminatedUnion("t", [z.object({ t: z.literal("a") })]), ["json", "never", undefined]],
    ["a pipe", z.string().trim().pipe(z.string().min(1)), ["text", "never", undefined]],
    ["a preprocessed number", z.preprocess((given) => given, z.int()), ["integer", "never", undefined]],
    ["a transform", z.string().transform((text) => [text]), ["json", "never", undefined]],
    ["a lazy text", z.lazy(() => z.string()).readonly(), ["text", "never", undefined]],
    ["a prefault", z.string().prefault("x"), ["text", "never", "x"]],
    ["a caught text", z.string().catch("x"), ["text", "never", "x"]],
    ["an optional that has a default", z.string().default("x").optional(), ["text", "never", "x"]],
  ])("%s", (_, schema, wanted) => {
    expect(only(schema)).toEqual(wanted);
  });

  it.each<[string, z.ZodType, z.ZodType, boolean]>([
    ["the same text", z.string().max(9), z.string().max(9), true],
    [
      "one declared once and used twice",
      z.object({ a: shared, b: shared }),
      z.object({ a: z.string(), b: z.string() }),
      true,
    ],
    ["a longer one", z.string().max(9), z.string().max(10), false],
    ["another pattern", z.string().regex(/^a/), z.string().regex(/^a/i), false],
    ["one more choice", z.enum(["a"]), z.enum(["a", "b"]), false],
    ["what may be left out", z.string(), z.string().optional(), false],
    ["another default", z.string().default("a"), z.string().default("b"), true],
    ["another default within JSON", z.object({ a: z.int().default(1) }), z.object({ a: z.int().default(2) }), false],
    ["one more key within JSON", z.object({ a: z.int() }), z.object({ a: z.int(), b: z.int() }), false],
    ["a list of itself", tree(9), tree(9), true],
    ["a list of itself, wider", tree(9), tree(10), false],
  ])("are told apart by what they allow: %s", (_, one, other, alike) => {
    expect(printed(one) === printed(other)).toBe(alike);
  });

  it.each<[string, z.ZodRawShape, string]>([
    ["a date", { at: z.date() }, "at is not text"],
    ["a big integer", { at: z.bigint() }, "at is not text"],
    ["an id of its own", { id: z.string() }, "id is there twice"],
    ["two names that differ by case", { userId: z.string(), userid: z.string() }, "userid is there twice"],
    ["a name with a quote", { 'a"b': z.string() }, "is no name"],
  ])("refuses %s", (_, shape, words) => {
    expect(() => fieldsOf(collection("things", z.object(shape)))).toThrow(words);
  });

  it("refuses a rule across fields and an odd name", () => {
    const ruled = z.object({ a: z.int(), b: z.int() }).refine(({ a, b }) => a < b);
    expect(() => fieldsOf(collection("things", ruled))).toThrow("across fields");
    expect(() => fieldsOf(collection('x"; DROP', z.object({})))).toThrow("snake_case");
  });
});
