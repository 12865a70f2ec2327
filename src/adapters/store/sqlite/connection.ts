// One open database file: its pragmas, its prepared statements, its transactions, its errors translated.
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { AppError } from "../../../core/errors.ts";
import { storeTexts } from "../texts.ts";

export interface Connection {
  readonly db: DatabaseSync;
  /** Rows come as arrays, in the order of the columns. */
  prepare(sql: string): StatementSync;
  /** All that `work` writes or, when it throws, nothing. Takes the write lock at once. */
  transaction<T>(work: () => T): T;
}

/** SQLite waits this long (ms) for another process's lock with the thread blocked; longer waits go on in turns. */
const blockedFor = 50;
const turns = 200;
const keptStatements = 1000;

/** What members wrote is for the service's own user; SQLite gives its other files the same mode. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, "a", 0o600));
}

/** @throws what node:sqlite or node:fs throws. */
export function connect(path: string): Connection {
  if (path !== ":memory:") makeFile(path);
  const db = new DatabaseSync(path, {
    timeout: blockedFor,
    returnArrays: true,
    enableDoubleQuotedStringLiterals: false,
  });
  try {
    db.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY",
    );
  } catch (error) {
    db.close();
    throw error;
  }
  const begin = db.prepare("BEGIN IMMEDIATE");
  const commit = db.prepare("COMMIT");
  const statements = new Map<string, StatementSync>();
  return {
    db,
    prepare(sql) {
      let statement = statements.get(sql);
      if (!statement) {
        if (statements.size >= keptStatements) statements.clear();
        statement = db.prepare(sql);
        statements.set(sql, statement);
      }
      return statement;
    },
    transaction(work) {
      begin.run();
      try {
        const result = work();
        commit.run();
        return result;
      } catch (error) {
        if (db.isTransaction) db.exec("ROLLBACK");
        throw error;
      }
    },
  };
}

export interface SqliteError extends Error {
  /** https://www.sqlite.org/rescode.html, extended. */
  readonly errcode: number;
}

/** By its fields: an error of the runtime is no `Error` of this realm where tests have one of their own. */
export const isSqliteError = (error: unknown): error is SqliteError =>
  typeof (error as Partial<SqliteError> | undefined)?.errcode === "number";

/** The result code without its extension. */
export const primaryCode = (error: unknown): number | undefined =>
  isSqliteError(error) ? error.errcode & 255 : undefined;

/** Busy and locked: another process is at it. */
const isBusy = (error: unknown): boolean => primaryCode(error) === 5 || primaryCode(error) === 6;

/** Runs it again while another process holds the lock, about ten seconds in all; others get their turn in between. */
export async function whenFree<T>(work: () => T | Promise<T>): Promise<T> {
  for (let turn = 1; ; turn++) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || turn === turns) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
    }
  }
}

/** After so many calls the event loop gets its turn, since SQLite itself never waits for it. */
const callsATurn = 64;

/** Runs one call of the store. @throws AppError; `unavailable` for whatever SQLite could not do. */
export type Answer = <T>(work: () => T | Promise<T>) => Promise<T>;

/** @param first done before each of them. */
export function answers(first: () => void = () => {}): Answer {
  let calls = 0;
  const now: Answer = (work) => {
    try {
      first();
      const result = work();
      return result instanceof Promise ? result.catch((error) => later(work, error)) : Promise.resolve(result);
    } catch (error) {
      return later(work, error);
    }
  };
  const later = <T>(work: () => T | Promise<T>, error: unknown): Promise<T> => {
    if (!isBusy(error)) return rejected(error);
    return whenFree(() => {
      first();
      return work();
    }).catch(rejected);
  };
  return (work) => {
    calls = (calls + 1) % callsATurn;
    return calls === 0 ? new Promise((resolve) => setImmediate(resolve)).then(() => now(work)) : now(work);
  };
}

const rejected = (error: unknown) => Promise.reject(translated(error));

/** Faults of our own stay what they are. */
function translated(error: unknown): unknown {
  const driver = isSqliteError(error) || (error as { code?: unknown }).code === "ERR_INVALID_STATE";
  return driver ? new AppError("unavailable", storeTexts.say("unavailable"), { cause: error }) : error;
}
