// Discord's errors said in our words, once (discord.com/developers/docs/topics/opcodes-and-status-codes#json). Nothing here holds a token.
import { DiscordAPIError, HTTPError, RateLimitError } from "@discordjs/rest";
import { AppError, type ErrorDetail } from "../../../core/errors.ts";
import { discordTexts } from "./texts.ts";

type Reason = "blocked" | "unreachable" | "gone" | "closed" | "noReply" | "full" | "automod";

/** Discord's JSON error codes; those that are not here go by their HTTP status. */
const reasons: Readonly<Record<number, Reason>> = {
  10003: "gone",
  10004: "gone",
  10008: "gone",
  10013: "gone",
  30038: "full",
  50001: "closed",
  50007: "blocked",
  50008: "closed",
  50013: "closed",
  50278: "unreachable",
  160002: "noReply",
  160005: "closed",
  160009: "noReply",
  200000: "automod",
};

/** The token of an interaction is used up or was never good: what it was for is said otherwise. */
const expired: ReadonlySet<number> = new Set([10015, 10062, 50027]);
const acknowledged = 40060;

/** @param sent whether Discord may have acted although no answer came. */
export function translated(error: unknown, sent: boolean): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof RateLimitError) return slowDown(error.retryAfter);
  if (error instanceof DiscordAPIError) return refusal(error);
  if (error instanceof HTTPError) return noAnswer(`${error.status}`, sent);
  if (!(error instanceof Error)) return error;
  if (/^Expected token/.test(error.message)) return badToken(new Error("the token was refused before"));
  return noAnswer("code" in error ? `${error.code}` : error.name, sent);
}

export const slowDown = (ms: number): AppError =>
  new AppError("rate_limited", discordTexts.say("tooFast"), { detail: { retryAfter: Math.ceil(ms) } });

const badToken = (cause: Error) =>
  new AppError("forbidden", discordTexts.say("badToken"), { cause, detail: { reason: "token" } });

const noAnswer = (why: string, unknown: boolean) => unavailable("noAnswer", new Error(why), { unknown });

function refusal({ code, status, message }: DiscordAPIError): AppError {
  const cause = new Error(`${status} ${code} ${message}`);
  const number = Number(code);
  if (expired.has(number)) return unavailable("noAnswer", cause, { reason: "expired" });
  if (status === 401) return badToken(cause);
  if (number === acknowledged) return unavailable("noAnswer", cause, { reason: "acknowledged" });
  if (number === 10014) return new AppError("unsupported", discordTexts.say("noEmoji"), { cause });
  const reason = reasons[number] ?? (status === 404 ? "gone" : status === 403 ? "closed" : undefined);
  if (reason) return unavailable(reason, cause, { reason });
  return new AppError("invalid", discordTexts.say("refused", message), { cause, detail: { reason: `${code}` } });
}

const unavailable = (key: Reason | "noAnswer", cause: Error, detail: ErrorDetail) =>
  new AppError("unavailable", discordTexts.say(key), { cause, detail });
