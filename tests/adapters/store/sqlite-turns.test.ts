// What one turn of the event loop reads and writes shares a transaction, and nobody need notice.
import { join } from "node:path";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { openSqlite } from "../../../src/adapters/store/sqlite.ts";
import { insert, patch } from "../../../src/core/kernel/change.ts";
import { collection } from "../../../src/core/kernel/collection.ts";
import { inFolder } from "../../support/store-files.ts";

const seats = collection("seats", z.object({ number: z.number().int() }), { unique: [["number"]], often: true });
const seat = (id: string, number: number) => insert(seats, { id, number });
const options = (folder: string) => ({ path: join(folder, "db"), collections: [seats] });

/** What anybody else can read by now. */
function durable(folder: string): unknown[] {
  const db = new DatabaseSync(join(folder, "db"), { readOnly: true, returnArrays: true });
  try {
    return db
      .prepare("SELECT id FROM seats ORDER BY id")
      .all()
      .map((row) => (row as unknown as [string])[0]);
  } finally {
    db.close();
  }
}

/** Has every COMMIT fail as it does when nothing more can be written. */
async function withoutDisk<T>(work: () => Promise<T>): Promise<T> {
  const { run } = StatementSync.prototype;
  StatementSync.prototype.run = function (this: StatementSync, ...given: Parameters<typeof run>) {
    if (this.sourceSQL === "COMMIT") throw Object.assign(new Error("disk I/O error"), { errcode: 10 });
    return run.apply(this, given);
  } as typeof run;
  try {
    return await work();
  } finally {
    StatementSync.prototype.run = run;
  }
}

describe("commits of one turn", () => {
  it("become durable together, no sooner than they resolve", () =>
    inFolder(async (folder) => {
      const store = await openSqlite(options(folder));
      const commits = [store.commit([seat("a", 1)]), store.commit([seat("b", 2), seat("c", 3)])];
      expect(durable(folder)).toEqual([]);
      await commits[0];
      expect(durable(folder)).toEqual(["a", "b", "c"]);
      await Promise.all(commits);
      await store.close();
    }));

  it("fail each by itself", () =>
    inFolder(async (folder) => {
      const store = await openSqlite(options(folder));
      const outcomes = await Promise.allSettled([
        store.commit([seat("a", 1)]),
        store.commit([seat("b", 2), seat("c", 1)]),
        store.commit([seat("d", 1)]),
        store.commit([seat("e", 5), seat("f", 6)]),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
      expect(durable(folder)).toEqual(["a", "e", "f"]);
      await store.close();
    }));

  it("are seen by whoever reads in that turn, and by a store that is closed in it", () =>
    inFolder(async (folder) => {
      const store = await openSqlite(options(folder));
      const committed = store.commit([seat("a", 1)]);
      expect((await store.get(seats, "a"))?.number).toBe(1);
      const second = store.commit([patch(seats, "a", { number: 2 })]);
      await store.close();
      await Promise.all([committed, second]);
      expect(durable(folder)).toEqual(["a"]);
    }));

  it("all fail, and are forgotten, when the turn can't be written", () =>
    inFolder(async (folder) => {
      const store = await openSqlite(options(folder));
      await store.commit([seat("a", 1)]);
      const commits = [store.commit([patch(seats, "a", { number: 2 })]), store.commit([seat("b", 3), seat("c", 4)])];
      expect((await store.get(seats, "a"))?.number).toBe(2);
      const outcomes = await withoutDisk(() => Promise.allSettled(commits));
      expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
      expect((await store.get(seats, "a"))?.number).toBe(1);
      await store.commit([seat("d", 5)]);
      expect(durable(folder)).toEqual(["a", "d"]);
      await store.close();
    }));

  it("wait for another process, which waits for them, and both get on", () =>
    inFolder(async (folder) => {
      const [mine, theirs] = [await openSqlite(options(folder)), await openSqlite(options(folder))];
      await mine.get(seats, "a");
      await Promise.all([mine.commit([seat("a", 1)]), theirs.commit([seat("b", 2)]), mine.commit([seat("c", 3)])]);
      await setImmediate();
      expect((await theirs.get(seats, "c"))?.number).toBe(3);
      expect((await mine.get(seats, "b"))?.number).toBe(2);
      await Promise.all([mine.close(), theirs.close()]);
    }));
});
