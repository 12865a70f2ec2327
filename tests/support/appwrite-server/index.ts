// An Appwrite server for tests, as strict and as treacherous as the recorded 1.9.6: TablesDB and Storage over HTTP.
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { answer } from "./answer.ts";
import { serverClock } from "./clock.ts";
import { type CollationName, collation } from "./collation.ts";
import { type Aim, type Fault, type Faults, faultPlan } from "./faults.ts";
import { rateLimits } from "./limits.ts";
import type { State } from "./state.ts";
import { type Worker, worker } from "./worker.ts";

export type { Aim, Fault, Faults };

/** Bytes of a request's first line and headers; what is longer is no request. */
const longestHead = 64 * 1024;

export interface AppwriteServerOptions {
  readonly projectId?: string;
  /** Of a MariaDB 11.8 when absent; `general` is what Appwrite ships with. */
  readonly collation?: CollationName;
  /** ms between asking for a column or an index and its being there; 5 when absent. */
  readonly schemaMs?: number;
  /** Bytes of a file at most; 30 000 000 when absent, as Appwrite ships. */
  readonly mostFileBytes?: number;
  /** Any that is free when absent. */
  readonly port?: number;
  /** Epoch ms; the machine's clock when absent. */
  readonly now?: () => number;
}

/** What was asked, in order; requests that were dropped unanswered before anything was done are not in it. */
export interface Requests {
  readonly all: readonly { readonly method: string; readonly path: string }[];
  /** How many of this method and path since the last `clear`; of any when absent. */
  count(method?: string, path?: RegExp): number;
  clear(): void;
}

export interface AppwriteServer {
  /** What a client takes for its endpoint, with `/v1`. */
  readonly url: string;
  readonly projectId: string;
  /** With every scope. */
  readonly apiKey: string;
  /** Another key, with these scopes only. */
  key(scopes: readonly string[]): string;
  readonly requests: Requests;
  readonly faults: Faults;
  /** The worker that makes columns and indexes. */
  readonly worker: Pick<Worker, "pause" | "resume" | "fail">;
  close(): Promise<void>;
}

export async function appwriteServer(options: AppwriteServerOptions = {}): Promise<AppwriteServer> {
  const now = options.now ?? Date.now;
  const schema = worker(now, options.schemaMs ?? 5);
  const state = newState(options, now, schema.later);
  const faults = faultPlan();
  const requests = requestLog();
  const served = { state, faults, limits: rateLimits(now), work: schema.work, note: requests.note };
  const server = createServer(
    { maxHeaderSize: longestHead },
    (request, response) => void answer(served, request, response),
  );
  server.on("clientError", refuseHead);
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const apiKey = addKey(state, ["*"]);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    projectId: state.projectId,
    apiKey,
    key: (scopes) => addKey(state, scopes),
    requests,
    faults,
    worker: schema,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refuseHead(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code !== "HPE_HEADER_OVERFLOW") return void socket.destroy();
  socket.end("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
}

const newState = (options: AppwriteServerOptions, now: () => number, later: State["later"]): State => ({
  clock: serverClock(now),
  collation: collation(options.collation ?? "uca1400"),
  projectId: options.projectId ?? "test-project",
  mostFileBytes: options.mostFileBytes ?? 30_000_000,
  keys: new Map(),
  databases: new Map(),
  databasesMade: 0,
  transactions: new Map(),
  buckets: new Map(),
  later,
  undo: undefined,
});

function addKey(state: State, scopes: readonly string[]): string {
  const key = `standard_${randomBytes(16).toString("hex")}`;
  state.keys.set(key, new Set(scopes));
  return key;
}

function requestLog() {
  const all: { method: string; path: string }[] = [];
  return {
    all,
    note: (method: string, path: string) => void all.push({ method, path }),
    count: (method?: string, path?: RegExp) =>
      all.filter((one) => (method ?? one.method) === one.method && (path?.test(one.path) ?? true)).length,
    clear: () => void all.splice(0),
  };
}
