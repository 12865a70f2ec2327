// What must happen at a time happens, whatever Redis loses and however the clock is set: the rows are what counts.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { openSqlite } from "../../src/adapters/store/sqlite.ts";
import { collections, house } from "../../src/build.ts";
import { AppError } from "../../src/core/errors.ts";
import { insert } from "../../src/core/kernel/change.ts";
import { defineFact, on, outbox } from "../../src/core/kernel/fact.ts";
import { houseOf } from "../../src/core/kernel/feature.ts";
import type { Context } from "../../src/core/kernel/house.ts";
import { sweepOutbox, withOutbox } from "../../src/core/kernel/outbox.ts";
import { type Reminder, reminders } from "../../src/core/reminders/reminder.ts";
import { ringing } from "../../src/core/reminders/ring-reminder.ts";
import { sweepReminders } from "../../src/core/reminders/sweep-reminders.ts";
import { replay } from "../../src/jobs/replay.ts";
import { worker } from "../../src/jobs/work.ts";
import { type BullmqStand, bullmqStand } from "../support/bullmq-stand.ts";
import { silentLog } from "../support/queue-log.ts";
import { type RedisServer, redisServer } from "../support/redis-server.ts";
import { seededSecrets } from "../support/secrets.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let server: RedisServer;
let stand: BullmqStand;
let ctx: Context;
beforeAll(async () => {
  server = await redisServer();
});
afterAll(() => server?.close());
beforeEach(async () => {
  stand = await bullmqStand(server);
  const { queue } = await stand.open({ alone: true });
  const clock = { now: stand.now, after: () => () => undefined };
  const store = await openSqlite({ path: ":memory:", collections });
  const needs = { store, queue, clock, house, log: silentLog, secrets: seededSecrets(clock), correlation: "c1" };
  ctx = { ...needs, inTurn: (_key, work) => work() } as Partial<Context> as Context;
});
afterEach(async () => {
  await stand.close();
  await ctx.store.close();
});

async function remindedIn(ms: number): Promise<number> {
  const dueAt = stand.now() + ms;
  const shared = { memberId: "ada", code: "abc", text: "breathe", zone: "UTC", slot: 0, createdAt: stand.now() };
  await ctx.store.commit([insert(reminders, { id: "r1", ...shared, dueAt, status: "pending" })]);
  await ctx.queue.enqueue([ringing({ id: "r1", dueAt })]);
  return dueAt;
}
const reminder = async () => (await ctx.store.get(reminders, "r1")) as Reminder;
const sweep = () => sweepReminders.run(ctx, {}, { attempt: 1, runAt: stand.now() });

describe("a reminder in forty days", () => {
  beforeEach(() => ctx.queue.start(worker(ctx)));

  it("rings to the moment", async () => {
    const dueAt = await remindedIn(40 * day);
    await stand.pass(40 * day - 1);
    expect((await reminder()).status).toBe("pending");
    await stand.pass(1);
    expect(await reminder()).toMatchObject({ status: "rung", rungAt: dueAt });
  });

  it("rings to the moment when Redis was emptied, even right before", async () => {
    const dueAt = await remindedIn(40 * day);
    await stand.pass(40 * day - minute);
    await stand.empty();
    await sweep();
    await stand.pass(minute);
    expect(await reminder()).toMatchObject({ status: "rung", rungAt: dueAt });
  });

  it("rings once, when the clock says so, after it was set back by an hour", async () => {
    const dueAt = await remindedIn(40 * day);
    await stand.pass(40 * day - minute);
    stand.jump(-hour);
    await stand.pass(hour);
    expect((await reminder()).status).toBe("pending");
    await stand.pass(minute);
    expect(await reminder()).toMatchObject({ status: "rung", rungAt: dueAt });
    stand.jump(-hour);
    await sweep();
    await stand.pass(2 * hour);
    expect(await reminder()).toMatchObject({ status: "rung", rungAt: dueAt, rev: 2 });
  });

  it("is not given a second turn by sweeps", async () => {
    await remindedIn(minute);
    for (let n = 0; n < 3; n++) await sweep();
    expect(await ctx.queue.counts()).toEqual({ pending: 1, due: 0, dead: 0 });
  });
});

describe("a fact that was put back after Redis was emptied, and whose listener failed", () => {
  const noteWritten = defineFact("note.written", z.object({ subject: z.string() }));
  const letters = async () => (await ctx.queue.counts()).dead;

  it.each([
    ["is heard once when its dead letter is replayed, and by no sweep before", false],
    ["is heard once when Redis is emptied right after the replay", true],
  ])("%s", async (_, lost) => {
    const heard: string[] = [];
    let deaf = true;
    const praise = on(noteWritten, "praise", async (_, { subject }) => {
      if (deaf) throw new AppError("invalid", "deaf");
      heard.push(subject);
    });
    const own = { ...ctx, house: houseOf([{ name: "notes", facts: [noteWritten], listeners: [praise] }]) };
    const store = withOutbox(ctx.store, own.queue, own.house, (error) => expect(error).toBeUndefined());
    const swept = () => sweepOutbox.run({ ...own, store }, {}, { attempt: 1, runAt: stand.now() });
    await store.commit([noteWritten(own, { subject: "a" })]);
    await stand.empty();
    await stand.pass(10_000);
    await swept();
    const { queue } = await stand.open({ alone: true });
    queue.start(worker({ ...own, store }));
    await stand.pass(1000);
    expect([heard, await letters()]).toEqual([[], 1]);
    deaf = false;
    await swept();
    await stand.pass(minute);
    expect([heard, await letters()]).toEqual([[], 1]);
    const giving = await stand.open({ alone: true });
    await queue.stop(0);
    for (const { id } of await giving.queue.dead(10)) await replay({ ...own, store, queue: giving.queue }, id);
    if (lost) await stand.empty();
    giving.queue.start(worker({ ...own, store }));
    await swept();
    await stand.pass(minute);
    await swept();
    await stand.pass(minute);
    expect([heard, await letters(), await ctx.store.count(outbox)]).toEqual([["a"], 0, 0]);
  });
});
