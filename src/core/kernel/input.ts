// What the input of an action says about itself: the question of each field, and references to entities.
import { z } from "zod";
import { just } from "../plain-shapes.ts";
import type { Sentence } from "../text.ts";
import type { InputField, Reference } from "./house.ts";
import { isChoice } from "./names.ts";

interface Meta {
  readonly ask?: Sentence;
  readonly askBeside?: Sentence;
  readonly reference?: Reference<unknown>;
  readonly words?: Words;
}

type Words = NonNullable<InputField["words"]>;

const said = new WeakMap<z.ZodType, Meta>();

const typedName = just.string.trim().min(1).max(200);

/** A field whose text names an entity; `run` is handed the entity itself. */
export function refTo<E>(reference: Reference<E>): z.ZodType<E, string> {
  const schema = typedName.clone();
  said.set(schema, { reference });
  return schema as unknown as z.ZodType<E, string>;
}

/**
 * Gives a field its question, which is also its help text on every surface. What stands behind its first question mark is
 * shown smaller in a form: an example, say.
 * @param beside asked in its place where the action's other questions stand beside it.
 */
export function ask<T extends z.ZodType>(question: Sentence, schema: T, beside?: Sentence): T {
  const named = schema.clone() as T;
  said.set(named, { ...metaOf(schema), ask: question, ...(beside && { askBeside: beside }) });
  return named;
}

/** A choice that is understood by other words too. */
export function saidAs<T extends z.ZodType>(words: Words, schema: T): T {
  const named = schema.clone() as T;
  said.set(named, { ...metaOf(schema), words });
  return named;
}

/** The choice that somebody means by its name in any language or by its words; undefined when it is none. */
export function choiceMeant({ choices, words }: Pick<InputField, "choices" | "words">, typed: string) {
  const meant = typed.trim().toLowerCase().replaceAll("’", "'");
  return choices.find((choice) => isChoice(meant, choice) || words?.[choice]?.includes(meant));
}

/** The fields of an action's input in their order, read off its schema. */
export function inputFields(schema: z.ZodObject): readonly InputField[] {
  return Object.entries(schema.shape).map(([name, field]) => describe(name, field as z.ZodType));
}

function describe(name: string, schema: z.ZodType): InputField {
  const meta = metaOf(schema);
  const inner = innermost(schema);
  const choices = inner instanceof z.ZodEnum ? inner.options.map(String) : [];
  const kind = choices.length
    ? "choice"
    : inner instanceof z.ZodNumber
      ? "integer"
      : inner instanceof z.ZodBoolean
        ? "boolean"
        : "text";
  return {
    name,
    ask: meta.ask,
    ...(meta.askBeside && { askBeside: meta.askBeside }),
    required: schema._zod.optin === undefined || !schema.safeParse(undefined).success,
    kind,
    choices,
    maxLength: inner instanceof z.ZodString ? (inner.maxLength ?? undefined) : undefined,
    ...(inner instanceof z.ZodNumber && boundsOf(inner)),
    reference: meta.reference,
    ...(meta.words && { words: meta.words }),
  };
}

/** Those that were set: a whole number has others by itself. */
function boundsOf({ minValue, maxValue }: z.ZodNumber): Pick<InputField, "least" | "most"> {
  const isSet = (bound: number | null): bound is number => bound !== null && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  return { ...(isSet(minValue) && { least: minValue }), ...(isSet(maxValue) && { most: maxValue }) };
}

function metaOf(schema: z.ZodType): Meta {
  let meta: Meta = {};
  for (let at: z.ZodType | undefined = schema; at; at = unwrap(at)) meta = { ...said.get(at), ...meta };
  return meta;
}

function innermost(schema: z.ZodType): z.ZodType {
  const next = unwrap(schema);
  return next ? innermost(next) : schema;
}

function unwrap(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return schema.unwrap() as z.ZodType;
  if (schema instanceof z.ZodPipe) return schema.in as z.ZodType;
  return undefined;
}
