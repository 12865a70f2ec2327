// Facts reach each of their listeners, whatever dies between the commit and the hand-over.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { openSqlite } from "../../../src/adapters/store/sqlite.ts";
import { AppError } from "../../../src/core/errors.ts";
import { insert, remove } from "../../../src/core/kernel/change.ts";
import { collection } from "../../../src/core/kernel/collection.ts";
import { defineFact, on, outbox } from "../../../src/core/kernel/fact.ts";
import { houseOf } from "../../../src/core/kernel/feature.ts";
import type { Context } from "../../../src/core/kernel/house.ts";
import { bound, withOutbox } from "../../../src/core/kernel/outbox.ts";
import type { Queue } from "../../../src/core/ports/queue.ts";
import type { NewRow, Store } from "../../../src/core/ports/store.ts";
import { jobs } from "../../../src/jobs/drivers/embedded/rows.ts";
import { embeddedQueue, jobCollections } from "../../../src/jobs/drivers/embedded.ts";
import { registerRecurring, worker } from "../../../src/jobs/work.ts";
import { type TestClock, testClock } from "../../support/clock.ts";
import { silentLog } from "../../support/queue-log.ts";
import { seededSecrets } from "../../support/secrets.ts";

const notes = collection("notes", z.object({ title: z.string() }), { unique: [["title"]] });
const noteWritten = defineFact("note.written", z.object({ subject: z.string() }));
const noteUnheard = defineFact("note.unheard", z.object({}));

