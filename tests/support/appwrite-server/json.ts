// JSON with whole numbers beyond 2^53, which Appwrite keeps exactly.

interface Source {
  readonly source?: string;
}

type Reviver = (this: unknown, key: string, value: unknown, context?: Source) => unknown;

const exact: Reviver = (_key, value, context) =>
  typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? "")
    ? BigInt(context!.source!)
    : value;

export const parseJson = (text: string): unknown => JSON.parse(text, exact as (key: string, value: unknown) => unknown);

const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

export const writeJson = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) => (typeof one === "bigint" ? rawJSON(String(one)) : one));
