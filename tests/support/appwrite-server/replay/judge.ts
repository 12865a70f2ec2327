// Whether an answer is the recorded one: status, headers that matter, body.
import { parseJson, writeJson } from "../json.ts";
import { isObject } from "../params.ts";
import { beginning, differences, type Mapping } from "./compare.ts";
import type { Exchange } from "./exchanges.ts";
import type { Answered } from "./target.ts";

/** @returns what differs, in words. */
export function against(
  mapping: Mapping,
  mapped: (text: string) => string,
  { response }: Exchange,
  answered: Answered,
  leftOut: readonly string[],
): string[] {
  if (response.status !== answered.status)
    return [`status ${response.status} was recorded, ${answered.status} is answered: ${writeJson(answered.body)}`];
  const headers = Object.entries({ "content-type": "application/json; charset=UTF-8", ...response.headers })
    .filter(([name, value]) => !leftOut.includes(name) && mapped(value) !== answered.headers.get(name))
    .map(([name, value]) => `header ${name}: ${value} was recorded, ${answered.headers.get(name)} is answered`);
  const expected = parseJson(mapped(writeJson(response.body ?? null)));
  return [...headers, ...bodies(mapping, expected, answered.body, leftOut)];
}

function bodies(mapping: Mapping, expected: unknown, actual: unknown, leftOut: readonly string[]): string[] {
  if (!isObject(expected)) return differences(mapping, expected, actual, leftOut);
  if (expected.binaryBytes !== undefined)
    return Buffer.isBuffer(actual) && actual.length === expected.binaryBytes
      ? []
      : [`body: ${expected.binaryBytes} bytes were recorded`];
  if (!expected._truncated) return differences(mapping, expected, actual, leftOut);
  const start = beginning(String(expected.head));
  if (!start || !isObject(actual)) return [];
  const rows = (actual.rows as readonly unknown[]).slice(0, start.rows.length);
  return differences(mapping, start, { ...actual, rows }, leftOut);
}
