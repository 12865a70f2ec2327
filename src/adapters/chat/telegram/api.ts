// Calls of the Bot API: paced, timed out, tried again where that is safe, and Telegram's errors said in our words, once.
import type { Opts, Telegram } from "telegraf/types";
import { AppError, type ErrorDetail } from "../../../core/errors.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Pace } from "../pace.ts";
import { WireError } from "../pooled-wire.ts";
import { bodyOf } from "./body.ts";
import { telegramTexts } from "./texts.ts";
import type { Answer, BotWire } from "./wire.ts";

export type Method = keyof Telegram;
export type Result<M extends Method> = ReturnType<Telegram[M]>;

export interface CallOptions {
  /** ms; how long it may take from the request to its answer. */
  readonly timeoutMs?: number;
  /** ms; how long it may wait for its turn, and for what Telegram asks to wait. */
  readonly patienceMs?: number;
  readonly signal?: AbortSignal;
  /** How often a call that failed in the network or on Telegram's side is made, 3 when absent; a send that may be out is not made again. */
  readonly tries?: number;
}

export interface Api {
  /** @throws AppError as Platform.send; code "conflict" where another process polls, "forbidden" for a wrong token. */
  call<M extends Method>(method: M, payload: Opts<M>, options?: CallOptions): Promise<Result<M>>;
  /** The file at a path that getFile answered. @throws AppError `unavailable`, with reason "gone" where it is no more or larger. */
  load(path: string, most: number): Promise<Buffer>;
  close(): Promise<void>;
}

export interface ApiParts {
  readonly wire: BotWire;
  readonly pace: Pace<string | undefined>;
  readonly clock: Clock;
  readonly log: Log;
  /** A group became a supergroup: its messages go to the new id. */
  moved(from: string, to: string): void;
}

type Failure = Extract<Answer, { ok: false }>;

const sends = new Set<string>(["sendMessage", "sendDocument", "sendPhoto"]);
const paced = new Set<string>([...sends, "editMessageText", "editMessageCaption", "editMessageReplyMarkup"]);
const counted = new Set<string>(["answerCallbackQuery", "deleteMessage", "setMessageReaction", "getFile"]);
const backoffMs = [300, 1_000, 3_000];

export function botApi(parts: ApiParts): Api {
  const { wire, pace, clock, log } = parts;
  const sleep = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));

  async function waitTurn(method: string, chat: string | undefined, patienceMs: number): Promise<void> {
    if (!paced.has(method) && !counted.has(method)) return;
    const tooLong = await pace.turn(paced.has(method) ? chat : undefined, patienceMs);
    if (tooLong !== undefined) throw slowDown(tooLong);
  }

  /** One call, and again while Telegram says when, or where it is safe to repeat. */
  async function answered(method: string, given: object, options: CallOptions): Promise<unknown> {
    const { patienceMs = 20_000, timeoutMs = 15_000, tries = 3, signal } = options;
    const until = clock.now() + patienceMs;
    let payload = given;
    for (let tried = 1; ; tried++) {
      const chat = chatOf(payload);
      await waitTurn(method, chat, until - clock.now());
      let failure: Failure | WireError;
      try {
        const answer = await wire.post(method, bodyOf(payload), timeoutMs, signal);
        if (answer.ok) return answer.result;
        failure = answer;
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        failure = error;
      }
      const next = failure instanceof WireError ? undefined : failure.parameters;
      if (next?.migrate_to_chat_id !== undefined && sends.has(method) && chat !== `${next.migrate_to_chat_id}`) {
        parts.moved(chat ?? "", `${next.migrate_to_chat_id}`);
        payload = { ...payload, chat_id: `${next.migrate_to_chat_id}`, message_thread_id: undefined };
      } else if (next?.retry_after !== undefined) {
        const ms = next.retry_after * 1000;
        if (chat !== undefined && paced.has(method)) pace.hold(chat, ms);
        if (clock.now() + ms > until) throw slowDown(ms);
        await sleep(ms);
      } else if (tried < tries && isPassing(failure) && !mayBeOut(method, failure) && !signal?.aborted) {
        log.debug({ method, tried }, "a call is made again");
        await sleep(backoffMs[tried - 1] ?? 3_000);
      } else throw translated(failure, mayBeOut(method, failure));
    }
  }

  return {
    call: (method, payload, options = {}) => answered(method, payload, options) as never,
    async load(path, most) {
      const { status, body } = await wire.get(path, most, loadWithin).catch((error: unknown) => {
        if (!(error instanceof WireError)) throw error;
        throw unavailable(error.tooLarge ? "gone" : "noAnswer", error, error.tooLarge ? { reason: "gone" } : {});
      });
      if (status === 200) return body;
      throw unavailable("noAnswer", new Error(`${status} for a file`), status < 500 ? { reason: "gone" } : {});
    },
    close: () => wire.close(),
  };
}

