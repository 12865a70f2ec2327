// Declares a kind of row once; its tables, indexes and types come from here.
import type { z } from "zod";
import type { Collection } from "../ports/store.ts";

/** @param name the table's name, snake_case. */
export function collection<S extends z.ZodRawShape>(
  name: string,
  shape: z.ZodObject<S>,
  keys: Partial<Pick<Collection<S>, "unique" | "indexes" | "search" | "members" | "often" | "everyCall">> = {},
): Collection<S> {
  const none = { unique: [], indexes: [], search: [], members: [], often: false, everyCall: false };
  return { name, shape, ...none, ...keys };
}
