// One migration at a time on a machine: a lock that ends with its process, however that ends.
import { DatabaseSync } from "node:sqlite";
import { AppError } from "../../core/errors.ts";
import { isSqliteError } from "../store/sqlite/connection.ts";
import { migrationTexts } from "./texts.ts";

/** The answer gives it back. The file stays, empty. @throws AppError `conflict` while another process has it. */
export function lockAt(path: string): () => void {
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    db.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    db.close();
    throw isSqliteError(error) ? new AppError("conflict", migrationTexts.say("twice"), { cause: error }) : error;
  }
  return () => db.close();
}
