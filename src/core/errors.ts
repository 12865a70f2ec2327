// The one error a person may be shown: a closed list of codes and a sentence that says what to do next.
import { plain, type Sentence } from "./text.ts";

export const errorCodes = [
  "invalid",
  "not_found",
  "forbidden",
  "conflict",
  "rate_limited",
  "unsupported",
  "unavailable",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** What stood in the way, for code that decides: a store says which key or row, a platform how long to wait (ms). */
export interface ErrorDetail {
  readonly collection?: string;
  /** The fields of the unique key that was taken; `id`, `rev` or `bound` for the other three ways to conflict. */
  readonly key?: string;
  readonly id?: string;
  readonly retryAfter?: number;
  /** True when it is not known whether the other side acted. */
  readonly unknown?: boolean;
  /** A platform's reason, such as "blocked"; "store" when it is the store that can't be reached. */
  readonly reason?: string;
}

const english = { language: "en", zone: "UTC", platform: "log" } as const;

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly sentence: Sentence;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, sentence: Sentence | string, options: { cause?: unknown; detail?: ErrorDetail } = {}) {
    const say: Sentence = typeof sentence === "string" ? () => sentence : sentence;
    super(plain(say(english), english), { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.sentence = say;
    this.detail = options.detail ?? {};
  }
}

/** Trying again later may mend it. */
export const passes = (error: unknown): error is AppError =>
  error instanceof AppError && (error.code === "unavailable" || error.code === "rate_limited");

/** What a platform says stood in the way; "" where it says nothing. */
export const reasonOf = (error: unknown): string => (error instanceof AppError ? (error.detail.reason ?? "") : "");

/** The place or the message is no more. */
export const isGone = (error: unknown): boolean => reasonOf(error) === "gone";

/** The place is no more, or PeerSpark was put out of it: it takes nothing, for good. */
export const isShutOut = (error: unknown): boolean => ["gone", "blocked"].includes(reasonOf(error));

/** The same of a person or a message, neither of which can be reached by itself. */
export const isOutOfReach = (error: unknown): boolean => isShutOut(error) || reasonOf(error) === "unreachable";

/** PeerSpark may not write there for now. */
export const isClosed = (error: unknown): boolean => reasonOf(error) === "closed";

/** The store can't be reached: nothing is wrong with what was to be done. With `detail.unknown` it may have been done. */
export const isStoreAway = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === "unavailable" && error.detail.reason === "store";

export const isConflict = (error: unknown): error is AppError => error instanceof AppError && error.code === "conflict";