/** ms for a whole file. */
const loadWithin = 60_000;

function chatOf(payload: object): string | undefined {
  const id = "chat_id" in payload ? payload.chat_id : undefined;
  return typeof id === "string" || typeof id === "number" ? `${id}` : undefined;
}

const isPassing = (failure: Failure | WireError) => failure instanceof WireError || failure.error_code >= 500;

/** A gateway that gave up waiting knows no more than we do; what Telegram itself says it failed at was not sent. */
const mayBeOut = (method: string, failure: Failure | WireError): boolean =>
  sends.has(method) && (failure instanceof WireError ? failure.written : failure.error_code === 504);

const slowDown = (ms: number) =>
  new AppError("rate_limited", telegramTexts.say("tooFast"), { detail: { retryAfter: Math.ceil(ms) } });

/** What Telegram says by sentences only: its error codes do not tell these apart. */
const reasons: readonly (readonly [RegExp, "blocked" | "unreachable" | "gone" | "closed"])[] = [
  [/bot was blocked by the user/i, "blocked"],
  [/can't initiate conversation|can't send messages to bots|PEER_ID_INVALID/i, "unreachable"],
  [
    /bot was kicked|not a member|user is deactivated|chat was deleted|group chat was (deactivated|upgraded)|chat not found/i,
    "gone",
  ],
  [/not enough rights|have no rights|WRITE_FORBIDDEN|administrator rights|CHAT_RESTRICTED|TOPIC_CLOSED/i, "closed"],
  [/thread not found|TOPIC_DELETED|message can't be edited/i, "gone"],
  [/message to (edit|delete|react|be replied) not found|MESSAGE_ID_INVALID/i, "gone"],
];

function translated(failure: Failure | WireError, unknown: boolean): AppError {
  if (failure instanceof WireError) return unavailable("noAnswer", failure, { unknown });
  const { error_code: code, description } = failure;
  const cause = new Error(`${code} ${description}`);
  const say = telegramTexts.say;
  if (code === 401) return new AppError("forbidden", say("badToken"), { cause, detail: { reason: "token" } });
  if (code === 409) return new AppError("conflict", say("otherPoller"), { cause });
  if (code === 429) return slowDown(5_000);
  if (code >= 500) return unavailable("noAnswer", cause, { unknown });
  if (code === 404 && /^not found$/i.test(description))
    return new AppError("forbidden", say("badToken"), { cause, detail: { reason: "token" } });
  const reason = reasons.find(([pattern]) => pattern.test(description))?.[1] ?? (code === 403 ? "gone" : undefined);
  if (reason) return unavailable(reason, cause, { reason });
  return new AppError("invalid", say("refused", description), { cause, detail: { reason: description } });
}

const unavailable = (
  key: "noAnswer" | "blocked" | "unreachable" | "gone" | "closed",
  cause: Error,
  detail: ErrorDetail,
) => new AppError("unavailable", telegramTexts.say(key), { cause, detail });
