// Requests to Appwrite: the SDK says what they are, one pool of keep-alive connections carries them.
import { Client, Storage, TablesDB } from "node-appwrite";
import { type Dispatcher, Pool } from "undici";
import { withPatience } from "./backoff.ts";
import { type Breaker, circuitBreaker } from "./breaker.ts";
import { AppwriteFailure, isPassingFailure, refusalOf, unanswered } from "./failure.ts";

export interface AppwriteAccess {
  /** With its path, such as https://cloud.appwrite.io/v1. */
  readonly endpoint: string;
  readonly projectId: string;
  readonly apiKey: string;
}

export interface AppwriteApi {
  /** Reads are tried again; what writes is sent once, unless it surely never arrived. @throws AppwriteFailure */
  readonly tables: TablesDB;
  /** Buckets, and what is known of files: as `tables`. Their bytes go by `send`. */
  readonly storage: Storage;
  /** Sends a request once, as it is. Its body is streamed: it has to be read, or destroyed. @throws AppwriteFailure, also for a status of 400 or more. */
  send(request: RawRequest): Promise<Dispatcher.ResponseData>;
  readonly timeoutMs: number;
  now(): number;
  close(): Promise<void>;
}

export interface RawRequest {
  readonly method: "GET" | "POST";
  /** Below the endpoint. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Until the answer begins, and between its pieces, ms. */
  readonly timeoutMs: number;
}

export interface ApiOptions {
  /** Until an answer must have come, ms. */
  readonly timeoutMs?: number;
  /** Open at once; requests beyond them wait for one. */
  readonly connections?: number;
  /** A clock that only goes forward, ms: by it answers and rows are believed. */
  readonly now?: () => number;
}

type Params = Record<string, unknown>;
type Send = (method: string, url: URL, headers: Record<string, string>, params: Params) => Promise<unknown>;

export function appwriteApi(
  access: AppwriteAccess,
  { timeoutMs = 5_000, connections = 32, now = () => performance.now() }: ApiOptions = {},
): AppwriteApi {
  const pool = new Pool(new URL(access.endpoint).origin, { connections, connectTimeout: timeoutMs });
  const client = new Client().setEndpoint(access.endpoint).setProject(access.projectId).setKey(access.apiKey);
  const breaker = breakerOf();
  const patience = { withinMs: timeoutMs, pauseMs: 100, longestPauseMs: 2_000 };
  const send: Send = (method, url, headers, params) =>
    breaker.run(() => exchange(pool, client, timeoutMs, method, url, headers, params));
  client.call = (method, url, headers = {}, params = {}) => {
    const reads = method.toUpperCase() === "GET";
    const again = (error: unknown) =>
      isPassingFailure(error) && (reads || !error.mayHaveActed) && error.type !== circuitOpen;
    return withPatience(patience, again, () => send(method, url, headers, params));
  };
  return {
    tables: new TablesDB(client),
    storage: new Storage(client),
    send: (request) => breaker.run(() => exchangeRaw(pool, client, access, request)),
    timeoutMs,
    now,
    close: () => pool.destroy(),
  };
}

const circuitOpen = "circuit_open";

const breakerOf = (): Breaker =>
  circuitBreaker({
    isFault: (error) => isPassingFailure(error) && error.status !== 429,
    refused: () =>
      new AppwriteFailure("Appwrite has failed again and again; it is tried in a moment", 0, circuitOpen, false),
    most: 8,
    pauseMs: 2_000,
    now: () => performance.now(),
  });

async function exchange(
  pool: Pool,
  client: Client,
  timeoutMs: number,
  method: string,
  url: URL,
  given: Record<string, string>,
  params: Params,
): Promise<unknown> {
  // The server reads the text "false" as true: a total that isn't wanted is asked for as 0.
  const asked = params.total === false ? { ...params, total: 0 } : params;
  const { uri, options } = client.prepareRequest(method, url, given, asked);
  const { pathname, search } = new URL(uri);
  const { status, text } = await answer(pool, {
    path: pathname + search,
    method: method.toUpperCase() as "GET",
    headers: options.headers as Record<string, string>,
    body: options.body as string | undefined,
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (status >= 400) throw refusalOf(status, text);
  return parsed(status, text);
}

async function exchangeRaw(pool: Pool, client: Client, access: AppwriteAccess, request: RawRequest) {
  const { method, path, headers, body, timeoutMs } = request;
  const { pathname } = new URL(access.endpoint);
  const response = await pool
    .request({
      method,
      path: pathname.replace(/\/$/, "") + path,
      headers: { ...client.getHeaders(), "x-appwrite-project": access.projectId, ...headers },
      body,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    })
    .catch((error) => Promise.reject(unanswered(error)));
  if (response.statusCode < 400) return response;
  throw refusalOf(response.statusCode, await response.body.text().catch(() => ""));
}

async function answer(pool: Pool, request: Parameters<Pool["request"]>[0]) {
  try {
    const { statusCode, body } = await pool.request(request);
    return { status: statusCode, text: await body.text() };
  } catch (error) {
    throw unanswered(error);
  }
}

/** What is no JSON comes from something in front of Appwrite; whether Appwrite acted nobody knows. */
function parsed(status: number, text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new AppwriteFailure(`Appwrite answered ${status} with what is no JSON`, 0, "", true);
  }
}
