// Where clauses as Appwrite's queries on keys, exact whatever the database's collation; short enough for the server.
import { Query } from "node-appwrite";
import type { AnyCollection, Query as Question } from "../../../core/ports/store.ts";
import { type Asked, askedIn, type Comparison, wordsAsked } from "../asking.ts";
import { anyKey, elementKey, noneKey, sortKeyOf } from "./keys.ts";
import { parcelsOf } from "./parcels.ts";
import { type AnyRow, type AppwriteTable, columnOf } from "./table.ts";
import { wordKeysOf, wordsOf } from "./words.ts";

export interface Conditions {
  /** Each a list of queries that must all hold. No row is found by two of them; with none of them nothing is found. */
  readonly alternatives: readonly (readonly string[])[];
  /** What the server could not be asked as well. */
  readonly also?: (row: AnyRow) => boolean;
}

/** Characters of a list's values in one query: the server takes 4096 with everything around them. */
const mostInList = 3_800;
/** Words the server is asked for: it takes 100 queries. */
const mostWords = 40;

export function conditionsOf(
  table: AppwriteTable,
  { where, search }: Pick<Question<AnyCollection>, "where" | "search">,
): Conditions {
  let alternatives: readonly (readonly string[])[] = [[]];
  for (const asked of askedIn(table, where)) {
    const options = optionsOf(asked);
    alternatives = alternatives.flatMap((one) => options.map((option) => [...one, ...option]));
  }
  const words = wordsAsked(table, search);
  if (!words) return { alternatives };
  const keys = wordKeysOf(words);
  if (keys.length === 0) return { alternatives: [] };
  const wanted = keys.slice(0, mostWords).map((key) => Query.contains("words", [key]));
  alternatives = alternatives.map((one) => [...one, ...wanted]);
  return keys.length > mostWords ? { alternatives, also: hasWords(table, keys) } : { alternatives };
}

function hasWords({ collection }: AppwriteTable, keys: readonly string[]) {
  return (row: AnyRow) => {
    const words = wordsOf(collection.search.map((field: string) => row[field]));
    return keys.every((key) => words.includes(key));
  };
}

const comparing: Readonly<Record<Comparison, (column: string, key: string) => string>> = {
  lt: Query.lessThan,
  lte: Query.lessThanEqual,
  gt: Query.greaterThan,
  gte: Query.greaterThanEqual,
};

/** The ways in which one condition can hold. */
function optionsOf(asked: Asked): readonly (readonly string[])[] {
  const { field, kind } = asked;
  const column = columnOf(field);
  if (asked.is === "null") return [[Query.equal(column, noneKey)]];
  if (asked.is === "containing") return [[Query.contains(column, [elementKey(asked.value)!])]];
  if (asked.is === "equal" || asked.is === "in") {
    const values = asked.is === "in" ? asked.values : [asked.value];
    const keys = [...new Set(values.map((value) => sortKeyOf(kind, value)))];
    // After the key of a list stands what is in it.
    if (kind === "json") return keys.map((key) => [Query.startsWith(column, key)]);
    return inQueries(keys).map((some) => [Query.equal(column, some)]);
  }
  const beyond = comparing[asked.is](column, sortKeyOf(kind, asked.value));
  return [asked.is === "lt" || asked.is === "lte" ? [beyond, Query.greaterThanEqual(column, anyKey)] : [beyond]];
}

/** Lists of values that each fit into one query. */
export const inQueries = (values: readonly string[]): string[][] =>
  parcelsOf(values, { sizeOf: ({ length }) => length + 3, mostSize: mostInList });
