// What a driver knows of a collection before it keeps anything: its fields, and what fits them.
import { AppError } from "../../core/errors.ts";
import type { AnyCollection } from "../../core/ports/store.ts";
import { type Field, fieldsOf, type Kind } from "./fields.ts";
import { type Fitting, fittingOf } from "./fitting.ts";
import { storeTexts } from "./texts.ts";

export interface Declared {
  readonly name: string;
  readonly collection: AnyCollection;
  readonly fields: readonly Field[];
  readonly field: ReadonlyMap<string, Field>;
  readonly fitting: Fitting;
}

/** @throws Error naming a declaration that no store can keep. */
export function declarationOf(collection: AnyCollection): Declared {
  const fields = fieldsOf(collection);
  const field = new Map(fields.map((each) => [each.name, each]));
  const keys = [...collection.unique, ...collection.indexes, collection.search, collection.members].flat();
  for (const key of keys) if (!field.has(key)) throw new Error(`collection ${collection.name}: no field ${key}`);
  return { name: collection.name, collection, fields, field, fitting: fittingOf(collection, fields) };
}

export function unanswerable({ name }: Declared, field: string): AppError {
  return new AppError("invalid", storeTexts.say("question", { collection: name, field }), {
    detail: { collection: name, key: field },
  });
}

/** @throws AppError `invalid` for a field that isn't there. */
export function kindOfField(of: Declared, field: string): Kind {
  if (field === "id") return "text";
  const known = of.field.get(field);
  if (!known) throw unanswerable(of, field);
  return known.kind;
}

/** The declared unique key of these fields, in whatever order they come. @throws AppError `invalid` */
export function uniqueKey(of: Declared, fields: readonly string[]): readonly string[] {
  const keys: readonly (readonly string[])[] = of.collection.unique;
  const key = keys.find((each) => each.length === fields.length && each.every((field) => fields.includes(field)));
  if (!key) throw unanswerable(of, fields.join("+"));
  return key;
}
