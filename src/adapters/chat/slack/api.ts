// Calls of the Web API: paced, timed out, tried again where that is safe, and Slack's errors said in our words, once.
import { AppError } from "../../../core/errors.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Pace } from "../pace.ts";
import { below, endpointOf, type Wire, type WireAnswer, WireError } from "../pooled-wire.ts";
import type { Method, ResultOf } from "./methods.ts";
import { isPassing, meaningOf } from "./refusals.ts";
import { slackTexts } from "./texts.ts";

export type Arguments = Readonly<Record<string, unknown>>;

export interface CallOptions {
  /** ms; how long it may take from the request to its answer. */
  readonly timeoutMs?: number;
  /** ms; how long it may wait for its turn, and for what Slack asks to wait. */
  readonly patienceMs?: number;
  /** How often a call that failed in the network or on Slack's side is made, 3 when absent; a send that may be out is not made again. */
  readonly tries?: number;
}

/** For what an update waits for, and all behind it in its channel. */
export const lookUp: CallOptions = { timeoutMs: 2_500, patienceMs: 2_500, tries: 1 };

export interface Api {
  /** `token` "" for calls that need none. @throws AppError as Platform.send; "forbidden" for a wrong token or a missing scope. */
  call<M extends Method>(token: string, method: M, given: Arguments, options?: CallOptions): Promise<ResultOf<M>>;
  /** As `call`, with the scopes of the token, as the header tells them. */
  asked<M extends Method>(token: string, method: M): Promise<{ result: ResultOf<M>; scopes: readonly string[] }>;
  /** Posts to the address an interaction came with. False when it may no longer be used. */
  respond(url: string, message: Arguments): Promise<boolean>;
  close(): Promise<void>;
}

export interface ApiParts {
  readonly root: string;
  readonly wire: Wire;
  readonly pace: Pace<string>;
  readonly clock: Clock;
  readonly log: Log;
}

interface Refused {
  readonly error: string;
  readonly retryAfter?: number;
  readonly needed?: string;
  readonly details?: readonly string[];
}

const paced = new Set<string>(["chat.postMessage"]);
const sends = new Set<string>(["chat.postMessage", "chat.postEphemeral", "files.completeUploadExternal"]);
const backoffMs = [300, 1_000, 3_000];

export function webApi(parts: ApiParts): Api {
  const { root, wire, pace, clock, log } = parts;
  const at = below(root);
  const sleep = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));

  const post = (token: string, method: string, given: Arguments, timeoutMs: number) =>
    wire.send({
      ...at(`/${method}`),
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: formOf(given),
      timeoutMs,
    });

  /** One call, and again while Slack says when, or where it is safe to repeat. */
  async function answered(token: string, method: string, given: Arguments, options: CallOptions): Promise<WireAnswer> {
    const { patienceMs = 20_000, timeoutMs = 15_000, tries = 3 } = options;
    const until = clock.now() + patienceMs;
    const line = typeof given.channel === "string" ? given.channel : "";
    for (let tried = 1; ; tried++) {
      const tooLong = paced.has(method) ? await pace.turn(line, until - clock.now()) : undefined;
      if (tooLong !== undefined) throw slowDown(tooLong);
      let failure: Refused | WireError;
      try {
        const answer = await post(token, method, given, timeoutMs);
        const refused = refusedBy(answer);
        if (!refused) return answer;
        failure = refused;
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        failure = error;
      }
      if (!(failure instanceof WireError) && failure.retryAfter !== undefined) {
        const { retryAfter } = failure;
        if (paced.has(method)) pace.hold(line, retryAfter);
        if (clock.now() + retryAfter > until) throw slowDown(retryAfter);
        await sleep(retryAfter);
      } else if (tried < tries && mayPass(failure) && !mayBeOut(method, failure)) {
        log.debug({ method, tried }, "a call is made again");
        await sleep(backoffMs[tried - 1] ?? 3_000);
      } else throw translated(failure, mayBeOut(method, failure));
    }
  }

  return {
    async call(token, method, given, options = {}) {
      return JSON.parse((await answered(token, method, given, options)).body.toString());
    },
    async asked(token, method) {
      const answer = await answered(token, method, {}, {});
      const scopes = (answer.header("x-oauth-scopes") ?? "").split(",").map((scope) => scope.trim());
      return { result: JSON.parse(answer.body.toString()), scopes: scopes.filter(Boolean) };
    },
    respond: (url, message) => responded(wire, url, message),
    close: () => wire.close(),
  };
}

async function responded(wire: Wire, url: string, message: Arguments): Promise<boolean> {
  const headers = { "content-type": "application/json; charset=utf-8" };
  const body = JSON.stringify(message);
  const request = { ...endpointOf(url), method: "POST", headers, body, timeoutMs: 10_000 } as const;
  const answer = await wire.send(request).catch((error: WireError) => {
    throw translated(error, error.written);
  });
  return answer.status === 200;
}

/** What is no text goes as JSON (docs.slack.dev/apis/web-api#methods_supporting_json). */
function formOf(given: Arguments): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(given))
    if (value !== undefined) form.append(name, typeof value === "string" ? value : JSON.stringify(value));
  return form.toString();
}

function refusedBy({ status, header, body }: WireAnswer): Refused | undefined {
  const waited = Number(header("retry-after"));
  if (status === 429) return { error: "ratelimited", retryAfter: (waited > 0 ? waited : 1) * 1000 };
  const said = parsed(body);
  if (!said) return { error: status >= 400 && status < 500 ? `status ${status}` : "service_unavailable" };
  if (said.ok === true) return undefined;
  const { error = "fatal_error", needed, response_metadata: more } = said;
  if (error === "ratelimited") return { error, retryAfter: (waited > 0 ? waited : 1) * 1000 };
  return { error, needed, details: more?.messages };
}

interface Said {
  readonly ok?: boolean;
  readonly error?: string;
  readonly needed?: string;
  readonly response_metadata?: { readonly messages?: readonly string[] };
}

function parsed(body: Buffer): Said | undefined {
  try {
    const said: unknown = JSON.parse(body.toString());
    return typeof said === "object" && said !== null && "ok" in said ? (said as Said) : undefined;
  } catch {
    return undefined;
  }
}

const mayPass = (failure: Refused | WireError) => failure instanceof WireError || isPassing(failure.error);

/** What Slack says it failed at may have been done all the same. */
const mayBeOut = (method: string, failure: Refused | WireError): boolean =>
  sends.has(method) && (failure instanceof WireError ? failure.written : isPassing(failure.error));

const slowDown = (ms: number) =>
  new AppError("rate_limited", slackTexts.say("tooFast"), { detail: { retryAfter: Math.ceil(ms) } });

function translated(failure: Refused | WireError, unknown: boolean): AppError {
  if (failure instanceof WireError)
    return new AppError("unavailable", slackTexts.say("noAnswer"), { cause: failure, detail: { unknown } });
  const { error, needed, details = [] } = failure;
  const cause = new Error([error, needed && `needed: ${needed}`, ...details].filter(Boolean).join("; "));
  const meaning = meaningOf(error);
  if (!meaning) return new AppError("invalid", slackTexts.say("refused", error), { cause, detail: { reason: error } });
  const { code, say, reason } = meaning;
  const sentence = say === "missingScope" ? slackTexts.say(say, needed ?? "?") : slackTexts.say(say);
  return new AppError(code, sentence, { cause, detail: { reason, unknown } });
}
