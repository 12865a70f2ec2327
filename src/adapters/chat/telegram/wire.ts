// One HTTP request to the Bot API over pooled keep-alive connections. Nothing it throws or answers holds the token.
import type { Dispatcher, Pool as UndiciPool } from "undici";
// The package as a whole takes twice as long to load (docs/decisions/0005-telegram-client.md).
// @ts-expect-error the file has no types of its own; they are those of the package's Pool
import LoadedPool from "undici/lib/dispatcher/pool.js";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Body } from "./body.ts";

const Pool = LoadedPool as typeof UndiciPool;

/** https://core.telegram.org/bots/api#making-requests */
export type Answer =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly error_code: number;
      readonly description: string;
      readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
    };

/** No answer came. `written`: the request had gone out, so the other side may have acted. */
export class WireError extends Error {
  readonly written: boolean;
  /** More came than was asked for. */
  readonly tooLarge: boolean;

  constructor(message: string, written: boolean, tooLarge = false) {
    super(message);
    this.name = "WireError";
    this.written = written;
    this.tooLarge = tooLarge;
  }
}

export interface Wire {
  /** @throws WireError; answers that are no Bot API answer (a proxy's page) come back as not ok with their status. */
  post(method: string, body: Body, timeoutMs: number, signal?: AbortSignal): Promise<Answer>;
  /** A file of the Bot API's file server. @throws WireError, also for one of more than `most` bytes. */
  get(path: string, most: number, timeoutMs: number): Promise<{ readonly status: number; readonly body: Buffer }>;
  close(): Promise<void>;
}

/** @param connections at once; requests beyond them wait for one. */
export function pooledWire(apiRoot: string, token: string, clock: Clock, connections = 64): Wire {
  const root = new URL(apiRoot);
  const base = root.pathname.replace(/\/$/, "");
  const prefix = `${base}/bot${token}/`;
  const pool = new Pool(root.origin, {
    connections,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 10_000,
    connectTimeout: 10_000,
  });
  return {
    post: (method, { type, bytes }, timeoutMs, signal) =>
      new Promise((resolve, reject) => {
        const answer = (status: number, body: Buffer) => resolve(answerOf(status, body));
        const handler = collecting(clock, { timeoutMs, signal, most: Number.POSITIVE_INFINITY }, answer, reject);
        const headers = ["content-type", type];
        pool.dispatch({ path: prefix + method, method: "POST", headers, body: bytes }, handler);
      }),
    get: (path, most, timeoutMs) =>
      new Promise((resolve, reject) => {
        const handler = collecting(clock, { timeoutMs, most }, (status, body) => resolve({ status, body }), reject);
        pool.dispatch({ path: `${base}/file/bot${token}/${encodeURI(path)}`, method: "GET" }, handler);
      }),
    close: () => pool.destroy(),
  };
}

interface Bounds {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Bytes of the answer. */
  readonly most: number;
}

function collecting(
  clock: Clock,
  { timeoutMs, signal, most }: Bounds,
  resolve: (status: number, body: Buffer) => void,
  reject: (error: WireError) => void,
): Dispatcher.DispatchHandler {
  let bytes = 0;
  let controller: Dispatcher.DispatchController | undefined;
  let status = 0;
  let over = false;
  const chunks: Buffer[] = [];
  const end = (settle: () => void) => {
    if (over) return;
    over = true;
    cancel();
    signal?.removeEventListener("abort", onAbort);
    settle();
  };
  const fail = (message: string) => end(() => reject(new WireError(message, controller !== undefined, bytes > most)));
  const giveUp = (message: string) => {
    fail(message);
    controller?.abort(new Error(message));
  };
  const onAbort = () => giveUp("the call was aborted");
  const cancel = clock.after(timeoutMs, () => giveUp(`no answer within ${timeoutMs} ms`));
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted) onAbort();
  return {
    onRequestStart(started) {
      controller = started;
      if (over) started.abort(new Error("given up before it was written"));
    },
    onResponseStart(_, code) {
      status = code;
    },
    onResponseData(_, chunk) {
      bytes += chunk.length;
      if (bytes > most) return giveUp(`more than ${most} bytes`);
      chunks.push(chunk);
    },
    onResponseEnd() {
      end(() => resolve(status, chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    },
    onResponseError(_, error) {
      // Only the code: messages and sockets of the HTTP client may name the path, which holds the token.
      fail("code" in error ? String(error.code) : error.name);
    },
  };
}

function answerOf(status: number, body: Buffer): Answer {
  try {
    const answer = JSON.parse(body.toString()) as Answer;
    if (typeof answer === "object" && answer !== null && typeof answer.ok === "boolean") return answer;
  } catch {}
  return { ok: false, error_code: status < 400 ? 502 : status, description: "not an answer of the Bot API" };
}
