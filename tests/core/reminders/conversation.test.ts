// Reminders as a person at a terminal lives them.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { type World, world } from "../../support/world.ts";

let w: World;
beforeEach(async () => {
  w = await world({ now: "2026-03-02T09:00:00Z" });
});
afterEach(() => w.close());

it("is asked for in one line, rings, is snoozed by its button and is in the inbox", async () => {
  const ada = w.terminal("ada", { zone: "Europe/Berlin" });
  const set = await ada.says("/remind me to revise chapter 3 in 20 minutes");
  expect(set).toContain("Reminder set");
  expect(set).toContain("10:20 CET");
  expect(ada.buttons()).toEqual(["Change time", "Cancel"]);
  await ada.sees();
  await w.advance({ minutes: 20 });
  const rung = await ada.sees();
  expect(rung).toContain("revise chapter 3");
  expect(await ada.presses("10 minutes")).toContain("10:30 CET");
  await w.advance({ minutes: 10 });
  expect(await ada.sees()).toContain("revise chapter 3");
  expect(await ada.says("/inbox")).toMatch(/2 unread[\s\S]*revise chapter 3[\s\S]*revise chapter 3/);
});

it("is completed by questions, and left by /cancel", async () => {
  const ada = w.terminal("ada");
  expect(await ada.says("/remind me")).toContain("What should I remind you of?");
  expect(await ada.says("to call Grace")).toContain("When?");
  expect(await ada.says("banana")).toMatch(/no time in that[\s\S]*When\?/);
  expect(await ada.says("tomorrow at 7")).toMatch(/call Grace[\s\S]*3 Mar 2026,? 07:00/);
  expect(await ada.says("/remind me to call Linus")).toContain("When?");
  await ada.says("/cancel");
  const list = await ada.says("/remind list");
  expect(list).toContain("call Grace");
  expect(list).not.toContain("call Linus");
});

it("has its time changed by the button, which asks when", async () => {
  const ada = w.terminal("ada");
  await ada.says("/remind me to call Grace tomorrow at 7");
  expect(await ada.presses("Change time")).toContain("When?");
  expect(await ada.says("tomorrow at 8:30")).toMatch(/Reminder moved[\s\S]*08:30/);
});

it("survives a restart of the service", async () => {
  const ada = w.terminal("ada");
  await ada.says("/remind me to call Grace in 1 hour");
  await w.restart();
  await ada.sees();
  await w.advance({ hours: 1 });
  expect(await ada.sees()).toContain("call Grace");
});

it("of somebody else cannot be found or cancelled", async () => {
  const ada = w.terminal("ada");
  const eve = w.terminal("eve");
  const code = /Code: ([0-9A-Z]{6})/.exec(await ada.says("/remind me to call Grace tomorrow at 7"))![1]!;
  expect(await eve.says(`/remind cancel ${code}`)).toContain("You have no such reminder");
  expect(await eve.says("/remind list")).toContain("no open reminders");
  expect(await ada.says(`/remind cancel ${code}`)).toContain("Cancelled: call Grace");
});
