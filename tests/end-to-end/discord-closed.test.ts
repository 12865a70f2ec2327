// Somebody on Discord who takes no direct messages hears in the place whether it was done, and what gets the answers through.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { reminders } from "../../src/core/reminders/reminder.ts";
import { type Citizen, type City, city, type Square } from "../support/city/index.ts";

let c: City;
let bob: Citizen;
let square: Square;
beforeEach(async () => {
  c = await city();
  bob = await c.person("discord", "Bob");
  square = await c.square("discord", { title: "maths", people: [bob] });
  c.discord.userOf(bob.hand).close();
});
afterEach(async () => {
  expect(c.troubles()).toEqual([]);
  await c.close();
});

it("says that it was done where it was, and that it was not where it was not", async () => {
  const done = await bob.says("remind me to nap tomorrow at 9", square);
  expect(done.here).toMatch(/^I have done that, .*no need to send it again.*slash command.*Privacy Settings/s);
  expect(await c.store.count(reminders)).toBe(1);
  const asked = await bob.says("/remind me", square);
  expect(asked.here).toMatch(/^I can't write to you in private, so I have done nothing\. Use the slash command/);
  expect(await c.store.count(reminders)).toBe(1);
});

it("says that a reminder will be in the inbox alone, as soon as that is known", async () => {
  const first = await bob.asks("remind me", { what: "tea in 5 minutes" }, square);
  expect(first.alone).not.toContain("in private");
  await c.until(new Date(c.clock.now() + 6 * 60_000).toISOString());
  const second = await bob.asks("remind me", { what: "nap in 2 hours" }, square);
  expect(second.alone).toContain("I can't write to you in private, so this will be in");
  c.discord.userOf(bob.hand).close(false);
  await bob.says("hello");
  expect((await bob.asks("remind me", { what: "rest in 3 hours" }, square)).alone).not.toContain("in private");
});
