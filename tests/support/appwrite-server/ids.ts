// Identifiers: what Appwrite takes for one, and those that it makes.
import { randomBytes } from "node:crypto";
import { badArgument } from "./refusal.ts";

const custom = /^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/;
const customRule =
  "Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char";
const pathRule =
  "UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, and underscore. Can't start with a leading underscore";

export const isId = (value: unknown): value is string => typeof value === "string" && custom.test(value);

/** 20 hexadecimal digits, the time in front, as Appwrite makes them. */
export const newId = (now: number): string => Math.floor(now / 1000).toString(16) + randomBytes(6).toString("hex");

/** The id of something that is made; `unique()` asks the server for one. */
export function givenId(name: string, value: unknown, now: number): string {
  if (value === "unique()") return newId(now);
  return isId(value) ? value : badArgument(name, customRule);
}

export const givenKey = (name: string, value: unknown): string => (isId(value) ? value : badArgument(name, customRule));

/** An id in a path, where it names what exists. */
export const pathId = (name: string, value: string): string => (isId(value) ? value : badArgument(name, pathRule));
