// Replays recorded exchanges against a server, in order, and says where its answers differ.
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseJson, writeJson } from "../json.ts";
import { isObject } from "../params.ts";
import { arrangements } from "./arrangements.ts";
import type { Arrangement } from "./arranging.ts";
import { beginning, differences, type Mapping } from "./compare.ts";
import { type Exchange, exchangesOf } from "./exchanges.ts";
import { formOf } from "./forms.ts";

export interface Target {
  /** With `/v1`. */
  readonly url: string;
  readonly projectId: string;
  readonly apiKey: string;
  /** A key with `rows.read` alone. */
  readonly readerKey?: string;
  /** Lets this much time go by for the server. */
  wait(ms: number): Promise<void>;
  /** Of the worker that makes columns, where it can be held. */
  readonly worker?: { pause(): void; resume(): void };
}

/** What is not compared: an exchange whole, or some fields of its answer. */
export interface LeftOut {
  readonly transcript: string;
  readonly label: RegExp;
  readonly fields?: readonly string[];
  readonly reason: string;
}

export interface Replayed {
  readonly compared: number;
  readonly leftOut: number;
  readonly differences: readonly string[];
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Replay {
  readonly target: Target;
  /** Puts the ids of this server where recorded ones are. */
  mapped(text: string): string;
  learn(recorded: string, actual: string): void;
  send(request: Exchange["request"]): Promise<Answered>;
  /** Resolves when nothing of the table is being made or removed. */
  settled(table: string): Promise<void>;
}

const racing = /\/(columns|indexes)(\/|$)|\/tables\/[^/]+$/;

export function replayOn(target: Target, leftOut: readonly LeftOut[]) {
  const mapping: Mapping = { ids: new Map([["proj1", target.projectId], ...ownNames()]), times: new Map() };
  const mapped = (text: string) => [...mapping.ids].reduce((so, [from, to]) => so.replaceAll(from, to), text);
  const replay: Replay = {
    target,
    mapped,
    learn: (recorded, actual) => void mapping.ids.set(recorded, actual),
    send: (request) => sent(target, request, mapped),
    settled: (table) => settled(replay, table),
  };
  const without = ({ transcript, label }: Exchange) =>
    leftOut.filter((one) => transcript.startsWith(one.transcript) && one.label.test(label));

  async function compared(exchange: Exchange, fields: readonly string[]): Promise<readonly string[]> {
    const answered = await replay.send(exchange.request);
    return against(mapping, mapped, exchange, answered, fields);
  }

  async function played(exchange: Exchange): Promise<readonly string[]> {
    const fields = without(exchange).flatMap((one) => one.fields ?? []);
    let found = await compared(exchange, fields);
    const { method, path } = exchange.request;
    for (let tries = 0; found.length && method === "GET" && racing.test(path) && tries < 60; tries += 1) {
      await sleep(50);
      found = await compared(exchange, fields);
    }
    return found.map((what) => `${exchange.transcript.slice(0, 2)} ${exchange.label} ${what}`);
  }

  const play = async (transcript: string): Promise<Replayed> => {
    const all = exchangesOf(transcript);
    const found: string[] = [];
    let count = 0;
    for (const [at, exchange] of all.entries()) {
      if (without(exchange).some(({ fields }) => !fields)) continue;
      hold(target, exchange);
      for (const arrange of arrangementsOf(exchange, all[at - 1])) await arrange(replay, exchange);
      found.push(...(await played(exchange)));
      count += 1;
    }
    return { compared: count, leftOut: all.length - count, differences: found };
  };
  return { play, clear: () => cleared(replay) };
}

/** Keeps the worker from being faster than the recorded one: it works while somebody waits for it. */
function hold({ worker }: Target, { request: { method, path }, response }: Exchange): void {
  const schema = racing.test(path);
  const unfinished = /"status":"(processing|deleting)"/.test(writeJson(response.body ?? null));
  if (unfinished || (schema && method === "DELETE")) worker?.pause();
  else if (schema && method === "GET") worker?.resume();
}

/** Names that nobody else has, for what the recording called `maindb`, `files` and `imgs`. */
function ownNames(): [string, string][] {
  const mark = randomBytes(4).toString("hex");
  const buckets = ["files", "imgs"].flatMap((name): [string, string][] =>
    ["buckets/", '"bucketId":"', '"$id":"'].map((before) => [`${before}${name}`, `${before}replay-${mark}-${name}`]),
  );
  return [["maindb", `replay-${mark}`], ...buckets];
}

/** Removes what was made outside of the main database, and that. */
async function cleared(replay: Replay): Promise<void> {
  const databases = ["maindb", "6b01498b001ad4979ec8", "a".repeat(36)].map((id) => `/v1/tablesdb/${id}`);
  for (const path of [...databases, "/v1/storage/buckets/files", "/v1/storage/buckets/imgs"])
    await replay.send({ method: "DELETE", path, body: {} });
}

function arrangementsOf(exchange: Exchange, before: Exchange | undefined): readonly Arrangement[] {
  const of = arrangements[exchange.transcript.slice(0, 2)] ?? {};
  const first = before ? [] : [of[""]];
  const own = before?.label === exchange.label ? [] : [of[exchange.label]];
  return [...first, of["*"], ...own].filter((one) => one !== undefined);
}

function against(
  mapping: Mapping,
  mapped: (text: string) => string,
  { response }: Exchange,
  answered: Answered,
  leftOut: readonly string[],
): string[] {
  const status =
    response.status === answered.status
      ? []
      : [
          `status ${response.status} was recorded, ${answered.status} is answered: ${JSON.stringify(answered.body)?.slice(0, 300)}`,
        ];
  if (status.length) return status;
  const headers = Object.entries({ "content-type": "application/json; charset=UTF-8", ...response.headers })
    .filter(([name, value]) => !leftOut.includes(name) && mapped(value) !== answered.headers.get(name))
    .map(([name, value]) => `header ${name}: ${value} was recorded, ${answered.headers.get(name)} is answered`);
  const expected = parseJson(mapped(writeJson(response.body ?? null)));
  return [...headers, ...bodies(mapping, expected, answered.body, leftOut)];
}

function bodies(mapping: Mapping, expected: unknown, actual: unknown, leftOut: readonly string[]): string[] {
  if (!isObject(expected)) return differences(mapping, expected, actual, leftOut);
  if (expected.binaryBytes !== undefined)
    return Buffer.isBuffer(actual) && actual.length === expected.binaryBytes
      ? []
      : [`body: ${expected.binaryBytes} bytes were recorded`];
  if (!expected._truncated) return differences(mapping, expected, actual, leftOut);
  const start = beginning(String(expected.head));
  if (!start || !isObject(actual)) return [];
  const rows = (actual.rows as readonly unknown[]).slice(0, start.rows.length);
  return differences(mapping, start, { ...actual, rows }, leftOut);
}

async function sent(target: Target, request: Exchange["request"], mapped: (text: string) => string): Promise<Answered> {
  const { method, path, query, headers, body } = request;
  const url = new URL(target.url.replace(/\/v1$/, "") + mapped(path));
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.append(name, mapped(value));
  const form = formOf(body);
  const response = await fetch(url, {
    method,
    headers: {
      ...identity(target, request),
      ...(body !== undefined && !form && { "content-type": "application/json" }),
      ...Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, mapped(value)])),
    },
    ...(body !== undefined && { body: form ?? unescaped(mapped(writeJson(body))) }),
  });
  return { status: response.status, headers: response.headers, body: await read(response) };
}

