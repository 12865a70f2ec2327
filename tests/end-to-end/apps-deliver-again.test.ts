// What the apps deliver a second time (Slack's retries and repeats, a resumed Discord session, Telegram's updates) happens once.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { events, rsvps } from "../../src/core/events/read.ts";
import { pods } from "../../src/core/pods/pod.ts";
import { reminders } from "../../src/core/reminders/reminder.ts";
import { type App, type Citizen, type City, city, type Square } from "../support/city/index.ts";

let c: City;
afterEach(() => c.close());

/** Everything that anybody sees, and how much of everything there is. */
async function world() {
  const kept = [pods, events, rsvps, reminders] as const;
  const counts = await Promise.all(kept.map((collection) => c.store.count(collection as typeof pods)));
  return { shown: c.everything().map(({ where, text }) => `${where}: ${text}`), counts };
}

async function expectNothingTwice(app: App): Promise<void> {
  const before = await world();
  await c.happens(c[app].again);
  expect(await world()).toEqual(before);
  await c.happens(c[app].again);
  expect(await world()).toEqual(before);
  expect(c.troubles()).toEqual([]);
}

const apps: readonly { app: App; slack?: "socket" | "http"; how: string }[] = [
  { app: "discord", how: "Discord, after a resume" },
  { app: "slack", slack: "socket", how: "Slack by Socket Mode" },
  { app: "slack", slack: "http", how: "Slack over HTTP" },
  { app: "telegram", how: "Telegram" },
];

describe.each(apps)("$how", ({ app, slack }) => {
  let one: Citizen;
  let square: Square;
  beforeEach(async () => {
    c = await city({ slack });
    one = await c.person(app, "Ada");
    square = await c.square(app, { title: "maths", people: [one] });
  });

  it("a command", async () => {
    await one.asks("remind me", { what: "water the plants", when: "in 3 hours" });
    expect(await c.store.count(reminders)).toBe(1);
    await expectNothingTwice(app);
    await one.asks("remind me", { what: "feed the cat", when: "in 3 hours" }, square);
    expect(await c.store.count(reminders)).toBe(2);
    await expectNothingTwice(app);
  });

  it("a message, in private and to PeerSpark by name", async () => {
    await one.says("remind me to water the plants in 3 hours");
    expect(await c.store.count(reminders)).toBe(1);
    await expectNothingTwice(app);
    await one.says("remind me to feed the cat in 3 hours", square);
    expect(await c.store.count(reminders)).toBe(2);
    await expectNothingTwice(app);
    await one.says("what can you do?", square);
    await expectNothingTwice(app);
  });

  it("a press and what it did", async () => {
    await one.asks("pod create", { name: "Topology" });
    await one.asks("pod bind", { pod: "Topology" }, square);
    await expectNothingTwice(app);
    await one.asks("event create", { what: "Knots tomorrow 6pm" });
    await one.presses("Create");
    expect(c.shown(square, "Knots")).toHaveLength(1);
    await expectNothingTwice(app);
    await one.presses("Maybe", square);
    await expectNothingTwice(app);
    expect(c.shown(square, "Knots")).toHaveLength(1);
    expect(c.shown(square, "Knots")[0]!.text).toMatch(/Maybe\W+1/);
  });

  it("what filled in a form, or answered a question", async () => {
    await one.asks("pod create", { category: "maths" });
    if (app === "telegram") await one.says("Topology");
    else await one.fills({ name: "Topology" });
    expect(await c.store.count(pods)).toBe(1);
    await expectNothingTwice(app);
  });

  it("what was done before the house was killed", async () => {
    await one.asks("remind me", { what: "water the plants", when: "in 3 hours" });
    await c.restart("kill");
    await c.settled();
    const before = await world();
    if (app !== "discord") await c.happens(c[app].again);
    expect(await world()).toEqual(before);
    expect(await c.store.count(reminders)).toBe(1);
  });
});
