// Operators: texts in a row's data that say how to change a column (`{"method":"increment","values":[5]}`).
import { parseJson } from "./json.ts";
import { isObject } from "./params.ts";
import type { Table, Value, Values } from "./state.ts";

type Operator = (before: Value, values: readonly Value[], now: number) => Value;

export const operators: Readonly<Record<string, Operator>> = {};

export function applyOperators(_table: Table, before: Values, set: Values, now: number): Values {
  const changed: Record<string, Value> = {};
  for (const [key, value] of Object.entries(set)) {
    const operator = operatorIn(value);
    changed[key] = operator ? operator.run(before[key] ?? null, operator.values, now) : value;
  }
  return changed;
}

function operatorIn(value: Value): { run: Operator; values: readonly Value[] } | undefined {
  if (typeof value !== "string" || !value.startsWith("{")) return undefined;
  try {
    const parsed = parseJson(value);
    const run = isObject(parsed) ? operators[String(parsed.method)] : undefined;
    return run && isObject(parsed) ? { run, values: (parsed.values ?? []) as Value[] } : undefined;
  } catch {
    return undefined;
  }
}