describe("the outbox", () => {
  let clock: TestClock;
  let driver: Store;
  let queue: Queue;
  let heard: string[];
  let deaf: boolean;
  let failures: unknown[];
  let ctx: Context;
  /** What the queue and the store are asked before they do as they are told. */
  let together: boolean;
  let hindrance: { enqueue?: () => Promise<void>; commit?: () => Promise<void> };

  beforeEach(async () => {
    heard = [];
    deaf = false;
    failures = [];
    hindrance = {};
    together = false;
    const hear = (name: string) =>
      on(noteWritten, name, async ({ correlation }, { subject }, factId) => {
        if (deaf) throw new AppError("invalid", "deaf");
        heard.push(`${name} ${subject} ${correlation} ${factId.length}`);
      });
    const feature = { name: "notes", collections: [notes], facts: [noteWritten, noteUnheard] };
    const house = houseOf([{ ...feature, listeners: [hear("praise"), hear("count")] }]);
    clock = testClock();
    const secrets = seededSecrets(clock);
    driver = await openSqlite({ path: ":memory:", collections: [...house.collections, ...jobCollections] });
    const real = embeddedQueue({ store: driver, clock, secrets, log: silentLog });
    queue = {
      ...real,
      inCommit: (requests) => (together ? real.inCommit(requests) : undefined),
      enqueue: async (requests) => hindrance.enqueue?.().then(() => real.enqueue(requests)) ?? real.enqueue(requests),
    };
    const hindered: Store = {
      ...bound(driver),
      commit: async (changes) => {
        if (changes.every((change) => change.kind === "remove" && change.in === outbox)) await hindrance.commit?.();
        await driver.commit(changes);
      },
    };
    const store = withOutbox(hindered, queue, house, (error) => failures.push(error));
    const rest = { clock, secrets, log: silentLog, messenger: undefined as never, files: undefined as never };
    ctx = { ...rest, store, queue, house, correlation: "c1", inTurn: (_key, work) => work() };
  });
  afterEach(async () => {
    await queue.stop(0);
    await driver.close();
  });

  const work = async () => {
    await registerRecurring(ctx);
    queue.start(worker(ctx));
  };
  const write = (title: string, store: Store = ctx.store) =>
    store.commit([insert(notes, { id: title, title }), noteWritten(ctx, { subject: title })]);
  const waiting = () => driver.count(outbox);
  const bothHeard = ["count a c1 26", "praise a c1 26"];

  it("hands a fact to each of its listeners once, as soon as it is committed", async () => {
    await work();
    await write("a");
    await clock.settle();
    expect(heard.toSorted()).toEqual(bothHeard);
    expect(await waiting()).toBe(0);
    await clock.advance(120_000);
    expect(heard.length).toBe(2);
  });

  it("hands nothing over when the commit fails", async () => {
    await work();
    await write("a");
    await expect(write("a")).rejects.toMatchObject({ code: "conflict" });
    await clock.advance(120_000);
    expect(heard.length).toBe(2);
  });

  it("keeps nothing of a fact that nobody listens to", async () => {
    await work();
    await ctx.store.commit([noteUnheard(ctx, {})]);
    expect(await waiting()).toBe(0);
    expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
  });

  it("picks up what a process left that died between the commit and the hand-over", async () => {
    await write("a", driver);
    expect(await waiting()).toBe(1);
    await clock.advance(10_000);
    await work();
    await clock.settle();
    expect(heard.toSorted()).toEqual(bothHeard);
    expect(await waiting()).toBe(0);
  });

  it("leaves a hand-over that may be under way alone", async () => {
    await work();
    await clock.advance(29_000);
    await write("a", driver);
    await clock.advance(2_000);
    expect([heard.length, await waiting()]).toEqual([0, 1]);
    await clock.advance(30_000);
    expect([heard.length, await waiting()]).toEqual([2, 0]);
  });

  it("is not held up by a clock that was set back", async () => {
    await write("a", driver);
    clock.jump(-3_600_000);
    await work();
    await clock.advance(31_000);
    expect(heard.length).toBe(2);
  });

  it("lets a commit stand whose hand-over failed, and hands over later", async () => {
    const away = new AppError("unavailable", "The queue is away.");
    hindrance.enqueue = () => Promise.reject(away);
    await write("a");
    await clock.settle();
    expect(failures).toEqual([away]);
    expect(await driver.get(notes, "a")).toMatchObject({ title: "a" });
    hindrance = {};
    await clock.advance(10_000);
    await work();
    await clock.settle();
    expect(heard.toSorted()).toEqual(bothHeard);
  });

  it("puts back the turns that the queue has lost, and not those that it has", async () => {
    await write("a");
    expect([await waiting(), await queue.counts()]).toMatchObject([2, { pending: 2 }]);
    const lost = await driver.find(jobs, { limit: 10 });
    await driver.commit([remove(jobs, lost.rows[0]!.id)]);
    await clock.advance(10_000);
    await ctx.house.jobs.get("outbox.sweep")!.run(ctx, {}, { attempt: 1, runAt: clock.now() });
    expect([await waiting(), await queue.counts()]).toMatchObject([2, { pending: 2 }]);
    await work();
    await clock.settle();
    expect(heard.toSorted()).toEqual(bothHeard);
    expect(await waiting()).toBe(0);
    await clock.advance(120_000);
    expect(heard.length).toBe(2);
  });

  it("tells a listener again when it could not be crossed off, and then no more", async () => {
    hindrance.commit = () => Promise.reject(new AppError("unavailable", "The store is away."));
    await work();
    await write("a");
    await clock.settle();
    expect([heard.length, await waiting()]).toEqual([2, 2]);
    hindrance = {};
    await clock.advance(120_000);
    expect([new Set(heard).size, heard.length, await waiting()]).toEqual([2, 4, 0]);
  });

  const sweep = () => ctx.house.jobs.get("outbox.sweep")!.run(ctx, {}, { attempt: 1, runAt: clock.now() });
  const loseTurns = async () => {
    const { rows } = await driver.find(jobs, { limit: 10 });
    await driver.commit(rows.map((row) => remove(jobs, row.id)));
  };

  describe.each([
    ["as it was handed over", async () => undefined],
    [
      "after it was put back",
      async () => {
        await loseTurns();
        await clock.advance(10_000);
        await sweep();
      },
    ],
  ])("a turn that ends among the dead letters, %s", (_, before) => {
    beforeEach(async () => {
      deaf = true;
      await write("a");
      await before();
      await work();
      await clock.advance(1000);
      expect(await queue.counts()).toMatchObject({ pending: 0, dead: 2 });
    });
    const replay = async () => {
      for (const { id } of await queue.dead(10)) await queue.replay(id);
      await clock.advance(1000);
    };

    it("is not given again by itself", async () => {
      deaf = false;
      await clock.advance(120_000);
      expect([heard, await queue.counts()]).toMatchObject([[], { pending: 0, dead: 2 }]);
    });

    it("is heard once when it is replayed, and then nothing of it is kept", async () => {
      deaf = false;
      await replay();
      await clock.advance(120_000);
      expect(heard.toSorted()).toEqual(bothHeard);
      expect([await waiting(), await queue.counts()]).toMatchObject([0, { pending: 0, dead: 0 }]);
    });

    it("is heard once when it was replayed in vain before", async () => {
      await replay();
      expect(await queue.counts()).toMatchObject({ pending: 0, dead: 2 });
      deaf = false;
      await replay();
      expect(heard.toSorted()).toEqual(bothHeard);
      expect(await waiting()).toBe(0);
    });
  });

  it("keeps as many of those as there are dead letters, the latest", async () => {
    const rowOf = (n: number) => ({ id: `f${n}.0`, fact: "note.written", listener: "count", payload: {} });
    const rows = Array.from({ length: 1250 }, (_, n) => ({ ...rowOf(n), correlation: "c1", at: n + 1, diedAt: n + 1 }));
    rows.push({ ...rowOf(9999), correlation: "c1", at: clock.now(), diedAt: undefined as never });
    for (let at = 0; at < rows.length; at += 100)
      await driver.commit(rows.slice(at, at + 100).map((row) => insert(outbox, row)));
    await ctx.house.jobs.get("outbox.forget")!.run(ctx, {}, { attempt: 1, runAt: clock.now() });
    expect(await waiting()).toBe(1001);
    expect(await driver.count(outbox, { diedAt: { lte: 250 } })).toBe(0);
    await ctx.house.jobs.get("outbox.forget")!.run(ctx, {}, { attempt: 1, runAt: clock.now() });
    expect(await waiting()).toBe(1001);
  });

  describe("a sweep", () => {
    let finds: number;
    const keep = async (count: number, of: (n: number) => Partial<NewRow<typeof outbox>>) => {
      const shared = { fact: "note.written", listener: "count", payload: { subject: "a" }, correlation: "c1" };
      for (let from = 0; from < count; from += 100)
        await driver.commit(
          Array.from({ length: Math.min(100, count - from) }, (_, n) =>
            insert(outbox, { ...shared, id: `${from + n}.0`, at: clock.now(), ...of(from + n) }),
          ),
        );
    };
    beforeEach(() => {
      finds = 0;
      const { find } = ctx.store;
      const store = {
        ...ctx.store,
        find: ((...given) => {
          finds++;
          return find(...given);
        }) as Store["find"],
      };
      ctx = { ...ctx, store };
    });
    const pending = async () => (await queue.counts()).pending;

    it("asks once when nothing is left over, however many dead letters there are", async () => {
      await sweep();
      expect(finds).toBe(1);
      await keep(1200, () => ({ at: 1, diedAt: 2 }));
      await keep(1, () => ({ id: "new.0" }));
      await sweep();
      expect([finds, await pending()]).toEqual([2, 0]);
    });

    it("finds what is old and what the clock was set back behind, and no more", async () => {
      await keep(300, () => ({ at: 1, diedAt: 2 }));
      await keep(1, () => ({ id: "old.0", at: clock.now() - 5_000 }));
      await keep(1, () => ({ id: "ahead.0", at: clock.now() + 3_600_000 }));
      await keep(1, () => ({ id: "new.0", at: clock.now() - 4_999 }));
      await sweep();
      expect([finds, await pending()]).toEqual([1, 2]);
    });

    it("does no more than ten thousand in a run, the oldest first", async () => {
      await keep(10_100, (n) => ({ at: n + 1 }));
      const asked: number[] = [];
      hindrance.enqueue = async () => void asked.push(1);
      await sweep();
      expect([finds, asked.length]).toEqual([20, 20]);
    });
  });

  it("sweeps up many", async () => {
    for (let n = 0; n < 250; n++) await write(`n${n}`, driver);
    await clock.advance(10_000);
    await work();
    await clock.advance(20_000);
    expect(new Set(heard).size).toBe(500);
    expect(heard.length).toBe(500);
    expect(await waiting()).toBe(0);
  });

  it("is left out where the jobs live in the store: one commit does it all, or nothing", async () => {
    together = true;
    hindrance.enqueue = () => Promise.reject(new Error("nothing is enqueued by itself"));
    await write("a");
    expect([await waiting(), await queue.counts()]).toMatchObject([0, { pending: 2 }]);
    await expect(write("a")).rejects.toMatchObject({ code: "conflict" });
    expect(await queue.counts()).toMatchObject({ pending: 2 });
    await work();
    await clock.settle();
    await write("b");
    await clock.settle();
    expect(heard.toSorted()).toEqual([...bothHeard, "count b c1 26", "praise b c1 26"].toSorted());
    expect(failures).toEqual([]);
  });

  it("serves a commit that has no room for the jobs", async () => {
    together = true;
    const many = Array.from({ length: 98 }, (_, n) => insert(notes, { id: `n${n}`, title: `n${n}` }));
    await ctx.store.commit([...many, noteWritten(ctx, { subject: "a" })]);
    await work();
    await clock.settle();
    expect(heard.toSorted()).toEqual(bothHeard);
    await ctx.store.commit([noteUnheard(ctx, {})]);
    expect(await waiting()).toBe(0);
  });
});
