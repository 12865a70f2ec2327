// Queries as the SDK sends them (`{"method","attribute","values"}` as text), read and checked against the table.
import { isTextual, kindOf } from "./column-kinds.ts";
import { instantOf } from "./datetime.ts";
import { parseJson } from "./json.ts";
import { isObject, type Params, rangeRule } from "./params.ts";
import { badArgument, badQuery } from "./refusal.ts";
import type { Column, Table, Value } from "./state.ts";

export interface Filter {
  readonly method: string;
  readonly attribute: string;
  readonly values: readonly Value[];
  /** Of `and` and `or`. */
  readonly parts: readonly Filter[];
}

export interface Order {
  readonly attribute: string;
  readonly descending: boolean;
}

export interface Query {
  readonly filters: readonly Filter[];
  readonly orders: readonly Order[];
  readonly random: boolean;
  readonly limit: number;
  readonly offset: number;
  readonly cursor: { readonly id: string; readonly before: boolean } | undefined;
  /** Whether rows were limited by the caller. */
  readonly limited: boolean;
  /** The columns that were selected, out of a row as it goes over the wire. */
  pick(row: object): object;
}

interface Parsed {
  readonly method: string;
  readonly attribute: string;
  readonly values: readonly unknown[];
}

const mostQueries = 100;
const mostLetters = 4_096;
const mostValues = 500;
const internal = ["$id", "$sequence", "$createdAt", "$updatedAt", "$permissions", "$databaseId", "$tableId"];
const paging = ["limit", "offset", "cursorAfter", "cursorBefore", "orderAsc", "orderDesc", "orderRandom", "select"];
const comparing = ["equal", "notEqual", "lessThan", "lessThanEqual", "greaterThan", "greaterThanEqual"];
const ranging = ["between", "notBetween"];
const nulling = ["isNull", "isNotNull"];
const edges = ["startsWith", "endsWith", "notStartsWith", "notEndsWith"];
const containing = ["contains", "notContains", "containsAny", "containsAll"];
const searching = ["search", "notSearch"];
const joining = ["and", "or"];
const unary = [...nulling, "exists", "notExists"];
const known = [...paging, ...comparing, ...ranging, ...unary, ...edges, ...containing, ...searching, ...joining];

export function queriesIn(table: Table, params: Params): Query {
  const parsed = textsOf(params.queries).map(parsedQuery);
  const of = (...methods: readonly string[]) => parsed.filter(({ method }) => methods.includes(method));
  const cursor = of("cursorAfter", "cursorBefore")[0];
  const limits = of("limit");
  const orders = of("orderAsc", "orderDesc").map(({ method, attribute }) => ({
    attribute: knownIn(table, attribute || "$sequence"),
    descending: method === "orderDesc",
  }));
  const selected = of("select").flatMap(({ values }) => values.map((name) => selectable(table, String(name))));
  return {
    filters: parsed.filter(({ method }) => !paging.includes(method)).map((query) => filterOf(table, query)),
    orders,
    random: of("orderRandom").length > 0,
    limit: limits.length ? countOf(limits[0]!, "limit", 1) : 25,
    offset: of("offset").length ? countOf(of("offset")[0]!, "offset", 0) : 0,
    cursor: cursor && { id: String(cursor.values[0]), before: cursor.method === "cursorBefore" },
    limited: limits.length > 0,
    pick: (row) => picked(row, selected),
  };
}

function textsOf(given: unknown): readonly string[] {
  const list = given ?? [];
  if (
    Array.isArray(list) &&
    list.length <= mostQueries &&
    list.every((one) => typeof one === "string" && one.length >= 1 && [...one].length <= mostLetters)
  )
    return list as string[];
  return badArgument(
    "queries",
    `Value must a valid array no longer than ${mostQueries} items and Value must be a valid string and at least 1 chars and no longer than ${mostLetters} chars`,
  );
}

function parsedQuery(text: string): Parsed {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    return badQuery("Invalid query: Syntax error");
  }
  return parsedObject(value);
}

function parsedObject(value: unknown): Parsed {
  if (!isObject(value)) return badQuery("Invalid query. Must be an array, got string");
  const { method, attribute = "", values = [] } = value;
  if (typeof method !== "string" || !known.includes(method)) return badQuery(`Invalid query method: ${String(method)}`);
  if (typeof attribute !== "string") return badQuery("Invalid query attribute. Must be a string");
  if (!Array.isArray(values)) return badQuery("Invalid query values. Must be an array");
  return { method, attribute, values };
}

