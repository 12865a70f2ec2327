// What is to be said in a pod's channels is said once in each, whatever Redis loses in between: the rows are what counts.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { openSqlite } from "../../src/adapters/store/sqlite.ts";
import { collections, house } from "../../src/build.ts";
import { bridgeSwitched } from "../../src/core/bridge/facts.ts";
import { AppError } from "../../src/core/errors.ts";
import { events } from "../../src/core/events/event.ts";
import { eventCreated } from "../../src/core/events/facts.ts";
import { insert, patch, remove } from "../../src/core/kernel/change.ts";
import type { AnyFact, Context } from "../../src/core/kernel/house.ts";
import { announcements } from "../../src/core/pods/announcement.ts";
import { bindings } from "../../src/core/pods/binding.ts";
import { channelPosts } from "../../src/core/pods/channel-post.ts";
import { podAnnounced } from "../../src/core/pods/facts.ts";
import { pods } from "../../src/core/pods/pod.ts";
import { sweepChannelPosts } from "../../src/core/pods/sweep-channel-posts.ts";
import type { Store } from "../../src/core/ports/store.ts";
import { replay } from "../../src/jobs/replay.ts";
import { worker } from "../../src/jobs/work.ts";
import type { QueueProcess } from "../contracts/queue.ts";
import { type FakePlatform, fakePlatform, messengerOn } from "../core/notifications/small-house.ts";
import { type BullmqStand, bullmqStand } from "../support/bullmq-stand.ts";
import { silentLog } from "../support/queue-log.ts";
import { type RedisServer, redisServer } from "../support/redis-server.ts";
import { seededSecrets } from "../support/secrets.ts";

const minute = 60_000;
const hour = 60 * minute;
const channels = [
  ["telegram", "t1"],
  ["discord", "d1"],
  ["discord", "d2"],
] as const;
const everywhere = ["d1", "d2", "t1"];

interface Kind {
  readonly fact: AnyFact;
  readonly listener: string;
  readonly payload: Readonly<Record<string, unknown>>;
}
const kinds = {
  "an event": { fact: eventCreated, listener: "post-event", payload: { subject: "e1", pod: "p1", organizer: "ada" } },
  "an announcement": {
    fact: podAnnounced,
    listener: "post-announcement",
    payload: { subject: "p1", announcement: "a1", by: "ada" },
  },
  "a bridge's question": {
    fact: bridgeSwitched,
    listener: "ask-channels",
    payload: { subject: "p1", bridge: "b1", on: true, by: "ada" },
  },
} satisfies Record<string, Kind>;
const eachKind = Object.entries<Kind>(kinds);
const { "an event": ofEvent } = kinds;

let server: RedisServer;
let stand: BullmqStand;
let store: Store;
let finds = 0;
let platforms: Record<"telegram" | "discord", FakePlatform>;
let ctx: Context;
let process: QueueProcess;
beforeAll(async () => {
  server = await redisServer();
});
afterAll(() => server?.close());
beforeEach(async () => {
  stand = await bullmqStand(server);
  const opened = await openSqlite({ path: ":memory:", collections });
  store = {
    ...opened,
    find(...query) {
      finds++;
      return opened.find(...query);
    },
  };
  platforms = { telegram: fakePlatform(), discord: fakePlatform(true) };
  await begin();
  await given();
});
afterEach(async () => {
  await stand.close();
  await store.close();
});

/** A process of its own, which takes no turns yet. */
async function begin(): Promise<void> {
  process = await stand.open({ alone: true });
  const clock = { now: stand.now, after: () => () => undefined };
  const messenger = messengerOn(new Map(Object.entries(platforms)));
  const needs = { store, queue: process.queue, clock, house, messenger, log: silentLog, secrets: seededSecrets(clock) };
  ctx = { ...needs, correlation: "c1", inTurn: (_key, work) => work() } as Partial<Context> as Context;
}

async function given(): Promise<void> {
  const [createdAt, startTime] = [stand.now(), stand.now() + 24 * hour];
  const pod = { name: "Logic", nameKey: "logic", timezone: "UTC", creatorId: "ada", createdAt };
  const event = { title: "Knots", podId: "p1", organizerId: "ada", timezone: "UTC", createdAt, startTime };
  await store.commit([
    insert(pods, { id: "p1", code: "AAAAAA", bridge: "b1", ...pod }),
    insert(events, { id: "e1", code: "BBBBBB", ...event, endTime: startTime + hour }),
    insert(announcements, { id: "a1", podId: "p1", by: "ada", text: "Room 5", at: createdAt }),
    ...channels.map(([platform, channel]) => insert(bindings, boundTo(platform, channel))),
  ]);
}

const boundTo = (platform: string, channel: string) => {
  const where = { platform, channel, space: "s1" };
  return { id: channel, podId: "p1", ...where, boundBy: "ada", boundAt: stand.now() };
};
const hears = ({ fact, listener, payload }: Kind) =>
  house.listeners
    .get(fact.name)!
    .find(({ name }) => name === listener)!
    .hear(ctx, payload as never, "f1");
