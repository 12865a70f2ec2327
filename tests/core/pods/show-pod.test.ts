// What /pod info offers: to everybody in a channel, to a member alone, to somebody who is not in the pod.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { patch } from "../../../src/core/kernel/change.ts";
import { bindings } from "../../../src/core/pods/read.ts";
import { type World, world } from "../../support/world.ts";
import { type Town, town } from "./town.ts";

const maths = { channel: "maths" };
let w: World;
let t: Town;
beforeEach(async () => {
  t = town();
  w = await world({ platforms: () => [t] });
  t.administrators.set("maths", new Set(["ada"]));
});
afterEach(async () => {
  expect(w.troubles).toEqual([]);
  await w.close();
});

it("a member who asks alone is not offered to join, but what members do", async () => {
  const [ada, bob] = [w.terminal("ada"), w.terminal("bob")];
  await ada.says("/pod create Logic");
  const shown = await ada.says("/pod info Logic");
  expect(shown).toMatch(/At home in: no group or channel yet; \/pod bind \w{6} in one brings it there/);
  expect(shown).toMatch(/Invite people[\s\S]*Members[\s\S]*Leave/);
  expect(shown).not.toMatch(/Join\b/);
  const seen = await bob.says("/pod info Logic");
  expect(seen).toMatch(/Join[\s\S]*Members/);
  expect(seen).not.toMatch(/At home|Leave/);
});

it("what one member reads is not written over with less than they may do", async () => {
  const [ada, bob] = [w.terminal("ada"), w.terminal("bob")];
  await ada.says("/pod create Logic policy:approval");
  await bob.says("/pod join Logic");
  expect(await ada.says("/pod info Logic")).toMatch(/Invite people[\s\S]*Members[\s\S]*Leave/);
  await ada.sees();
  await ada.presses("Let in");
  expect(await ada.sees()).not.toContain("At home in");
});

it("everybody in a channel is offered to join", async () => {
  await t.says("ada", "/pod create Logic", maths);
  await t.says("ada", "/pod info Logic", maths);
  expect(await t.presses("eve", "Join", maths)).toContain("Welcome to Logic");
});

it("members of a private pod read where it is at home, and where it is no more", async () => {
  await t.says("ada", "/pod create Secret privacy:private", maths);
  await t.says("ada", "/pod bind Secret", maths);
  await t.presses("ada", "Bring it here", maths);
  const shown = () => t.says("ada", "/pod info", maths);
  expect(await shown()).toContain("At home in: Group maths (Town)\n");
  const { rows } = await w.store.find(bindings, { limit: 1 });
  await w.store.commit([patch(bindings, rows[0]!.id, { closedAt: 1 })]);
  expect(await shown()).toContain("Group maths (Town): I may not write there");
  await w.store.commit([patch(bindings, rows[0]!.id, { goneAt: 1 })]);
  expect(await t.says("ada", "/pod info Secret", maths)).toContain("Group maths (Town): gone, or I was thrown out");
});
