// Rows of every collection that holds members, made from its declaration alone, so that a new collection is covered too.
import { z } from "zod";
import { insert } from "../../../src/core/kernel/change.ts";
import type { AnyCollection, Change } from "../../../src/core/ports/store.ts";

/** Rows that those of both members point at, so that rules which count find what they count in. */
const pointed: Readonly<Record<string, string>> = { podId: "pods", eventId: "events" };

function valueFor(schema: z.ZodType, n: number): unknown {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodNullable || schema instanceof z.ZodOptional)
    return valueFor(schema.unwrap() as z.ZodType, n);
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodNumber) return Math.min(1000 + n, schema.maxValue ?? Number.POSITIVE_INFINITY);
  if (schema instanceof z.ZodBoolean) return true;
  if (schema instanceof z.ZodArray) return [];
  if (schema instanceof z.ZodRecord) return {};
  if (schema instanceof z.ZodObject)
    return Object.fromEntries(Object.entries(schema.shape).map(([name, one]) => [name, valueFor(one as z.ZodType, n)]));
  return `V${`${n}`.padStart(5, "0")}`;
}

let made = 0;

/** A row of values that no other row has, but for those that are given. */
export function sampleRow(of: AnyCollection, id: string, given: Readonly<Record<string, unknown>>): Change {
  const n = ++made;
  const values = Object.entries(of.shape.shape).map(([name, schema]) => [
    name,
    name in given ? given[name] : valueFor(schema as z.ZodType, n),
  ]);
  return insert(of, { id, ...Object.fromEntries(values) } as never);
}

export interface Two {
  readonly kept: string;
  readonly merged: string;
}

/** The merged member alone in each field; and both members under one unique key, for each key a member is part of. */
export function rowsOf(of: AnyCollection, { kept, merged }: Two): Change[] {
  const several = (field: string) => !of.unique.some((key) => key.length === 1 && key[0] === field);
  const alone = of.members
    .filter(several)
    .map((field, index) => sampleRow(of, `${of.name}-alone-${index}`.replaceAll("_", "."), { [field]: merged }));
  const clashing = of.unique.flatMap((key, index) => {
    const field = key.find((name) => of.members.includes(name));
    if (!field) return [];
    const shared = Object.fromEntries(
      key
        .filter((name) => name !== field)
        .map((name) => [name, pointed[name] ?? valueFor(of.shape.shape[name] as z.ZodType, 9000 + index)]),
    );
    const row = (who: string, member: string) =>
      sampleRow(of, `${of.name}-${who}-${index}`.replaceAll("_", "."), { ...shared, [field]: member });
    return [row("kept", kept), row("merged", merged)];
  });
  return [...alone, ...clashing];
}
