// What the organizer of a new event reads about where it stands, and that they see its card once.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { patch } from "../../../src/core/kernel/change.ts";
import { bindings } from "../../../src/core/pods/read.ts";
import { type World, world } from "../../support/world.ts";
import { type Town, town } from "../pods/town.ts";

const [maths, physics] = [{ channel: "maths" }, { channel: "physics" }];
let w: World;
let t: Town;
beforeEach(async () => {
  t = town();
  w = await world({ platforms: () => [t] });
  for (const { channel } of [maths, physics]) t.administrators.set(channel, new Set(["ada"]));
  await t.says("ada", "/pod create Logic", maths);
  await t.says("ada", "/event create Plot tomorrow 6pm", maths);
});
afterEach(async () => {
  expect(w.troubles).toEqual([]);
  await w.close();
});

const bindTo = async (...places: readonly { channel: string }[]) => {
  for (const place of places) await t.says("ada", "/pod bind Logic", place);
};
const cards = () => [...t.messages.values()].filter((text) => text.includes("Plot") && text.includes("Going (1)"));

it("where its pod is at home nowhere, how to change that", async () => {
  const answer = await t.presses("ada", "Create", maths);
  expect(answer).toMatch(/^Plot\nCreated\. Its code is \w{6}\. No group or channel has it yet: \/pod bind \w{6} in/);
  expect(answer).not.toContain("Posted");
});

it("where its pod is at home, and nothing about binding", async () => {
  await bindTo(maths, physics);
  const answer = await t.presses("ada", "Create", { channel: "elsewhere" });
  expect(answer).toMatch(/^Plot\nCreated\. Its code is \w{6}\. Posted in Group maths and Group physics\.\nWhen/);
  expect(answer).not.toContain("/pod bind");
  await w.settled();
  expect(cards()).toHaveLength(3);
});

it("in one of those places, that alone: the card comes up right there", async () => {
  await bindTo(maths, physics);
  expect(await t.presses("ada", "Create", maths)).toMatch(
    /^Created\. Its code is \w{6}\. Posted in Group maths and Group physics\.\n$/,
  );
  await w.settled();
  expect(cards()).toHaveLength(2);
});

it("and not there where PeerSpark may not write", async () => {
  await bindTo(maths, physics);
  const { rows } = await w.store.find(bindings, { limit: 2 });
  const shut = (channel: string) => patch(bindings, rows.find((row) => row.channel === channel)!.id, { closedAt: 1 });
  await w.store.commit([shut("maths")]);
  const one = await t.presses("ada", "Create", maths);
  expect(one).toContain("Posted in Group physics.");
  expect(one).toContain("Going (1)");
  // What could be posted since has opened the places again.
  await w.settled();
  await w.store.commit([shut("maths"), shut("physics")]);
  await t.says("ada", "/event create Proofs tomorrow 8pm", maths);
  expect(await t.presses("ada", "Create", maths)).toContain("I may not write in Group maths and Group physics");
});

it("and who is not in the pod finds by its title there what the list shows there, and nowhere else", async () => {
  await bindTo(maths);
  await t.presses("ada", "Create", maths);
  expect(await t.says("eve", "/event list", maths)).toContain("Plot");
  expect(await t.says("eve", "/event info plot", maths)).toMatch(/^Plot\nWhen/);
  expect(await t.says("eve", "/event info Plot", physics)).toContain("find such an event");
});
