// A collection as SQLite keeps it: its columns, and rows on their way in and out.
import type { SQLOutputValue } from "node:sqlite";
import type { AnyCollection, Base } from "../../../core/ports/store.ts";
import { type Declared, declarationOf } from "../declared.ts";
import type { Field, Kind } from "../fields.ts";

export type Cell = string | number | null;

export interface Table extends Declared {
  /** The columns a row is read from, in the order `decode` expects. */
  readonly columns: string;
  readonly selectById: string;
  /** Takes the id and the fields in their order. */
  readonly insertion: string;
  decode(cells: readonly SQLOutputValue[]): Base & Record<string, unknown>;
}

export const quoted = (name: string): string => `"${name}"`;
export const searchTable = (collection: string): string => quoted(`_${collection}_search`);

export const columnTypes: Readonly<Record<Kind, string>> = {
  text: "TEXT",
  integer: "INTEGER",
  real: "REAL",
  boolean: "INTEGER",
  json: "TEXT",
};

export function tableOf(collection: AnyCollection): Table {
  const declared = declarationOf(collection);
  const { fields } = declared;
  const columns = ["id", "rev", ...fields.map((each) => each.name)].map(quoted).join(", ");
  return {
    ...declared,
    columns,
    selectById: `SELECT ${columns} FROM ${quoted(collection.name)} WHERE id = ?`,
    insertion: `INSERT INTO ${quoted(collection.name)} (${columns}) VALUES (?, 1${", ?".repeat(fields.length)})`,
    decode: decoder(fields),
  };
}

/** For a value that fits its field. */
export function encode(kind: Kind, value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (kind === "json") return JSON.stringify(value) ?? null;
  if (kind === "boolean") return value ? 1 : 0;
  return value as Cell;
}

export function decodeCell(kind: Kind, cell: SQLOutputValue): unknown {
  if (cell === null) return null;
  if (kind === "json") return JSON.parse(cell as string);
  return kind === "boolean" ? cell === 1 : cell;
}

/** Rows are typed, not parsed again: nothing gets into the file but through the shape. */
function decoder(fields: readonly Field[]): Table["decode"] {
  const length = fields.length;
  const names = fields.map((field) => field.name);
  const kinds = fields.map((field) => field.kind);
  const absent = fields.map((field) => field.empty !== "null");
  return (cells) => {
    const row: Record<string, unknown> = { id: cells[0], rev: cells[1] };
    for (let at = 0; at < length; at++) {
      const cell = cells[at + 2]!;
      if (cell !== null) row[names[at]!] = decodeCell(kinds[at]!, cell);
      else if (!absent[at]) row[names[at]!] = null;
    }
    return row as Base & Record<string, unknown>;
  };
}
