// Appwrite behind a bad network, and away for a while: people on three apps lose nothing, get nothing twice, and are told in time.
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { openAppwrite } from "../../src/adapters/store/appwrite.ts";
import { collections } from "../../src/build.ts";
import { rsvps } from "../../src/core/events/read.ts";
import { pods } from "../../src/core/pods/pod.ts";
import { reminders } from "../../src/core/reminders/reminder.ts";
import { appwriteGrounds, type Grounds, type OpenedAppwrite } from "../support/appwrite-store.ts";
import { type App, type Citizen, type City, city, type Square } from "../support/city/index.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultyProxy, faultyProxy } from "../support/faulty-proxy.ts";
import { mulberry32 } from "../support/secrets.ts";

const apps: readonly App[] = ["discord", "slack", "telegram"];
/** For one answer of Appwrite's, ms: short, so that the tests are. */
const timeoutMs = 800;
/** What the apps give an answer, ms. */
const deadline = 3_000;

let grounds: Grounds;
let opened: OpenedAppwrite;
let proxy: FaultyProxy;
let chance: () => number;
let c: City;
beforeAll(async () => {
  grounds = await appwriteGrounds({ real: false });
});
afterAll(() => grounds.close());
beforeEach(async () => {
  opened = await grounds.open(collections);
  const { origin, pathname } = new URL(grounds.access.endpoint);
  chance = mulberry32(2026);
  proxy = await faultyProxy(origin, () => chance());
  const endpoint = proxy.origin + pathname;
  const { databaseId } = opened;
  c = await city({
    slack: "http",
    remote: () => openAppwrite({ ...grounds.access, endpoint, databaseId, collections, timeoutMs }),
  });
});
afterEach(async () => {
  proxy.weather(0);
  proxy.up();
  await c.close();
  await proxy.close();
  await opened.remove();
});

interface Scene {
  readonly people: Readonly<Record<App, Citizen>>;
  readonly squares: Readonly<Record<App, Square>>;
}

/** A pod that is at home in a channel of each app, which are bridged, with a member on each; and an event. */
async function scene(): Promise<Scene> {
  const made = await Promise.all(
    apps.map(async (app) => {
      const one = await c.person(app, app.toUpperCase());
      return [app, one, await c.square(app, { title: "maths", people: [one], hears: true })] as const;
    }),
  );
  let owner: Citizen | undefined;
  for (const [, one, square] of made) {
    if (!owner) await one.asks("pod create", { name: "Topology" });
    else {
      await one.asks("pod join", { pod: "Topology" });
      await owner.asks("pod handover", { who: one.hand.name, pod: "Topology" });
      await owner.presses("Hand over");
    }
    await one.asks("pod bind", { pod: "Topology" }, square);
    owner = one;
  }
  await owner!.asks("pod bridge on", { pod: "Topology" });
  for (const [, one, square] of made) await one.presses("Take part", square);
  await owner!.asks("event create", { what: "Knots tomorrow 6pm", pod: "Topology" });
  await owner!.presses("Create");
  return {
    people: Object.fromEntries(made.map(([app, one]) => [app, one])) as Scene["people"],
    squares: Object.fromEntries(made.map(([app, , square]) => [app, square])) as Scene["squares"],
  };
}

const told = (one: Citizen, words: RegExp) => one.hand.sees().filter(({ text }) => words.test(text)).length;

/** Somebody does something, and within the deadline sees one of these words. */
async function inTime(one: Citizen, words: RegExp, deed: () => Promise<unknown>): Promise<void> {
  const before = told(one, words);
  const began = performance.now();
  await deed();
  await eventually(() => told(one, words) > before);
  expect(performance.now() - began).toBeLessThan(deadline);
}

/** What waits has been handled, and what follows from it. */
async function recovered(): Promise<void> {
  await eventually(async () => (await c.kept().catch(() => 1)) === 0);
  await eventually(
    async () =>
      await c.store.ping().then(
        () => true,
        () => false,
      ),
  );
  await pause(1_000);
  await c.settled();
}

const keptWord = /I have kept what you asked for/;
const names = async () => (await c.store.find(pods, { limit: 100 })).rows.map(({ name }) => name).toSorted();
const going = async () => (await c.store.find(rsvps, { limit: 100 })).rows.map(({ status }) => status).toSorted();

/** Talk of a person in a channel of the bridge. */
function talks(app: App, { people, squares }: Scene, text: string): void {
  const { hand } = people[app];
  if (app === "discord") c.discord.userOf(hand).say(c.discord.guildOf(squares.discord).general, text);
  if (app === "slack") void c.slack.userOf(hand).say(squares.slack.id, text);
  if (app === "telegram") c.telegram.userOf(hand).say({ id: Number(squares.telegram.id) }, text);
}

