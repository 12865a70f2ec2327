// What a query asks, checked and taken apart; each driver says it in its own language.
import { AppError } from "../../core/errors.ts";
import type { AnyCollection, Query } from "../../core/ports/store.ts";
import type { Order } from "./cursor.ts";
import { type Declared, kindOfField, unanswerable } from "./declared.ts";
import type { Kind } from "./fields.ts";
import { storeTexts } from "./texts.ts";

export type Comparison = "lt" | "lte" | "gt" | "gte";

/** One condition on one field; a comparison never holds for null. */
export type Asked = { readonly field: string; readonly kind: Kind } & (
  | { readonly is: "null" }
  | { readonly is: "equal" | Comparison; readonly value: unknown }
  | { readonly is: "in"; readonly values: readonly unknown[] }
  /** An element of a list: text, a number or a boolean. */
  | { readonly is: "containing"; readonly value: string | number | boolean }
);

const comparisons: ReadonlySet<string> = new Set(["lt", "lte", "gt", "gte"]);

/**
 * A field given as undefined is no condition.
 * @throws AppError `invalid` for a field that isn't there or a value of another kind.
 */
export function askedIn(of: Declared, where: Readonly<Record<string, unknown>> = {}): readonly Asked[] {
  return Object.keys(where).flatMap((field) => (where[field] === undefined ? [] : askedOf(of, field, where[field])));
}

function askedOf(of: Declared, field: string, wanted: unknown): readonly Asked[] {
  const kind = kindOfField(of, field);
  if (wanted === null) return [{ field, kind, is: "null" }];
  if (typeof wanted !== "object" || Array.isArray(wanted))
    return [{ field, kind, is: "equal", value: checked(of, field, kind, wanted) }];
  const entries = Object.entries(wanted);
  if (entries.length === 0) throw unanswerable(of, field);
  return entries.flatMap(([operator, value]) => operation(of, field, kind, operator, value));
}

function operation(of: Declared, field: string, kind: Kind, operator: string, value: unknown): readonly Asked[] {
  if (operator === "in" && Array.isArray(value))
    return [{ field, kind, is: "in", values: value.map((each) => checked(of, field, kind, each)) }];
  if (operator === "contains" && kind === "json")
    return [{ field, kind, is: "containing", value: element(of, field, value) }];
  if (!comparisons.has(operator) || kind === "json") throw unanswerable(of, field);
  if (value === undefined) return [];
  return [{ field, kind, is: operator as Comparison, value: checked(of, field, kind, value) }];
}

function element(of: Declared, field: string, value: unknown): string | number | boolean {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  throw unanswerable(of, field);
}

function checked(of: Declared, field: string, kind: Kind, value: unknown): unknown {
  const type = { text: "string", integer: "number", real: "number", boolean: "boolean", json: "object" }[kind];
  const fits = kind === "json" ? value !== undefined : typeof value === type;
  if (!fits || value === null || Number.isNaN(value)) throw unanswerable(of, field);
  return value;
}

/** @throws AppError `invalid` when it can't be ordered by that, or the page is of no size. */
export function pageOf(of: Declared, { limit, orderBy }: Query<AnyCollection>): { order: Order; kind: Kind } {
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) throw new AppError("invalid", storeTexts.say("limit"));
  const order: Order = { field: orderBy?.field ?? "id", direction: orderBy?.direction ?? "asc" };
  const kind = kindOfField(of, order.field);
  if (kind === "json") throw unanswerable(of, order.field);
  return { order, kind };
}

/**
 * The words of a search, none when it is no condition at all. What holds no letter or digit is not looked for.
 * @throws AppError `invalid` where nothing can be searched.
 */
export function wordsAsked(of: Declared, search: string | undefined): readonly string[] | undefined {
  if (!search?.trim()) return undefined;
  if (of.collection.search.length === 0) throw unanswerable(of, "search");
  return [...new Set(search.toWellFormed().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])];
}
