// One HTTP request over pooled keep-alive connections. Nothing it throws holds a token or an address.
import type { Dispatcher, Pool as UndiciPool } from "undici";
// The package as a whole takes twice as long to load (docs/decisions/0005-telegram-client.md).
// @ts-expect-error the file has no types of its own; they are those of the package's Pool
import LoadedPool from "undici/lib/dispatcher/pool.js";
import { inStep } from "../../core/kernel/in-step.ts";
import type { Clock } from "../../core/ports/clock.ts";

const Pool = LoadedPool as typeof UndiciPool;

export interface WireRequest extends Endpoint {
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly timeoutMs: number;
  /** Bytes of an answer that are taken at most; 8 MiB when absent. */
  readonly most?: number;
  readonly signal?: AbortSignal;
}

/** Where a request goes: `https://host:port`, and the path with its query. */
export interface Endpoint {
  readonly origin: string;
  readonly path: string;
}

/** @throws TypeError for what is no address. */
export function endpointOf(url: string): Endpoint {
  const { origin, pathname, search } = new URL(url);
  return { origin, path: pathname + search };
}

/** Paths below an address, which is taken apart once; each begins with a slash. */
export function below(root: string): (path: string) => Endpoint {
  const { origin, path } = endpointOf(root);
  const trunk = path.replace(/\/$/, "");
  return (rest) => ({ origin, path: trunk + rest });
}

export interface WireAnswer {
  readonly status: number;
  header(name: string): string | undefined;
  readonly body: Buffer;
}

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
  /** @throws WireError */
  send(request: WireRequest): Promise<WireAnswer>;
  close(): Promise<void>;
}

const mostTaken = 8 * 1024 * 1024;

/** @param connections at once to one host; requests beyond them wait for one. */
export function pooledWire(clock: Clock, connections = 64): Wire {
  const pools = new Map<string, UndiciPool>();
  const poolOf = (origin: string): UndiciPool => {
    const known = pools.get(origin);
    if (known) return known;
    const pool = new Pool(origin, {
      connections,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 10_000,
      connectTimeout: 10_000,
    });
    pools.set(origin, pool);
    return pool;
  };
  return {
    send(request) {
      const { origin, path, method, headers, body } = request;
      return new Promise((resolve, reject) => {
        const handler = collecting(clock, request, resolve, reject);
        poolOf(origin).dispatch({ path, method, headers, body }, handler);
      });
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

function collecting(
  clock: Clock,
  { timeoutMs, most = mostTaken, signal }: WireRequest,
  resolve: (answer: WireAnswer) => void,
  reject: (error: WireError) => void,
): Dispatcher.DispatchHandler {
  let controller: Dispatcher.DispatchController | undefined;
  let status = 0;
  let headers: Readonly<Record<string, string | string[] | undefined>> = {};
  let over = false;
  let taken = 0;
  const chunks: Buffer[] = [];
  const end = (settle: () => void) => {
    if (over) return;
    over = true;
    cancel();
    signal?.removeEventListener("abort", onAbort);
    settle();
  };
  const fail = (message: string) => end(() => reject(new WireError(message, controller !== undefined, taken > most)));
  const giveUp = (message: string) => {
    fail(message);
    controller?.abort(new Error(message));
  };
  const onAbort = () => giveUp("the call was aborted");
  const cancel = clock.after(timeoutMs, () => giveUp(`no answer within ${timeoutMs} ms`));
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted) onAbort();
  const header = (name: string) => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  return {
    onRequestStart(started) {
      controller = started;
      if (over) started.abort(new Error("given up before it was written"));
    },
    onResponseStart(_, code, given) {
      status = code;
      headers = given;
    },
    onResponseData(_, chunk) {
      taken += chunk.length;
      if (taken > most) return giveUp("the answer is too large");
      chunks.push(chunk);
    },
    onResponseEnd() {
      const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
      end(() => void inStep().then(() => resolve({ status, header, body })));
    },
    onResponseError(_, error) {
      // Only the code: messages and sockets of the HTTP client may name the path, which may hold a token.
      fail("code" in error ? String(error.code) : error.name);
    },
  };
}
