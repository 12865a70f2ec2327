// Whether a row is what a filter asks for, as MariaDB compares.
import { wireTime } from "./clock.ts";
import { kindOf } from "./column-kinds.ts";
import { instantOf } from "./datetime.ts";
import { cellOf } from "./indexes.ts";
import type { Filter } from "./parse-query.ts";
import { searcher } from "./search.ts";
import type { Collation, Row, Table, Value } from "./state.ts";
import { fourteenDigits } from "./values.ts";

export type Matches = (row: Row) => boolean;

/** @param rounded floats of the query keep 14 digits, as they do when rows are counted. */
export function matcher(table: Table, filters: readonly Filter[], rounded = false): Matches {
  const all = filters.map((filter) => one(table, filter, rounded));
  return (row) => all.every((matches) => matches(row));
}

function one(table: Table, filter: Filter, rounded: boolean): Matches {
  const { method, attribute, parts } = filter;
  if (method === "and") return matcher(table, parts, rounded);
  if (method === "or") {
    const some = parts.map((part) => one(table, part, rounded));
    return (row) => some.some((matches) => matches(row));
  }
  const values = filter.values.map((value) => comparable(table, attribute, value, rounded));
  const test = tests(table, attribute, values)[method]!;
  if (method === "isNull" || method === "isNotNull") return (row) => test(cellOf(row, attribute));
  return (row) => {
    const value = cellOf(row, attribute);
    return value !== null && test(value);
  };
}

function comparable(table: Table, attribute: string, value: Value, rounded: boolean): Value {
  const column = table.columns.get(attribute);
  const type = column ? kindOf(column).type : attribute.endsWith("At") ? "datetime" : "";
  if (type === "datetime" && typeof value === "string") return wireTime(instantOf(value, Date.now())!);
  if (attribute === "$sequence") return Number(value);
  return rounded && typeof value === "number" ? fourteenDigits(value) : value;
}

type Test = (value: Value) => boolean;

function tests(table: Table, attribute: string, values: readonly Value[]): Readonly<Record<string, Test>> {
  const { collation } = table.database;
  const against = (value: Value) => compareValues(collation, value, values[0]!);
  const equal: Test = anyOf(collation, values);
  const between: Test = (value) => against(value) >= 0 && compareValues(collation, value, values[1]!) <= 0;
  const array = table.columns.get(attribute)?.array ?? false;
  const contains = array ? anyElement(values) : anyPart(collation, values);
  const starts: Test = (value) => keyed(collation, value).startsWith(keyed(collation, values[0]!));
  const ends: Test = (value) => keyed(collation, value).endsWith(keyed(collation, values[0]!));
  const found = searcher(String(values[0] ?? ""));
  const search: Test = (value) => found(String(value));
  const not =
    (test: Test): Test =>
    (value) =>
      !test(value);
  return {
    equal,
    notEqual: not(equal),
    lessThan: (value) => against(value) < 0,
    lessThanEqual: (value) => against(value) <= 0,
    greaterThan: (value) => against(value) > 0,
    greaterThanEqual: (value) => against(value) >= 0,
    between,
    notBetween: not(between),
    isNull: (value) => value === null,
    isNotNull: (value) => value !== null,
    startsWith: starts,
    notStartsWith: not(starts),
    endsWith: ends,
    notEndsWith: not(ends),
    contains,
    containsAny: contains,
    containsAll: (value) => values.every((wanted) => (value as readonly Value[]).includes(wanted)),
    notContains: not(contains),
    search,
    notSearch: not(search),
  };
}

const keyed = (collation: Collation, value: Value): string => collation.key(String(value));

function anyOf(collation: Collation, values: readonly Value[]): Test {
  const wanted = new Set(values.map((value) => (typeof value === "string" ? collation.key(value) : value)));
  return (value) => wanted.has(typeof value === "string" ? collation.key(value) : value);
}

const anyElement =
  (values: readonly Value[]): Test =>
  (value) =>
    Array.isArray(value) && values.some((wanted) => value.includes(wanted));

const anyPart =
  (collation: Collation, values: readonly Value[]): Test =>
  (value) =>
    values.some((wanted) => keyed(collation, value).includes(keyed(collation, wanted)));

/** Nulls come first. */
export function compareValues(collation: Collation, one: Value, other: Value): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  if (Array.isArray(one)) return collation.compare(JSON.stringify(one), JSON.stringify(other));
  if (typeof one === "string" && typeof other === "string") return collation.compare(one, other);
  return one < other ? -1 : one > other ? 1 : 0;
}
