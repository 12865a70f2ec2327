// Replays recorded exchanges against a server, in order, and says where its answers differ.
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { writeJson } from "../json.ts";
import { isObject } from "../params.ts";
import { arrangements } from "./arrangements.ts";
import type { Arrangement } from "./arranging.ts";
import type { Mapping } from "./compare.ts";
import { type Exchange, exchangesOf } from "./exchanges.ts";
import { against } from "./judge.ts";
import { type Answered, sent, type Target } from "./target.ts";

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

async function settled(replay: Replay, table: string): Promise<void> {
  replay.target.worker?.resume();
  for (let tries = 0; tries < 200; tries += 1) {
    const { body } = await replay.send({ method: "GET", path: `/v1/tablesdb/maindb/tables/${table}` });
    if (isObject(body) && !/"status":"(processing|deleting)"/.test(writeJson(body))) return;
    await sleep(25);
  }
  throw new Error(`table ${table} does not settle`);
}
