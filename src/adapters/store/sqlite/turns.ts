// What is read and written within one turn of the event loop shares a transaction: one lock, one snapshot, each page written once.
import type { Connection } from "./connection.ts";

export interface Turns {
  /** Goes up with every turn in which something is read or written. */
  number(): number;
  /** To be called before anything is read. */
  read(): void;
  /**
   * Does all of `work` or nothing. Resolves when it is durable, which is when the turn ends; whoever reads in this turn
   * sees it before.
   * @param single whether it is one statement, which SQLite itself does wholly or not at all.
   * @throws what `work` or taking the lock throws; rejects when the end of the turn could not be written.
   */
  write(work: () => void, single: boolean): Promise<void>;
  /** Ends the turn at once. */
  end(): void;
}

/** @param lost called when what was written and perhaps read is gone after all. */
export function turnsOf(connection: Connection, lost: () => void): Turns {
  const { db } = connection;
  const run = (sql: string) => {
    const statement = db.prepare(sql);
    return () => void statement.run();
  };
  const [beginReading, beginWriting, commit] = [run("BEGIN"), run("BEGIN IMMEDIATE"), run("COMMIT")];
  const [mark, keep, undo] = [run("SAVEPOINT step"), run("RELEASE step"), run("ROLLBACK TO step")];
  let number = 0;
  let reading = false;
  let writing: PromiseWithResolvers<void> | undefined;
  let scheduled = false;

  function began(): void {
    number++;
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      end();
    });
  }

  /** A snapshot that others have written past can't be written on, so the one for reading ends first. */
  function startWriting(): PromiseWithResolvers<void> {
    if (reading) stopReading();
    beginWriting();
    writing = Promise.withResolvers<void>();
    writing.promise.catch(() => undefined);
    began();
    return writing;
  }

  function stopReading(): void {
    reading = false;
    commit();
  }

  function step(work: () => void): void {
    mark();
    try {
      work();
    } catch (error) {
      if (db.isTransaction) undo();
      throw error;
    } finally {
      if (db.isTransaction) keep();
    }
  }

  /** SQLite gives a whole transaction up when the disk is full, say. */
  function giveUp(error: unknown): void {
    const all = writing;
    writing = undefined;
    if (db.isTransaction) db.exec("ROLLBACK");
    lost();
    all?.reject(error);
  }

  function end(): void {
    if (reading) stopReading();
    const all = writing;
    if (!all) return;
    try {
      commit();
      writing = undefined;
      all.resolve();
    } catch (error) {
      giveUp(error);
    }
  }

  return {
    number: () => number,
    read() {
      if (reading || writing) return;
      beginReading();
      reading = true;
      began();
    },
    write(work, single) {
      const all = writing ?? startWriting();
      try {
        if (single) work();
        else step(work);
      } catch (error) {
        if (!db.isTransaction) giveUp(error);
        throw error;
      }
      return all.promise;
    },
    end,
  };
}