function countOf({ values }: Parsed, name: string, least: number): number {
  const [value] = values;
  if (typeof value === "number" && Number.isInteger(value) && value >= least) return value;
  return badQuery(`Invalid query: Invalid ${name}: ${rangeRule(least, 9_223_372_036_854_775_807n)}`);
}

function knownIn(table: Table, name: string): string {
  if (internal.includes(name) || table.columns.get(name)?.status === "available") return name;
  return badQuery(`Invalid query: Attribute not found in schema: ${name}`);
}

const selectable = (table: Table, name: string): string => (name === "*" ? name : knownIn(table, name));

function picked(row: object, selected: readonly string[]): object {
  if (!selected.length || selected.includes("*")) return row;
  return Object.fromEntries(Object.entries(row).filter(([key]) => selected.includes(key) || internal.includes(key)));
}

function filterOf(table: Table, { method, attribute, values }: Parsed): Filter {
  if (joining.includes(method)) return joined(table, method, values);
  knownIn(table, attribute);
  const label = method[0]!.toUpperCase() + method.slice(1);
  if (!unary.includes(method) && !values.length)
    badQuery(`Invalid query: ${label} queries require at least one value.`);
  if (ranging.includes(method) && values.length !== 2)
    badQuery(`Invalid query: ${label} queries require exactly two values.`);
  if (values.length > mostValues)
    badQuery(`Invalid query: Query on attribute has greater than ${mostValues} values: ${attribute}`);
  checkUse(table, method, attribute);
  return { method, attribute, parts: [], values: values.map((value) => valueIn(table, attribute, value)) };
}

function joined(table: Table, method: string, values: readonly unknown[]): Filter {
  const name = method === "or" ? "Or" : "And";
  if (values.length < 2) badQuery(`Invalid query: ${name} queries require at least two queries`);
  const parts = values.map((value) =>
    filterOf(table, typeof value === "string" ? parsedQuery(value) : parsedObject(value)),
  );
  return { method, attribute: "", values: [], parts };
}

function checkUse(table: Table, method: string, attribute: string): void {
  const column = table.columns.get(attribute);
  if (column?.encrypt) badQuery(`Invalid query: Cannot query encrypted attribute: ${attribute}`);
  if (column?.array && ![...containing, ...nulling].includes(method))
    badQuery(`Invalid query: Cannot query ${method} on attribute "${attribute}" because it is an array.`);
  if (column && containing.includes(method) && !column.array && !textual(column))
    badQuery(
      `Invalid query: Cannot query ${method} on attribute "${attribute}" because it is not an array, string, or object.`,
    );
  if (searching.includes(method) && ![...table.indexes.values()].some((index) => searches(index, attribute)))
    badQuery(`Searching by attribute "${attribute}" requires a fulltext index.`);
}

const textual = (column: Column): boolean => isTextual(column) || kindOf(column).type === "string";

const searches = (
  { type, status, columns }: { type: string; status: string; columns: readonly string[] },
  name: string,
) => type === "fulltext" && status === "available" && columns.length === 1 && columns[0] === name;

function valueIn(table: Table, attribute: string, value: unknown): Value {
  const column = table.columns.get(attribute);
  const type = column ? kindOf(column).type : (internalTypes[attribute] ?? "string");
  if (fitting(type, value)) return value as Value;
  return badQuery(`Invalid query: Query value is invalid for attribute "${attribute}"`);
}

const internalTypes: Readonly<Record<string, string>> = {
  $createdAt: "datetime",
  $updatedAt: "datetime",
  $sequence: "id",
};

function fitting(type: string, value: unknown): boolean {
  if (type === "integer" || type === "bigint") return typeof value === "bigint" || Number.isInteger(value);
  if (type === "double") return typeof value === "number" || typeof value === "bigint";
  if (type === "boolean") return typeof value === "boolean";
  if (type === "datetime") return typeof value === "string" && instantOf(value, Date.now()) !== undefined;
  if (type === "id") return typeof value === "string" || Number.isInteger(value);
  return typeof value === "string";
}
