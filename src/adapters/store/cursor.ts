// Cursors: where a page ended, as text that callers only hand back.
import { AppError } from "../../core/errors.ts";
import type { Kind } from "./fields.ts";
import { storeTexts } from "./texts.ts";

export interface Order {
  readonly field: string;
  readonly direction: "asc" | "desc";
}

/** The last row of a page: its id and, unless it was ordered by id, the (encoded) value of the field. */
export interface Position {
  readonly id: string;
  readonly value: string | number | null;
}

export const writeCursor = ({ field, direction }: Order, { id, value }: Position): string =>
  Buffer.from(JSON.stringify([field, direction, id, value])).toString("base64url");

/** @throws AppError `invalid` for what was not written for this order. */
export function readCursor(cursor: string, order: Order, kind: Kind): Position {
  const parts = parse(cursor);
  if (!Array.isArray(parts) || parts.length !== 4) throw malformed();
  const [field, direction, id, value] = parts as readonly unknown[];
  if (field !== order.field || direction !== order.direction || typeof id !== "string") throw malformed();
  if (value !== null && typeof value !== (kind === "text" ? "string" : "number")) throw malformed();
  return { id, value: value as Position["value"] };
}

const malformed = () => new AppError("invalid", storeTexts.say("cursor"));

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    throw malformed();
  }
}