/** As the SDK writes what is no character. */
const unescaped = (text: string): string => text.replace(/\\ud[89ab][0-9a-f]{2}(?!\\u)/g, "\uFFFD");

function identity({ projectId, apiKey, readerKey }: Target, { as, project }: Exchange["request"]) {
  const key = as === "reader" ? readerKey! : (as ?? apiKey);
  return {
    "x-appwrite-response-format": "1.9.5",
    ...(project !== null && { "x-appwrite-project": project ?? projectId }),
    ...(as !== "guest" && { "x-appwrite-key": key }),
  };
}

async function read(response: Response): Promise<unknown> {
  const bytes = Buffer.from(await response.arrayBuffer());
  if (!bytes.length) return null;
  if (response.headers.get("content-type")?.includes("json")) return parseJson(bytes.toString());
  if (response.headers.get("content-type")?.startsWith("text/")) return bytes.toString();
  return bytes;
}

async function settled(replay: Replay, table: string): Promise<void> {
  replay.target.worker?.resume();
  for (let tries = 0; tries < 200; tries += 1) {
    const { body } = await replay.send({ method: "GET", path: `/v1/tablesdb/maindb/tables/${table}` });
    if (isObject(body) && !/"status":"(processing|deleting)"/.test(writeJson(body))) return;
    await sleep(25);
  }
  throw new Error(`table ${table} does not settle`);
}
