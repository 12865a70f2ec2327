// A call's parameters, read as the Bot API does: numbers may come as text, and nested values as JSON in a form field.
import { refuse } from "./refusal.ts";

export type Params = Readonly<Record<string, unknown>>;

export function textOf(params: Params, name: string): string | undefined {
  const value = params[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value.isWellFormed() ? value : refuse(400, "strings must be encoded in UTF-8");
  if (typeof value === "number") return String(value);
  return refuse(400, `field "${name}" must be of type String`);
}

export function numberOf(params: Params, name: string): number | undefined {
  const value = params[name];
  if (value === undefined || value === null || value === "") return undefined;
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isSafeInteger(number))
    return refuse(400, `field "${name}" must be of type Number`);
  return number;
}

export const flagOf = (params: Params, name: string): boolean => params[name] === true || params[name] === "true";

export function objectOf(params: Params, name: string): Params | undefined {
  const value = jsonOf(params[name], name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) return refuse(400, `object expected as ${name}`);
  return value as Params;
}

export function listOf(params: Params, name: string): readonly unknown[] | undefined {
  const value = jsonOf(params[name], name);
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? value : refuse(400, `expected an Array of ${name}`);
}

function jsonOf(value: unknown, name: string): unknown {
  if (typeof value !== "string") return value;
  if (value === "") return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return refuse(400, `can't parse ${name} JSON object`);
  }
}
