// What went wrong with a request about files, in the terms of the house.
import { AppError } from "../../../core/errors.ts";
import { AppwriteFailure } from "../../store/appwrite/failure.ts";
import { storageTexts } from "../texts.ts";

/** The server says that there is no such file. */
export const isMissing = (error: unknown): boolean =>
  error instanceof AppwriteFailure && error.type === "storage_file_not_found";

export const isTaken = (error: unknown): boolean =>
  error instanceof AppwriteFailure && error.type === "storage_file_already_exists";

/** What is no failure of the server's is its caller's. */
export function filesFailure(error: unknown): unknown {
  if (!(error instanceof AppwriteFailure)) return error;
  if (isTaken(error)) return alreadyThere(error);
  if (error.status === 400) return new AppError("invalid", storageTexts.say("refused"), { cause: error });
  const detail = error.mayHaveActed ? { unknown: true } : {};
  return new AppError("unavailable", storageTexts.say("unavailable"), { cause: error, detail });
}

export const alreadyThere = (cause?: unknown) =>
  new AppError("conflict", storageTexts.say("taken"), { cause, detail: { key: "id" } });
