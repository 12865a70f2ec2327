// What a caller gives of a row: its columns, and what of the row itself an API key may set.
import { instantOf } from "./datetime.ts";
import { parseJson } from "./json.ts";
import { isObject, type Params } from "./params.ts";
import { onRows, permissionsIn } from "./permissions.ts";
import { badArgument, badStructure } from "./refusal.ts";
import type { Values } from "./state.ts";

export interface Given {
  readonly data: Params;
  readonly permissions: readonly string[] | undefined;
  /** Epoch ms. */
  readonly createdAt: number | undefined;
  readonly updatedAt: number | undefined;
}

const own = ["$id", "$permissions", "$createdAt", "$updatedAt", "$sequence", "$databaseId", "$tableId"];

/** @param withKey what a guest says of the row's times is left aside. */
export function givenRow(data: Params, permissions: unknown, withKey: boolean): Given {
  return {
    data,
    permissions: permissionsIn(permissions, onRows),
    createdAt: withKey ? timeIn(data, "$createdAt") : undefined,
    updatedAt: withKey ? timeIn(data, "$updatedAt") : undefined,
  };
}

function timeIn(data: Params, name: string): number | undefined {
  const value = data[name] ?? undefined;
  if (value === undefined) return undefined;
  const at = typeof value === "string" ? instantOf(value, Date.now()) : undefined;
  return at ?? badStructure(`Attribute "${name}" has invalid type. Value must be a valid date`);
}

export const columnsGiven = ({ data }: Given): Values =>
  Object.fromEntries(Object.entries(data).filter(([key]) => !own.includes(key))) as Values;

function objectIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** `data` as an object, or as the text of one; empty where it is absent. */
export function dataIn(params: Params): Params {
  const data = typeof params.data === "string" ? objectIn(params.data) : (params.data ?? {});
  if (isObject(data)) return data;
  return Array.isArray(data) && data.length === 0 ? {} : badArgument("data", "Value must be a valid JSON object");
}
