// The service was down while reminders and events came up: what people then find, through what they see.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { type World, world } from "../../support/world.ts";

let w: World;
beforeEach(async () => {
  w = await world({ now: "2026-03-02T12:00:00Z" });
});
afterEach(() => w.close());

async function downUntil(instant: string) {
  await w.service.stop(1000);
  await w.clock.advanceTo(instant);
  await w.restart();
  await w.advance({ seconds: 11 });
}
const messages = (seen: string) => seen.split("\n").filter((line) => line.startsWith("» "));

it("one message for a flood of reminders, each of which the inbox has", async () => {
  const ada = w.terminal("ada");
  for (let n = 1; n <= 9; n++) await ada.says(`/remind me in ${n * 10} minutes to do task ${n}`);
  await ada.says("/remind me in 5 hours to rest");
  await ada.sees();
  await downUntil("2026-03-02T14:00:00Z");
  const seen = await ada.sees();
  expect(messages(seen)).toEqual(["» 9 things that come late"]);
  for (let n = 1; n <= 9; n++) expect(seen).toContain(`task ${n}`);
  await w.advance({ hours: 2 });
  expect(await ada.sees()).toBe("");
  await w.advance({ hours: 1 });
  expect(messages(await ada.sees())).toEqual(["» Reminder"]);
  expect(await ada.says("/inbox")).toContain("task 2");
});

it("a few come by themselves and say that they are late", async () => {
  const ada = w.terminal("ada");
  await ada.says("/remind me in 10 minutes to do one");
  await ada.says("/remind me in 20 minutes to do another");
  await ada.sees();
  await downUntil("2026-03-02T14:00:00Z");
  const seen = await ada.sees();
  expect(messages(seen)).toEqual(["» Reminder", "» Reminder"]);
  expect(seen).toMatch(/do one[\s\S]*late[\s\S]*do another[\s\S]*late/);
});

it("of many events one message, without those that are over", async () => {
  const [ada, bob] = [w.terminal("ada"), w.terminal("bob")];
  await ada.says("/pod create Logic");
  await bob.says("/pod join Logic");
  for (const [index, at] of ["13:30", "15:15", "15:20", "15:25", "15:30", "15:35", "15:40"].entries()) {
    await ada.says(`/event create Talk ${"ABCDEFG"[index]} today at ${at} for 60 min`);
    await ada.presses("Create");
  }
  await w.settled();
  for (const one of [ada, bob]) await one.sees();
  await downUntil("2026-03-02T15:00:00Z");
  const seen = await ada.sees();
  expect(messages(seen)).toEqual(["» 6 things that come late"]);
  expect(seen).not.toContain("• Talk A");
  expect(await bob.sees()).toBe("");
});
