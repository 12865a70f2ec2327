// JSON with whole numbers beyond 2^53, which Appwrite keeps exactly.

interface Source {
  readonly source?: string;
}

type Reviver = (key: string, value: unknown, context?: Source) => unknown;

const exact: Reviver = (_key, value, context) =>
  typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? "")
    ? BigInt(context!.source!)
    : value;

/** Half a surrogate pair is a syntax error to PHP. */
const strict: Reviver = (key, value, context) => {
  if (typeof value === "string" && !value.isWellFormed()) throw new SyntaxError("half a surrogate pair");
  return exact(key, value, context);
};

export const parseJson = (text: string): unknown => JSON.parse(text, exact);

/** A request's body, as PHP reads it. */
export const parseBody = (text: string): unknown => JSON.parse(text, strict);

const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

export const writeJson = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) => (typeof one === "bigint" ? rawJSON(String(one)) : one));
