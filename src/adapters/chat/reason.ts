// What an error says stood in the way, for code that decides.
import { AppError } from "../../core/errors.ts";

/** "" where it says nothing. */
export const reasonOf = (error: unknown): string => (error instanceof AppError ? (error.detail.reason ?? "") : "");