const works = () => process.queue.start(worker(ctx));
const sweep = () => sweepChannelPosts.run(ctx, {}, { attempt: 1, runAt: stand.now() });
const said = () => [...platforms.discord.sent, ...platforms.telegram.sent].map(({ channel }) => channel).sort();
/** Every minute for so many of them. */
async function sweptFor(minutes: number): Promise<void> {
  for (let n = 0; n < minutes; n++) {
    await stand.pass(minute);
    await sweep();
  }
  await stand.pass(0);
}
async function queriesOfASweep(): Promise<number> {
  finds = 0;
  await sweep();
  return finds;
}

describe.each(eachKind)("%s", (_, kind) => {
  it("is posted once in each channel when Redis was emptied between the fact and the post", async () => {
    await hears(kind);
    await stand.empty();
    works();
    await sweptFor(3);
    expect(said()).toEqual(everywhere);
    expect(await process.queue.counts()).toEqual({ pending: 0, due: 0, dead: 0 });
  });

  it("is posted once when the fact is heard twice, also where a channel was bound in between", async () => {
    await hears(kind);
    works();
    await stand.pass(0);
    await store.commit([insert(bindings, boundTo("discord", "d3"))]);
    await Promise.all([hears(kind), hears(kind)]);
    await sweptFor(2);
    expect(said()).toEqual(["d1", "d2", "d3", "t1"]);
  });

  it("is not repeated by a death and an emptied Redis in the middle of it", async () => {
    const never = () => new Promise<void>(() => undefined);
    for (const platform of Object.values(platforms)) platform.after = never;
    await hears(kind);
    works();
    await stand.pass(0);
    process.crash();
    await stand.empty();
    for (const platform of Object.values(platforms)) platform.after = () => undefined;
    await begin();
    works();
    await sweptFor(3);
    expect(said()).toEqual(everywhere);
    expect(await queriesOfASweep()).toBe(1);
    expect((await process.queue.counts()).pending).toBe(0);
  });
});

describe("the sweep", () => {
  it("asks once and gives no turn when nothing is missing", async () => {
    await hears(ofEvent);
    works();
    await stand.pass(minute);
    expect(await queriesOfASweep()).toBe(1);
    expect((await process.queue.counts()).pending).toBe(0);
  });

  it("leaves alone what is younger than a minute", async () => {
    await hears(ofEvent);
    await stand.empty();
    await sweep();
    expect((await process.queue.counts()).pending).toBe(0);
  });

  it("does not double a turn that waits for its next try", async () => {
    platforms.telegram.before = () => {
      throw new AppError("rate_limited", "slow down");
    };
    await hears(ofEvent);
    works();
    await sweptFor(3);
    expect((await process.queue.counts()).pending).toBe(1);
  });

  it.each<[string, () => Promise<unknown>]>([
    ["was cancelled", () => store.commit([patch(events, "e1", { status: "cancelled" })])],
    ["has no channels left", () => store.commit(channels.map(([, channel]) => remove(bindings, channel)))],
    ["has channels that are gone", () => store.commit(channels.map(([, id]) => patch(bindings, id, { goneAt: 1 })))],
  ])("forgets the posts of an event that %s", async (_, happens) => {
    await hears(ofEvent);
    await stand.empty();
    await happens();
    works();
    await sweptFor(2);
    expect(said()).toEqual([]);
    expect(await store.count(channelPosts)).toBe(0);
  });

  it("brings what a death kept from being sent only where a second one would not be seen", async () => {
    const never = () => new Promise<void>(() => undefined);
    for (const platform of Object.values(platforms)) platform.before = never;
    await hears(ofEvent);
    works();
    await stand.pass(0);
    process.crash();
    await stand.empty();
    for (const platform of Object.values(platforms)) platform.before = () => undefined;
    await begin();
    works();
    await sweptFor(3);
    expect(said()).toEqual(["d1", "d2"]);
    expect(await store.count(channelPosts, { state: "sending", dueAt: null })).toBe(1);
  });

  it.each([
    ["leaves what was given up to whoever looks at the dead letters", false],
    ["brings what was replayed when Redis is emptied right after", true],
  ])("%s", async (_, lost) => {
    let busy = true;
    platforms.telegram.before = () => {
      if (busy) throw new AppError("rate_limited", "slow down");
    };
    await hears(ofEvent);
    works();
    await stand.pass(4 * hour);
    await sweptFor(2);
    expect(await process.queue.counts()).toEqual({ pending: 0, due: 0, dead: 1 });
    expect(await queriesOfASweep()).toBe(1);
    busy = false;
    await process.queue.stop(0);
    await begin();
    await replay(ctx, (await process.queue.dead(1))[0]!.id);
    if (lost) await stand.empty();
    works();
    await sweptFor(3);
    expect(said()).toEqual(everywhere);
  });
});
