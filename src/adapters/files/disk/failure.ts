// What the file system says, in the terms of the house.
import { AppError } from "../../../core/errors.ts";
import { storageTexts } from "../texts.ts";

export const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

const full: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT"]);

/** Only what the system refused is translated: what a content throws is its caller's. */
export function failureOf(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !("syscall" in error)) return error;
  const sentence = full.has(codeOf(error)) ? "full" : "unavailable";
  return new AppError("unavailable", storageTexts.say(sentence), { cause: error });
}
