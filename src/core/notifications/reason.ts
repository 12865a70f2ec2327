// Why a way did not bring a notification, in one of the words that have a sentence: what an app itself says goes to the log alone.
import { AppError, type ErrorCode } from "../errors.ts";
import type { Reason } from "./delivery-texts.ts";

/** What a platform's `detail.reason` may be that members are told. */
const told: ReadonlySet<string> = new Set(["blocked", "unreachable", "gone", "token"] satisfies Reason[]);

const byCode: Partial<Record<ErrorCode, Reason>> = {
  rate_limited: "rate_limited",
  unavailable: "unavailable",
  conflict: "unavailable",
};

export function keptReason(error: unknown): Reason {
  if (!(error instanceof AppError)) return "error";
  const { code, detail } = error;
  return told.has(detail.reason ?? "") ? (detail.reason as Reason) : (byCode[code] ?? "invalid");
}
