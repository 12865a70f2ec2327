// Whether what is written fits its collection's shape; the same for every driver.
import { AppError } from "../../core/errors.ts";
import { compiled } from "../../core/kernel/compiled.ts";
import type { AnyCollection } from "../../core/ports/store.ts";
import type { Field } from "./fields.ts";
import { storeTexts } from "./texts.ts";

type Values = Readonly<Record<string, unknown>>;

export interface Fitting {
  /** A whole row with its defaults. @throws AppError `invalid` naming the field. */
  row(row: Values): Record<string, unknown>;
  /** Some fields of a row. @throws AppError `invalid` naming the field. */
  part(set: Values): Record<string, unknown>;
  /** @throws AppError `invalid` naming the field. */
  value(field: Field, value: unknown): unknown;
}

const idPattern = /^[a-z0-9._-]{1,36}$/;

export function misfit(collection: string, field: string): AppError {
  return new AppError("invalid", storeTexts.say("misfit", { collection, field }), {
    detail: { collection, key: field },
  });
}

export function fittingOf(collection: AnyCollection, fields: readonly Field[]): Fitting {
  const { name } = collection;
  const whole = compiled(collection.shape);
  const known = new Map(fields.map((field) => [field.name, field]));

  function value(field: Field, given: unknown): unknown {
    const result = field.schema.safeParse(given);
    if (!result.success) throw misfit(name, field.name);
    return result.data;
  }

  return {
    value,
    row(row) {
      if (typeof row.id !== "string" || !idPattern.test(row.id)) throw misfit(name, "id");
      for (const key in row) if (!known.has(key) && key !== "id" && key !== "rev") throw misfit(name, key);
      const result = whole.safeParse(row);
      if (!result.success) throw misfit(name, String(result.error.issues[0]?.path[0] ?? ""));
      return result.data;
    },
    part(set) {
      const fitted: Record<string, unknown> = {};
      for (const key of Object.keys(set)) {
        const field = known.get(key);
        if (!field) throw misfit(name, key);
        fitted[key] = value(field, set[key]);
      }
      return fitted;
    },
  };
}
