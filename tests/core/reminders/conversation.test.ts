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
  expect(ada.buttons()).toEqual(["Change time", "Cancel"]);
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

it("is one reminder where a repetition was asked for, and says so", async () => {
  const ada = w.terminal("ada");
  const set = await ada.says("/remind me every monday at 5pm to swim");
  expect(set).toMatch(/swim[\s\S]*I can't repeat things yet: this is once, on Mon, 2 Mar 2026/);
  expect(set).not.toContain("every");
  expect(await ada.says("/remind me every friday to run")).toMatch(
    /I took 9:00[\s\S]*this is once, on Fri, 6 Mar 2026/,
  );
});

it("takes another time in the place of one that cannot be, and keeps the day and the rest", async () => {
  const ada = w.terminal("ada");
  expect(await ada.says("/remind me to call Grace tomorrow at 25:00")).toContain("no “25:00” on the clock");
  expect(await ada.says("6pm")).toMatch(/Reminder set[\s\S]*call Grace[\s\S]*3 Mar 2026,? 18:00/);
  expect(await ada.says("/remind me in 0 minutes")).toContain("“in 0 minutes” is not ahead of us");
  expect(await ada.says("in 5 minutes")).toContain("What should I remind you of?");
  expect(await ada.says("stretch")).toMatch(/stretch[\s\S]*2 Mar 2026,? 09:05/);
});

it("at this moment is refused by the word that was used", async () => {
  const ada = w.terminal("ada");
  expect(await ada.says("/remind me to stretch now")).toContain("“now” is not ahead of us");
  expect(await ada.says("in 5 minutes")).toMatch(/» stretch|> stretch|stretch\n/);
});

it("is asked for with one question at a time", async () => {
  const ada = w.terminal("ada");
  const asked = await ada.says("/remind me to pay the rent today");
  expect(asked).toContain("At what time today?");
  expect(asked).not.toContain("When?");
});

it("has its time changed by the button, which says which one it is and its time, also when it asks again", async () => {
  const ada = w.terminal("ada");
  await ada.says("/remind me to call Grace tomorrow at 7");
  const asked = /New time for “call Grace”\? Until now: Tue, 3 Mar 2026,? 07:00 UTC\. For example: tomorrow/;
  expect(await ada.presses("Change time")).toMatch(asked);
  expect(await ada.says("banana")).toMatch(new RegExp(`no time in that[^]*${asked.source}`));
  expect(await ada.says("tomorrow at 25:00")).toMatch(new RegExp(`no “25:00” on the clock[^]*${asked.source}`));
  expect(await ada.says("today")).toContain("At what time today?");
  expect(await ada.says("tomorrow at 8:30")).toMatch(/Reminder moved[\s\S]*08:30/);
  expect(ada.buttons()).toEqual(["Change time", "Cancel"]);
});

it("survives a restart of the service", async () => {
  const ada = w.terminal("ada");
  await ada.says("/remind me to call Grace in 1 hour");
  await w.restart();
  await ada.sees();
  await w.advance({ hours: 1 });
  expect(await ada.sees()).toContain("call Grace");
});

it("is picked by a button with its time where several fit", async () => {
  const ada = w.terminal("ada");
  await ada.says("/remind me to study sets tomorrow at 7");
  await ada.says("/remind me to study maps tomorrow at 8");
  await ada.says("/remind me to swim tomorrow at 9");
  const asked = await ada.says("/remind cancel study");
  expect(asked).toContain("Several of your reminders fit.");
  const labels = ada.buttons();
  expect(labels).toEqual([
    expect.stringMatching(/^study sets · .*07:00/),
    expect.stringMatching(/^study maps · .*08:00/),
  ]);
  expect(await ada.presses(labels[1]!)).toContain("Cancelled: study maps");
  expect(await ada.says("/remind list")).toContain("study sets");
});

it("of somebody else cannot be found or cancelled", async () => {
  const ada = w.terminal("ada");
  const eve = w.terminal("eve");
  const code = /Code: ([0-9A-Z]{6})/.exec(await ada.says("/remind me to call Grace tomorrow at 7"))![1]!;
  expect(await eve.says(`/remind cancel ${code}`)).toContain("You have no such reminder");
  await ada.says("/remind list");
  expect(ada.buttons()).toEqual(["Cancel: call Grace"]);
  expect(await eve.says("/remind cancel")).toContain("You have no open reminders");
  expect(await eve.says("/remind list")).toContain("no open reminders");
  expect(await ada.says(`/remind cancel ${code}`)).toContain("Cancelled: call Grace");
});