it("away for a while: everybody is told in time, and all of it is done once, in order, when it is back", async () => {
  const here = await scene();
  const { people, squares } = here;
  await people.discord.asks("remind me", { what: "in 5 minutes to stretch" });
  proxy.down();
  for (const app of apps) {
    const one = people[app];
    await inTime(one, keptWord, () => one.hand.asks("pod create", { name: `One on ${app}` }));
    await inTime(one, keptWord, () => one.hand.asks("remind me", { what: `in 2 hours to read ${app}` }));
    const flash = await one.hand.presses("Maybe", squares[app]);
    if (app === "telegram") expect(flash).toMatch(keptWord);
    talks(app, here, `first from ${app}`);
    talks(app, here, `second from ${app}`);
  }
  await eventually(async () => (await c.kept()) === 15);
  c.clock.leap(6 * 60_000);
  await pause(500);
  proxy.up();
  await recovered();
  expect(await names()).toEqual(["One on discord", "One on slack", "One on telegram", "Topology"]);
  const { rows } = await c.store.find(reminders, { limit: 10 });
  expect(rows.map(({ text }) => text).toSorted()).toEqual([...apps.map((app) => `read ${app}`), "stretch"]);
  await eventually(() => told(people.discord, /stretch/) === 2);
  const said = c.lines.map(({ message }) => message);
  expect(said.filter((line) => /^the (queue's )?store does not answer/.test(line)).toSorted()).toEqual([
    expect.stringContaining("the queue's store"),
    expect.stringContaining("the store"),
  ]);
  expect(said.filter((line) => line === "the store answers again")).toHaveLength(1);
  expect(await going()).toEqual(["maybe", "maybe", "maybe"]);
  for (const app of apps) {
    expect(c.shown(squares[app], "Knots").map(({ text }) => /Maybe\W+3/.test(text))).toEqual([true]);
    expect([app, told(people[app], /is ready/), told(people[app], /Reminder set/)]).toEqual([
      app,
      1 + Number(app === "discord"),
      1 + Number(app === "discord"),
    ]);
    for (const other of apps.filter((each) => each !== app)) {
      const carried = c.shown(squares[app], `from ${other}`).map(({ text }) => /first|second/.exec(text)?.[0]);
      expect([app, other, carried]).toEqual([app, other, ["first", "second"]]);
    }
  }
}, 120_000);

it("hanging, then killed while all of it waits: the next process does it once, and takes nothing twice", async () => {
  const { people, squares } = await scene();
  proxy.hang();
  for (const app of apps) {
    const one = people[app];
    await inTime(one, keptWord, () => one.hand.asks("pod create", { name: `One on ${app}` }));
  }
  c.clock.leap(5 * 60_000);
  for (const app of apps) await people[app].hand.presses("Can't", squares[app]);
  await eventually(async () => (await c.kept()) === 6);
  proxy.up();
  for (let life = 0; life < 3; life++) {
    await c.restart("kill");
    await pause(60 * life);
  }
  await eventually(async () => (await c.kept()) === 0);
  for (let step = 0; step < 12; step++) {
    c.clock.leap(8_000);
    await pause(50);
  }
  await recovered();
  expect(await names()).toEqual(["One on discord", "One on slack", "One on telegram", "Topology"]);
  expect(await going()).toEqual(["declined", "declined", "declined"]);
  for (const app of apps) {
    const done = people[app].hand
      .sees()
      .flatMap(({ text }) => minuteOf(/What you asked for on (.*) is done/.exec(text)?.[1]));
    const ready = told(people[app], /One on .*is ready/);
    // Of a process that died before it noted what it had answered, the next says that it is done: once for each.
    expect([app, done.length, ready]).toEqual([app, new Set(done).size, Math.min(ready, 1)]);
    expect([app, ready === 1 || done.includes("09:00")]).toEqual([app, true]);
  }
}, 120_000);

/** Of a time as an app shows it; none of nothing. */
function minuteOf(shown?: string): readonly string[] {
  const [, seconds] = /<t:(\d+)/.exec(shown ?? "") ?? [];
  const written = seconds ? new Date(Number(seconds) * 1000).toISOString() : shown;
  return written?.match(/\d\d:\d\d/) ?? [];
}

it.each([
  { seed: 2026, share: 0.04 },
  { seed: 13, share: 0.12 },
])(
  "behind a network that delays, drops or cuts (seed $seed, $share each): every change is done once, and everybody hears of it",
  async ({ seed, share }) => {
    chance = mulberry32(seed);
    const { people, squares } = await scene();
    const asked = proxy.asked;
    proxy.weather(share);
    const wanted: string[] = [];
    for (let round = 0; round < 4; round++) {
      for (const app of apps) {
        const one = people[app];
        const name = `Pod ${round} ${app}`;
        wanted.push(name);
        const heard = new RegExp(`${name} is ready|I have kept|is done\\.`);
        await inTime(one, heard, () => one.hand.asks("pod create", { name }));
        await one.hand.presses(round % 2 ? "Maybe" : "Can't", squares[app]);
      }
    }
    proxy.weather(0);
    await recovered();
    expect(proxy.asked - asked).toBeGreaterThan(150);
    expect([...proxy.met.keys()].toSorted()).toEqual(["cut", "delayed", "dropped after", "dropped before"]);
    expect(await names()).toEqual([...wanted, "Topology"].toSorted());
    expect(await going()).toEqual(["maybe", "maybe", "maybe"]);
    for (const app of apps) {
      expect(c.shown(squares[app], "Knots").map(({ text }) => /Maybe\W+3/.test(text))).toEqual([true]);
      const ready = wanted
        .filter((one) => one.endsWith(app))
        .map((name) => told(people[app], new RegExp(`${name} is ready`)));
      expect(Math.max(...ready)).toBe(1);
      const untold = ready.filter((times) => times === 0).length;
      expect(told(people[app], /What you asked for on .* is done/)).toBeGreaterThanOrEqual(untold);
    }
  },
  180_000,
);
