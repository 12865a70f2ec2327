// What a zod shape says about each field of a row: the kind of value a store keeps, and what an empty one means.
import { z } from "zod";
import type { AnyCollection } from "../../core/ports/store.ts";

export type Kind = "text" | "integer" | "real" | "boolean" | "json";

export interface Field {
  readonly name: string;
  readonly kind: Kind;
  readonly schema: z.ZodType;
  /** How an empty column is read: as null, as a field that isn't there, or not at all because it is never empty. */
  readonly empty: "null" | "absent" | "never";
  /** What it holds when nothing is given; undefined when it has no default. */
  readonly initial: unknown;
  /** Two declarations of a field that print alike allow the same values. */
  readonly print: string;
}

/** @throws Error naming a declaration that no store can keep. */
export function fieldsOf({ name, shape }: AnyCollection): readonly Field[] {
  const wrong = (what: string) => new Error(`collection ${name}: ${what}`);
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(name)) throw wrong("its name is not snake_case");
  if (shape._zod.def.checks?.length)
    throw wrong("a rule across fields cannot be kept by a patch; put it into the action");
  const seen = new Set(["id", "rev"]);
  return Object.entries(shape.shape as Record<string, z.ZodType>).map(([field, schema]) => {
    if (!/^[a-zA-Z][a-zA-Z0-9_]*$/.test(field)) throw wrong(`${field} is no name for a field`);
    if (seen.has(field.toLowerCase())) throw wrong(`${field} is there twice, or the store's own`);
    seen.add(field.toLowerCase());
    const read = readOf(schema);
    if (!read) throw wrong(`${field} is not text, number, boolean or JSON`);
    return { name: field, ...read };
  });
}

type Read = Omit<Field, "name">;
const reads = new WeakMap<z.ZodType, Read | undefined>();

/** Once for each of the shapes that many fields share; undefined for one that no store can keep. */
function readOf(schema: z.ZodType): Read | undefined {
  if (!reads.has(schema)) {
    const kind = kindOf(schema);
    reads.set(schema, kind && { kind, schema, ...emptiness(schema), print: printOf(schema) });
  }
  return reads.get(schema);
}

/** A field that surely refuses nothing, or null, is not tried with it: that was a thirtieth of the whole start. */
function emptiness(schema: z.ZodType): Pick<Field, "empty" | "initial"> {
  const nothing = schema._zod.optin === undefined ? undefined : schema.safeParse(undefined);
  const initial = nothing?.success ? (nothing.data ?? undefined) : undefined;
  if (takesNull(schema)) return { empty: "null", initial };
  return { empty: nothing?.success && nothing.data === undefined ? "absent" : "never", initial };
}

const refusingNull: ReadonlySet<string> = new Set(["string", "number", "boolean", "enum", "array", "object", "record"]);

function takesNull(schema: z.core.$ZodType): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === "optional" || def.type === "default") return takesNull(def.innerType);
  return !refusingNull.has(def.type) && z.safeParse(schema, null).data === null;
}

/**
 * The declaration itself, without its default: JSON Schema says the same, and took a tenth of the whole start. What is declared
 * once and used twice prints as if it were declared twice; what leads back to itself, as how far up that is.
 */
function printOf(schema: z.ZodType): string {
  const { def } = schema._zod;
  const above: unknown[] = [];
  return JSON.stringify(def, function (this: unknown, key, value) {
    if (this === def && key === "defaultValue") return undefined;
    if (value instanceof RegExp) return String(value);
    if (typeof value !== "object" || value === null) return value;
    while (above.length > 0 && above.at(-1) !== this) above.pop();
    const inner = value._zod?.def ?? value;
    const at = above.indexOf(inner);
    if (at === -1) above.push(inner);
    return at === -1 ? inner : at;
  });
}

function kindOf(schema: z.core.$ZodType): Kind | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "string":
    case "template_literal":
      return "text";
    case "number":
      return (schema as z.ZodNumber).isInt ? "integer" : "real";
    case "boolean":
      return "boolean";
    case "enum":
      return kindOfValues(Object.values(def.entries));
    case "literal":
      return kindOfValues(def.values);
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "nonoptional":
    case "readonly":
    case "catch":
      return kindOf(def.innerType);
    case "pipe":
      return kindOf(def.out);
    case "lazy":
      return kindOf(def.getter());
    case "union":
      return kindOfOptions(def.options);
    case "array":
    case "tuple":
    case "object":
    case "record":
    case "intersection":
    case "transform":
    case "unknown":
    case "any":
      return "json";
    default:
      return undefined;
  }
}

function kindOfValues(values: readonly unknown[]): Kind {
  const types = new Set(values.filter((value) => value !== null && value !== undefined).map((value) => typeof value));
  if (types.size !== 1) return "json";
  if (types.has("string")) return "text";
  if (types.has("boolean")) return "boolean";
  return types.has("number") ? "real" : "json";
}

function kindOfOptions(options: readonly z.core.$ZodType[]): Kind | undefined {
  const holding = options.filter((option) => !["null", "undefined"].includes(option._zod.def.type));
  const kinds = new Set(holding.map(kindOf));
  if (kinds.has(undefined)) return undefined;
  return kinds.size === 1 ? [...kinds][0] : "json";
}
