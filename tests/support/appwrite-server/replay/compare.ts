// Compares what was answered with what was recorded: everything but ids the server makes, instants, and what races.
import { isObject } from "../params.ts";

/** What recorded ids and instants are on the server at hand. */
export interface Mapping {
  readonly ids: Map<string, string>;
  /** By the id of what they belong to and the recorded instant. */
  readonly times: Map<string, unknown>;
}

const times = ["$createdAt", "$updatedAt", "expiresAt", "registration"];
const madeId = /^[0-9a-f]{20}$/;
/** Says the numbers of its database and table. */
const indexId = /^\d+_\d+_/;

export function differences(
  mapping: Mapping,
  expected: unknown,
  actual: unknown,
  leftOut: readonly string[],
): string[] {
  const owner = isObject(expected) ? String(expected.$id ?? "") : "";
  return compare({ ...mapping, leftOut, owner, at: "" }, expected, actual);
}

interface Place extends Mapping {
  readonly leftOut: readonly string[];
  readonly owner: string;
  readonly at: string;
}

function compare(place: Place, expected: unknown, actual: unknown): string[] {
  if (Array.isArray(expected) && Array.isArray(actual)) return lists(place, expected, actual);
  if (isObject(expected) && isObject(actual)) return objects(place, expected, actual);
  return same(place, expected, actual)
    ? []
    : [`${place.at}: ${show(expected)} was recorded, ${show(actual)} is answered`];
}

const show = (value: unknown): string =>
  (JSON.stringify(value, (_key, one: unknown) => (typeof one === "bigint" ? `${one}n` : one)) ?? "nothing").slice(
    0,
    200,
  );

function lists(place: Place, expected: readonly unknown[], actual: readonly unknown[]): string[] {
  if (expected.length !== actual.length)
    return [`${place.at}: ${expected.length} were recorded, ${actual.length} are answered`];
  return expected.flatMap((one, at) => compare({ ...place, at: `${place.at}[${at}]` }, one, actual[at]));
}

type Fields = Readonly<Record<string, unknown>>;

function objects(place: Place, expected: Fields, actual: Fields): string[] {
  const owner = String(expected.$id ?? expected.key ?? place.owner);
  const early = expected.status === "processing" && actual.status === "available" ? ["$updatedAt"] : [];
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].filter(
    (key) => !place.leftOut.includes(key) && !early.includes(key),
  );
  return keys.flatMap((key) => {
    if (!(key in expected)) return [`${place.at}.${key}: was not recorded, is ${show(actual[key])}`];
    if (!(key in actual)) return [`${place.at}.${key}: ${show(expected[key])} was recorded, nothing is answered`];
    const at = `${place.at}.${key}`;
    if (times.includes(key)) return instants({ ...place, owner, at }, expected[key], actual[key]);
    return compare({ ...place, owner, at }, expected[key], actual[key]);
  });
}

/** One recorded instant of one thing is one instant, whenever it shows again; another is another. */
function instants({ times: known, owner, at }: Place, expected: unknown, actual: unknown): string[] {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/.test(String(actual)))
    return [`${at}: ${show(actual)} is no instant`];
  const there = known.get(`${owner} ${String(expected)}`) ?? actual;
  const back = known.get(`${owner} from ${String(actual)}`) ?? expected;
  known.set(`${owner} ${String(expected)}`, actual);
  known.set(`${owner} from ${String(actual)}`, expected);
  if (there === actual && back === expected) return [];
  return [`${at}: was ${show(there)} before, is ${show(actual)}, which was ${show(back)} in the recording`];
}

function same({ ids, at }: Place, expected: unknown, actual: unknown): boolean {
  if (expected === actual || rounded(expected, actual)) return true;
  if (at.endsWith(".status") && expected === "processing") return actual === "available";
  if (!at.endsWith(".$id") || typeof expected !== "string" || typeof actual !== "string") return false;
  if (indexId.test(expected)) return expected.replace(indexId, "") === actual.replace(indexId, "");
  if (!madeId.test(expected) || !madeId.test(actual) || ids.has(expected)) return false;
  ids.set(expected, actual);
  return true;
}

/** Whole numbers beyond 2^53 were mostly recorded as the nearest float. */
const rounded = (expected: unknown, actual: unknown): boolean =>
  (typeof expected === "bigint" || typeof actual === "bigint") && Number(expected) === Number(actual);

/** What is left of a body that was recorded up to a certain length: its total, and the rows that are whole. */
export function beginning(head: string): { total: number; rows: readonly unknown[] } | undefined {
  const end = head.lastIndexOf("},{");
  return end < 0 ? undefined : (JSON.parse(`${head.slice(0, end)}}]}`) as { total: number; rows: readonly unknown[] });
}
