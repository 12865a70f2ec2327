// Whether a row fits its table: required columns, unknown ones, types, sizes and ranges, in Appwrite's words.
import { isIP } from "node:net";
import { int32, int64, kindOf } from "./column-kinds.ts";
import { instantOf } from "./datetime.ts";
import { operatorFault, operatorIn } from "./operators.ts";
import { rangeRule } from "./params.ts";
import { badStructure } from "./refusal.ts";
import type { Column, Table, Value, Values } from "./state.ts";

/** @param before what operators among the values go on from; texts that look like one are texts where it is absent. @throws Refusal row_invalid_structure */
export function checkStructure(table: Table, values: Values, now: number, before?: Values): void {
  const columns = [...table.columns.values()].filter(({ status }) => status !== "processing");
  for (const { key, required } of columns)
    if (required && (values[key] ?? null) === null) badStructure(`Missing required attribute "${key}"`);
  for (const key of Object.keys(values)) {
    const column = table.columns.get(key);
    if (!column || column.status === "processing") badStructure(`Unknown attribute: "${key}"`);
  }
  for (const column of columns) {
    const fault = valueFault(column, values[column.key] ?? null, now, before);
    if (fault) badStructure(fault);
  }
}

/** Of a value or of an operator. */
export function valueFault(column: Column, value: Value, now: number, before?: Values): string | undefined {
  const asked = before && operatorIn(value);
  if (asked) return operatorFault(column, before[column.key] ?? null, asked, now);
  return structureFault(column, value, now);
}

/** Why the value does not fit, or undefined. */
export function structureFault(column: Column, value: Value, now: number): string | undefined {
  if (value === null) return undefined;
  if (!column.array || kindOf(column).type === "point") return scalarFault(column, column.key, value, now);
  if (!Array.isArray(value)) return `Attribute "${column.key}" must be an array`;
  for (const [at, one] of value.entries()) {
    const fault = one === null ? undefined : scalarFault(column, `${column.key}['${at}']`, one, now);
    if (fault) return fault;
  }
  return undefined;
}

function scalarFault(column: Column, name: string, value: unknown, now: number): string | undefined {
  const type = typeRule(column, value, now);
  if (type) return `Attribute "${name}" has invalid type. ${type}`;
  const format = formatRule(column, value);
  return format && `Attribute "${name}" has invalid format. ${format}`;
}

type Rule = (column: Column, value: unknown, now: number) => string | undefined;

const textRule: Rule = ({ size = 0 }, value) =>
  typeof value === "string" && (value.length <= size || [...value].length <= size)
    ? undefined
    : `Value must be a valid string and no longer than ${size} chars`;

const isWhole = (value: unknown): value is number | bigint =>
  typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value));

const grouped = new Intl.NumberFormat("en-US");

const signed = (bits: number, most: number | bigint, least: number | bigint) =>
  `Value must be a valid signed ${bits}-bit integer between ${grouped.format(least)} and ${grouped.format(most)}`;

const wholeRule: Rule = ({ kind, min, max }, value) => {
  const wide = kind === "bigint" || (max !== undefined && max > int32);
  if (!isWhole(value)) {
    if (wide) return signed(64, int64, -int64 - 1n);
    return min === undefined ? signed(32, int32, -int32 - 1) : undefined;
  }
  if (wide && (value > int64 || value < -int64 - 1n)) return signed(64, int64, -int64 - 1n);
  if (!wide && min === undefined && (value > int32 || value < -int32 - 1)) return signed(32, int32, -int32 - 1);
  if (!wide && min === undefined && value < -int32) return rangeRule(-int32, int32);
  return undefined;
};

const realRule: Rule = (_column, value) =>
  typeof value === "number" || typeof value === "bigint" ? undefined : "Value must be a valid float";

const flagRule: Rule = (_column, value) => (typeof value === "boolean" ? undefined : "Value must be a valid boolean");

const timeRule: Rule = (_column, value, now) =>
  typeof value === "string" && instantOf(value, now) !== undefined
    ? undefined
    : "Value must be valid date between 1000-01-01 00:00:00 and 9999-12-31 23:59:59.";

const placeRule: Rule = (_column, value) =>
  Array.isArray(value) && value.length === 2 ? undefined : "Value must be an array of two numeric values [x, y]";

const typeRules: Readonly<Record<string, Rule>> = {
  integer: wholeRule,
  bigint: wholeRule,
  double: realRule,
  boolean: flagRule,
  datetime: timeRule,
  point: placeRule,
};

const typeRule: Rule = (column, value, now) => (typeRules[kindOf(column).type] ?? textRule)(column, value, now);

function formatRule(column: Column, value: unknown): string | undefined {
  const { format, type } = kindOf(column);
  if (format) return formatRules[format]!(value as string, column);
  const { min, max } = column;
  if (min === undefined || max === undefined) return undefined;
  if (type === "integer" && !isWhole(value)) return signed(32, int32, -int32 - 1);
  return (value as number) >= min && (value as number) <= max ? undefined : rangeRule(min, max);
}

const formatRules: Readonly<Record<string, (value: string, column: Column) => string | undefined>> = {
  enum: (value, { elements = [] }) =>
    elements.includes(value) ? undefined : `Value must be one of (${elements.join(", ")})`,
  email: (value) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? undefined : "Value must be a valid email address"),
  url: (value) => (URL.canParse(value) ? undefined : "Value must be a valid URL"),
  ip: (value) => (isIP(value) ? undefined : "Value must be a valid IP address"),
};
