// Where clauses: conditions on fields and full-text search, as SQL with its parameters.
import { AppError } from "../../../core/errors.ts";
import type { Kind } from "../fields.ts";
import { storeTexts } from "../texts.ts";
import { type Cell, encode, quoted, searchTable, type Table } from "./table.ts";

/** Conditions that must all hold; parameters in the order of their marks. */
export interface Clause {
  readonly sql: readonly string[];
  readonly cells: readonly Cell[];
}

type Add = (sql: string, ...cells: readonly Cell[]) => void;

const comparisons: Readonly<Record<string, string>> = { lt: "<", lte: "<=", gt: ">", gte: ">=" };

export function unanswerable(table: Table, field: string): AppError {
  return new AppError("invalid", storeTexts.say("question", { collection: table.name, field }), {
    detail: { collection: table.name, key: field },
  });
}

/** @throws AppError `invalid` for a field that isn't there or a value of another kind. */
export function kindOfColumn(table: Table, field: string): Kind {
  if (field === "id") return "text";
  const known = table.field.get(field);
  if (!known) throw unanswerable(table, field);
  return known.kind;
}

/** A field given as undefined is no condition. */
export function clauseOf(table: Table, where: Readonly<Record<string, unknown>> = {}, search?: string): Clause {
  const sql: string[] = [];
  const cells: Cell[] = [];
  const add: Add = (part, ...values) => {
    sql.push(part);
    cells.push(...values);
  };
  for (const field of Object.keys(where)) if (where[field] !== undefined) condition(table, field, where[field], add);
  if (search?.trim()) matching(table, search, add);
  return { sql, cells };
}

function condition(table: Table, field: string, wanted: unknown, add: Add): void {
  const kind = kindOfColumn(table, field);
  const column = quoted(field);
  if (wanted === null) add(`${column} IS NULL`);
  else if (typeof wanted === "object" && !Array.isArray(wanted)) operators(table, field, kind, wanted, add);
  else add(`${column} = ?`, cellOf(table, field, kind, wanted));
}

function operators(table: Table, field: string, kind: Kind, wanted: object, add: Add): void {
  const entries = Object.entries(wanted);
  if (entries.length === 0) throw unanswerable(table, field);
  for (const [operator, value] of entries) {
    const comparison = comparisons[operator];
    if (operator === "in" && Array.isArray(value)) oneOf(table, field, kind, value, add);
    else if (operator === "contains" && kind === "json") containing(table, field, value, add);
    else if (!comparison || kind === "json") throw unanswerable(table, field);
    else if (value !== undefined) add(`${quoted(field)} ${comparison} ?`, cellOf(table, field, kind, value));
  }
}

/** Lists are filled up to a power of two with their last value, so that few statements serve all lengths. */
function oneOf(table: Table, field: string, kind: Kind, values: readonly unknown[], add: Add): void {
  const cells = values.map((value) => cellOf(table, field, kind, value));
  const size = cells.length && 2 ** Math.ceil(Math.log2(cells.length));
  while (cells.length < size) cells.push(cells.at(-1)!);
  add(`${quoted(field)} IN (${cells.map(() => "?").join(",")})`, ...cells);
}

function containing(table: Table, field: string, element: unknown, add: Add): void {
  const kind = { string: "text", number: "real", boolean: "boolean" }[typeof element as string];
  if (!kind) throw unanswerable(table, field);
  const types = kind === "boolean" ? `type = '${element}'` : `type ${kind === "text" ? "=" : "<>"} 'text'`;
  const same = kind === "boolean" ? types : `${types} AND type NOT IN ('true', 'false') AND atom = ?`;
  const cells = kind === "boolean" ? [] : [element as Cell];
  add(`EXISTS (SELECT 1 FROM json_each(${quoted(table.name)}.${quoted(field)}) WHERE ${same})`, ...cells);
}

function cellOf(table: Table, field: string, kind: Kind, value: unknown): Cell {
  const type = { text: "string", integer: "number", real: "number", boolean: "boolean", json: "object" }[kind];
  const fits = kind === "json" ? value !== undefined : typeof value === type;
  if (!fits || value === null || Number.isNaN(value)) throw unanswerable(table, field);
  return encode(kind, value);
}

/** What holds no letter or digit is not looked for; a search of nothing else finds nothing. */
function matching(table: Table, search: string, add: Add): void {
  if (table.collection.search.length === 0) throw unanswerable(table, "search");
  const words = search.toWellFormed().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const name = searchTable(table.name);
  const query = [...new Set(words)].map((word) => `"${word}"*`).join(" ");
  add(`_n IN (SELECT rowid FROM ${name} WHERE ${name} MATCH ?)`, query || `""`);
}
