// Calls of Discord's REST API: within its rate limits, timed out, tried again where that is safe, errors said in our words.
import { DefaultRestOptions, type RawFile, REST, type RequestMethod, type RouteLike } from "@discordjs/rest";
import { AppError } from "../../../core/errors.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import { pooledWire, WireError } from "../pooled-wire.ts";
import type { SharedRates } from "../shared-pace.ts";
import { type Callback, callbacks } from "./callback.ts";
import { slowDown, translated } from "./failure.ts";
import { invalidRequests } from "./invalid-requests.ts";
import { paceOf } from "./rate.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface CallOptions {
  readonly body?: object;
  readonly query?: Readonly<Record<string, string>>;
  readonly files?: readonly RawFile[];
  /** False where the route itself holds a token. */
  readonly auth?: boolean;
  /** How often it is made if the network or Discord fails, when absent 3, with files 1. 1 where a second time would show twice. */
  readonly tries?: number;
}

export interface Api {
  /** For the gateway, which asks where to connect. */
  readonly rest: REST;
  /** @throws AppError as Platform.send; `forbidden` for a wrong token; detail.reason "expired" or "acknowledged" of an interaction. */
  call<T = unknown>(method: Method, route: RouteLike, options?: CallOptions): Promise<T>;
  /** The first answer to an interaction. */
  readonly callback: Callback;
  close(): Promise<void>;
}

export interface ApiParts {
  readonly token: string;
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Calls a second, of the fifty that all processes with this token share. */
  readonly perSecond: number;
  /** The pace of all processes with this token; each goes by its own alone when absent. */
  readonly shared?: SharedRates;
}

/** ms from a request to its answer, and of one that carries files. */
const timeoutMs = 15_000;
const uploadMs = 60_000;
/** ms: a call whose turn comes later than this is given up, and says when to try again. */
const patienceMs = 20_000;
const backoffMs = [300, 1_000, 3_000];

export function discordApi({ token, apiUrl, clock, log, perSecond, shared }: ApiParts): Api {
  const counted = invalidRequests(clock);
  const wire = pooledWire(clock);
  const pace = shared && paceOf(clock, shared);
  const rest = new REST({
    version: "10",
    api: apiUrl,
    timeout: uploadMs,
    retries: 0,
    globalRequestsPerSecond: perSecond,
    rejectOnRateLimit: ({ retryAfter }) => retryAfter > patienceMs,
    async makeRequest(url, init) {
      counted.allow();
      const late = new AbortController();
      const longest = init.body instanceof FormData ? uploadMs : timeoutMs;
      const cancel = clock.after(longest, () => late.abort(new WireError(`no answer within ${longest} ms`, true)));
      const signal = AbortSignal.any([late.signal, ...(init.signal ? [init.signal] : [])]);
      const response = await DefaultRestOptions.makeRequest(url, { ...init, signal }).finally(cancel);
      counted.note(response.status);
      return response;
    },
  }).setToken(token);
  const sleep = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));

  async function once(method: Method, route: RouteLike, options: CallOptions): Promise<unknown> {
    const { body, query, files, auth = true } = options;
    const tooSoon = pace && auth ? await pace.turn({ method, route }, patienceMs) : undefined;
    if (tooSoon !== undefined) throw slowDown(tooSoon);
    const ending = new AbortController();
    const cancel = clock.after((files ? uploadMs : timeoutMs) + patienceMs, () => ending.abort());
    try {
      return await rest.request({
        fullRoute: route,
        method: method as RequestMethod,
        auth,
        signal: ending.signal,
        ...(body && { body }),
        ...(query && { query: new URLSearchParams(query) }),
        ...(files && { files: [...files] }),
      });
    } finally {
      cancel();
    }
  }

  return {
    rest,
    async call<T>(method: Method, route: RouteLike, options: CallOptions = {}): Promise<T> {
      const { tries = options.files ? 1 : 3 } = options;
      for (let tried = 1; ; tried++) {
        try {
          return (await once(method, route, options)) as T;
        } catch (error) {
          const failure = translated(error, method !== "GET");
          if (tried >= tries || !isPassing(failure)) throw failure;
          log.debug({ method, tried }, "a call is made again");
          await sleep(backoffMs[tried - 1] ?? 3_000);
        }
      }
    },
    callback: callbacks({ wire, apiUrl, clock, counted }),
    close() {
      rest.clearHandlerSweeper();
      rest.clearHashSweeper();
      return wire.close();
    },
  };
}

/** Nothing was refused: the network or Discord itself failed. */
const isPassing = (failure: unknown): boolean =>
  failure instanceof AppError && failure.code === "unavailable" && failure.detail.reason === undefined;
