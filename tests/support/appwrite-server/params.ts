// Parameters of a request, checked with Appwrite's own sentences.
import { badArgument } from "./refusal.ts";

export type Params = Readonly<Record<string, unknown>>;

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

export const rangeRule = (min: number | bigint, max: number | bigint): string =>
  `Value must be a valid range between ${grouped.format(min)} and ${grouped.format(max)}`;

export const isObject = (value: unknown): value is Params =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function wholeIn(params: Params, name: string, min: number, max: number, absent?: number): number {
  const value = params[name] ?? absent;
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
  return badArgument(name, rangeRule(min, max));
}

/** 256 characters at most, as names are. */
export function textIn(params: Params, name: string, absent?: string): string {
  const value = params[name] ?? absent;
  if (value === undefined) return badArgument(name, "Param is not optional.");
  if (typeof value === "string" && value.length >= 1 && [...value].length <= 128) return value;
  return badArgument(name, "Value must be a valid string and at least 1 chars and no longer than 128 chars");
}

export function flagIn(params: Params, name: string, absent: boolean): boolean {
  const value = params[name] ?? absent;
  return typeof value === "boolean" ? value : badArgument(name, "Value must be a valid boolean");
}

export function textsIn(params: Params, name: string, absent: readonly string[] = []): readonly string[] {
  const value = params[name] ?? absent;
  if (Array.isArray(value) && value.length <= 100 && value.every((one) => typeof one === "string"))
    return value as string[];
  return badArgument(name, "Value must a valid array no longer than 100 items and Value must be a valid string");
}
