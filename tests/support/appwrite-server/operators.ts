// Operators: texts in a row's data that say how to change a column (`{"method":"increment","values":[5]}`).
import { wireTime } from "./clock.ts";
import { isTextual, kindOf } from "./column-kinds.ts";
import { parseJson } from "./json.ts";
import { isObject } from "./params.ts";
import type { Column, Scalar, Value, Values } from "./state.ts";

interface Operator {
  /** What it is for: numbers, texts, lists, truths or instants. */
  readonly on: "non-numeric" | "non-string" | "non-array" | "non-boolean" | "non-datetime";
  run(before: Value, values: readonly Value[], now: number): Value;
}

const number = (value: Value | undefined): number => Number(value ?? 0);
const list = (value: Value): readonly Scalar[] => (Array.isArray(value) ? value : []);
const least = (value: number, bound: Value | undefined) => (bound == null ? value : Math.min(value, Number(bound)));
const most = (value: number, bound: Value | undefined) => (bound == null ? value : Math.max(value, Number(bound)));

const numeric = (run: (before: number, by: number, bound: Value | undefined) => number): Operator => ({
  on: "non-numeric",
  run: (before, [by, bound]) => run(number(before), number(by), bound),
});
const listing = (run: (before: readonly Scalar[], values: readonly Value[]) => readonly Scalar[]): Operator => ({
  on: "non-array",
  run: (before, values) => run(list(before), values),
});
const day = 86_400_000;
const moving = (sign: 1 | -1): Operator => ({
  on: "non-datetime",
  run: (before, [days]) => wireTime(Date.parse(String(before)) + sign * number(days) * day),
});

/** Bounds hold the result; they do not refuse it. */
const operators: Readonly<Record<string, Operator>> = {
  increment: numeric((before, by, bound) => least(before + by, bound)),
  decrement: numeric((before, by, bound) => most(before - by, bound)),
  multiply: numeric((before, by, bound) => least(before * by, bound)),
  divide: numeric((before, by, bound) => most(before / by, bound)),
  modulo: numeric((before, by) => before % by),
  power: numeric((before, by, bound) => least(before ** by, bound)),
  stringConcat: { on: "non-string", run: (before, [more]) => `${before ?? ""}${String(more)}` },
  stringReplace: {
    on: "non-string",
    run: (before, [from, to]) => String(before ?? "").replaceAll(String(from), String(to)),
  },
  toggle: { on: "non-boolean", run: (before) => !before },
  arrayAppend: listing((before, values) => [...before, ...(values as Scalar[])]),
  arrayPrepend: listing((before, values) => [...(values as Scalar[]), ...before]),
  arrayInsert: listing((before, [at, value]) => before.toSpliced(number(at), 0, value as Scalar)),
  arrayRemove: listing((before, [value]) => before.filter((one) => one !== value)),
  arrayUnique: listing((before) => [...new Set(before)].sort()),
  dateAddDays: moving(1),
  dateSubDays: moving(-1),
  dateSetNow: { on: "non-datetime", run: (_before, _values, now) => wireTime(Math.floor(now / 1000) * 1000) },
};

interface Asked {
  readonly method: string;
  readonly values: readonly Value[];
}

/** What the text asks for, where it is an operator. */
export function operatorIn(value: Value | undefined): Asked | undefined {
  if (typeof value !== "string" || !value.startsWith("{")) return undefined;
  try {
    const parsed = parseJson(value);
    if (!isObject(parsed) || typeof parsed.method !== "string" || !operators[parsed.method]) return undefined;
    return { method: parsed.method, values: (parsed.values ?? []) as Value[] };
  } catch {
    return undefined;
  }
}

/** Why the operator does not go with the column and what it holds, or undefined. */
export function operatorFault(
  column: Column,
  before: Value,
  { method, values }: Asked,
  now: number,
): string | undefined {
  const { on, run } = operators[method]!;
  if (!fits(column, on)) return `Cannot apply ${method} operator to ${on} field '${column.key}'`;
  const after = on === "non-string" ? String(run(before, values, now)) : "";
  const { size = 0 } = column;
  if ([...after].length <= size || on !== "non-string") return undefined;
  return `Cannot apply ${method} operator: result would exceed maximum length of ${size} characters`;
}

function fits(column: Column, on: Operator["on"]): boolean {
  const { type } = kindOf(column);
  if (on === "non-array" || column.array) return on === "non-array" && column.array;
  if (on === "non-numeric") return ["integer", "bigint", "double"].includes(type);
  if (on === "non-string") return isTextual(column);
  return type === (on === "non-boolean" ? "boolean" : "datetime");
}

/** The values with operators done. */
export function applied(before: Values, set: Values, now: number): Values {
  const done: Record<string, Value> = {};
  for (const [key, value] of Object.entries(set)) {
    const asked = operatorIn(value);
    done[key] = asked ? operators[asked.method]!.run(before[key] ?? null, asked.values, now) : value;
  }
  return done;
}
