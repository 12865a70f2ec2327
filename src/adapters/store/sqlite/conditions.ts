// Where clauses: conditions on fields and full-text search, as SQL with its parameters.
import { type Asked, askedIn, type Comparison, wordsAsked } from "../asking.ts";
import { type Cell, encode, quoted, searchTable, type Table } from "./table.ts";

/** Conditions that must all hold; parameters in the order of their marks. */
export interface Clause {
  readonly sql: readonly string[];
  readonly cells: readonly Cell[];
}

type Add = (sql: string, ...cells: readonly Cell[]) => void;

const signs: Readonly<Record<Comparison, string>> = { lt: "<", lte: "<=", gt: ">", gte: ">=" };

/** @throws AppError `invalid` for a question that makes no sense. */
export function clauseOf(table: Table, where?: Readonly<Record<string, unknown>>, search?: string): Clause {
  const sql: string[] = [];
  const cells: Cell[] = [];
  const add: Add = (part, ...values) => {
    sql.push(part);
    cells.push(...values);
  };
  for (const asked of askedIn(table, where)) condition(table, asked, add);
  const words = wordsAsked(table, search);
  if (words) matching(table, words, add);
  return { sql, cells };
}

function condition(table: Table, asked: Asked, add: Add): void {
  const column = quoted(asked.field);
  if (asked.is === "null") add(`${column} IS NULL`);
  else if (asked.is === "equal") add(`${column} = ?`, encode(asked.kind, asked.value));
  else if (asked.is === "in")
    oneOf(
      column,
      asked.values.map((value) => encode(asked.kind, value)),
      add,
    );
  else if (asked.is === "containing") containing(table, asked.field, asked.value, add);
  else add(`${column} ${signs[asked.is]} ?`, encode(asked.kind, asked.value));
}

/** Lists are filled up to a power of two with their last value, so that few statements serve all lengths. */
function oneOf(column: string, cells: Cell[], add: Add): void {
  const size = cells.length && 2 ** Math.ceil(Math.log2(cells.length));
  while (cells.length < size) cells.push(cells.at(-1)!);
  add(`${column} IN (${cells.map(() => "?").join(",")})`, ...cells);
}

function containing(table: Table, field: string, element: string | number | boolean, add: Add): void {
  const type = typeof element;
  const types = type === "boolean" ? `type = '${element}'` : `type ${type === "string" ? "=" : "<>"} 'text'`;
  const same = type === "boolean" ? types : `${types} AND type NOT IN ('true', 'false') AND atom = ?`;
  const cells = type === "boolean" ? [] : [element as Cell];
  add(`EXISTS (SELECT 1 FROM json_each(${quoted(table.name)}.${quoted(field)}) WHERE ${same})`, ...cells);
}

/** A search of nothing but what is not looked for finds nothing. */
function matching(table: Table, words: readonly string[], add: Add): void {
  const name = searchTable(table.name);
  const query = words.map((word) => `"${word}"*`).join(" ");
  add(`_n IN (SELECT rowid FROM ${name} WHERE ${name} MATCH ?)`, query || `""`);
}
