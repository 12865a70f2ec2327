// The kinds of column: what each may be made with, how it looks over the wire, what it takes of a row's bytes.
import { flagIn, isObject, type Params, rangeRule, wholeIn } from "./params.ts";
import { badArgument, refuse } from "./refusal.ts";
import type { Column } from "./state.ts";

type Made = Pick<Column, "size" | "min" | "max" | "elements" | "encrypt">;

interface Kind {
  /** Its `type` in an answer. */
  readonly type: string;
  readonly format?: string;
  made(params: Params): Made;
  /** What an answer says besides what all columns say. */
  wire(column: Column): object;
  bytes(column: Column): number;
  /** Characters that it counts in an index. */
  indexed(column: Column): number;
}

export const int32 = 2_147_483_647;
export const int64 = 9_223_372_036_854_775_807n;

const sized = (column: Column): number => {
  const { size = 0 } = column;
  if (size > 16_381) return 20;
  return size * 4 + (size <= 255 ? 1 : 2);
};

const text = (type: string, most?: number, fixed?: number): Kind => ({
  type,
  made: (params) => ({
    size: fixed ?? wholeIn(params, "size", 1, most!),
    encrypt: encryptIn(params, fixed ?? Number(params.size)),
  }),
  wire: ({ size, encrypt = false }) => ({ ...(fixed === undefined && { size }), encrypt }),
  bytes: fixed === undefined ? sized : () => 20,
  indexed: ({ size = 0 }) => size,
});

function encryptIn(params: Params, size: number): boolean {
  const encrypt = flagIn(params, "encrypt", false);
  if (encrypt && size < 150)
    refuse(400, "general_bad_request", "Size too small. Encrypted strings require a minimum size of 150 characters.");
  return encrypt;
}

const whole = (type: string): Kind => ({
  type,
  made: (params) => bounds(params, -int64 - 1n, int64),
  wire: ({ min, max }) => ({ min, max }),
  bytes: ({ max = int64 }) => (type === "bigint" || max > int32 ? 8 : 4),
  indexed: () => 1,
});

function bounds<N extends number | bigint>(params: Params, least: N, most: N) {
  const min = (params.min ?? least) as N;
  const max = (params.max ?? most) as N;
  for (const [name, value] of Object.entries({ min, max }))
    if (typeof value !== "number" && typeof value !== "bigint") badArgument(name, rangeRule(least, most));
  if (min > max) refuse(400, "column_value_invalid", "Minimum value must be lesser than maximum value");
  return { min, max };
}

const formatted = (format: string, size: number): Kind => ({
  type: "string",
  format,
  made: () => ({ size }),
  wire: () => ({ format }),
  bytes: sized,
  indexed: () => size,
});

const plain = (type: string, bytes: number, extra: object = {}): Kind => ({
  type,
  made: () => ({}),
  wire: () => extra,
  bytes: () => bytes,
  indexed: () => 1,
});

const choice: Kind = {
  ...formatted("enum", 255),
  made({ elements }) {
    if (!Array.isArray(elements) || !elements.length || !elements.every((one) => typeof one === "string"))
      return badArgument("elements", "Value must a valid array and Value must be a valid string");
    return { size: 255, elements };
  },
  wire: ({ elements }) => ({ elements, format: "enum" }),
};

const real: Kind = {
  ...plain("double", 8),
  made: (params) => bounds(params, -Number.MAX_VALUE, Number.MAX_VALUE),
  wire: ({ min, max }) => ({ min, max }),
};

export const columnKinds: Readonly<Record<string, Kind>> = {
  string: text("string", 1_073_741_824),
  varchar: text("varchar", 16_381),
  text: text("text", undefined, 65_535),
  mediumtext: text("mediumtext", undefined, 16_777_215),
  longtext: text("longtext", undefined, 2_147_483_647),
  integer: whole("integer"),
  bigint: whole("bigint"),
  float: real,
  boolean: plain("boolean", 1),
  datetime: plain("datetime", 7, { format: "" }),
  enum: choice,
  email: formatted("email", 254),
  url: formatted("url", 2000),
  ip: formatted("ip", 39),
  point: plain("point", 25),
  line: plain("linestring", 12),
  polygon: plain("polygon", 12),
};

/** Kinds that createTable takes in `columns`, by the type they have there. */
export const inlineKinds: Readonly<Record<string, string>> = {
  string: "string",
  integer: "integer",
  bigint: "bigint",
  double: "float",
  boolean: "boolean",
  datetime: "datetime",
  point: "point",
  linestring: "line",
  polygon: "polygon",
};

export const bytesOf = (column: Column): number => (column.array ? 20 : kindOf(column).bytes(column));
export const kindOf = ({ kind }: Column): Kind => columnKinds[kind]!;
export const isTextual = (column: Column): boolean =>
  ["string", "varchar"].includes(kindOf(column).type) || /text$/.test(column.kind);
export const paramsIn = (value: unknown, name: string): Params =>
  isObject(value) ? value : badArgument(name, "Value must be a valid object");
