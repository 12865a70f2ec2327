// Keys: short texts of a-z and 0-9 that compare as the values do, whatever the server's database makes of case and accents.
import { createHash } from "node:crypto";
import type { Kind } from "../fields.ts";

/** Of null and absent: the lowest. */
export const noneKey = "0";
/** What every other key begins with, so that comparisons can leave out null. */
export const anyKey = "1";

/** Texts of more bytes than this are told apart, but those that begin alike stand in an order of their own. */
export const orderedBytes = 64;
const digestLength = 32;
/** Characters of the longest key. */
export const longestKey = 1 + 2 * orderedBytes + 1 + digestLength;

/** For a value that fits its field; of JSON only as a whole. */
export function sortKeyOf(kind: Kind, value: unknown): string {
  if (value === null || value === undefined) return noneKey;
  return (
    anyKey + { text: textKey, integer: numberKey, real: numberKey, boolean: booleanKey, json: jsonKey }[kind](value)
  );
}

function textKey(value: unknown): string {
  const bytes = Buffer.from(value as string);
  if (bytes.length <= orderedBytes) return bytes.toString("hex");
  return `${bytes.toString("hex", 0, orderedBytes)}g${digestOf(bytes, digestLength)}`;
}

/** The bits of an IEEE 754 double order as the number does once the sign is turned, and for negative ones all of them. */
function numberKey(value: unknown): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE((value as number) + 0);
  if (bytes[0]! & 0x80) for (let at = 0; at < 8; at++) bytes[at]! ^= 0xff;
  else bytes[0]! ^= 0x80;
  return bytes.toString("hex");
}

const booleanKey = (value: unknown): string => (value ? "1" : "0");
const jsonKey = (value: unknown): string => digestOf(JSON.stringify(value), digestLength);

/** A list also says what is in it, after the key of the whole: `t61z`, `nc000…z`. */
export function listKey(value: unknown): string {
  if (!Array.isArray(value)) return sortKeyOf("json", value);
  const elements = new Set(value.flatMap((element) => elementKey(element) ?? []));
  return [sortKeyOf("json", value), ...elements].join("");
}

/** Between letters that are in no key. Undefined for what no list is asked for. */
export function elementKey(element: unknown): string | undefined {
  if (typeof element === "string") return `t${textKey(element)}z`;
  if (typeof element === "number") return `n${numberKey(element)}z`;
  return typeof element === "boolean" ? `u${booleanKey(element)}z` : undefined;
}

/** The id under which a unique key is held; undefined when a null among the values puts the row outside the rule. */
export function claimOf(collection: string, key: readonly string[], row: Readonly<Record<string, unknown>>) {
  const values = key.map((field) => row[field]);
  if (values.some((value) => value === null || value === undefined)) return undefined;
  const exact = values.map((value) => (typeof value === "string" ? value.toWellFormed() : value));
  return digestOf(JSON.stringify([collection, key, exact]), 36);
}

export const digestOf = (what: string | Buffer, length: number): string =>
  createHash("sha256").update(what).digest("hex").slice(0, length);
