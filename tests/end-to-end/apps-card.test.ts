// A card in a place, on each app: its organizer sees it once, and whoever is not in its pod comes in by answering it.
import { afterEach, describe, expect, it } from "@jest/globals";
import { rsvps } from "../../src/core/events/read.ts";
import { patch } from "../../src/core/kernel/change.ts";
import { pods } from "../../src/core/pods/read.ts";
import { type App, type Citizen, type City, city, type Square } from "../support/city/index.ts";

let c: City;
let ada: Citizen;
let eve: Citizen;
let square: Square;
afterEach(async () => {
  expect(c.troubles()).toEqual([]);
  await c.close();
});

/** The place's own; on Discord that is the server's first channel. */
const titleOn = (app: App) => (app === "discord" ? "general" : "maths");
const postedOn = { discord: "#general", slack: "#maths", telegram: "maths" } as const;

/** Ada brings a pod to the place right after she has made it there, and plans an event. */
async function scene(app: App): Promise<string> {
  c = await city();
  [ada, eve] = [await c.person(app, "Ada"), await c.person(app, "Eve")];
  square = await c.square(app, { title: "maths", people: [ada, eve] });
  expect((await ada.asks("pod create", { name: "Topology" }, square)).alone).toContain("Topology is ready");
  await ada.presses(`Bring it to ${titleOn(app)}`);
  expect(c.shown(square, "Topology is at home here now")).toHaveLength(1);
  await ada.asks("event create", { what: "Knots tomorrow 6pm" }, square);
  return (await ada.presses("Create")).alone;
}

const answers = () => c.store.count(rsvps, { status: "going" });

describe.each<App>(["discord", "slack", "telegram"])("on %s", (app) => {
  it("the organizer reads where it is posted, and who is not in the pod comes in by a press of Going", async () => {
    const created = await scene(app);
    expect(created).toMatch(/Created\. Its code is \w{6}\. /);
    expect(created).toContain(`Posted in ${postedOn[app]}.`);
    expect(c.shown(square, "Knots")).toHaveLength(1);
    // Telegram's private chat is no part of the group.
    expect(created.includes("Going (1)")).toBe(app === "telegram");
    const told = (await eve.presses("Going", square)).alone;
    expect(told).toContain("You are in Topology now. You are going to Knots.");
    expect(c.shown(square, "Going (2)")).toHaveLength(1);
    expect(await answers()).toBe(2);
  });

  it("who has to be let in is offered to ask", async () => {
    await scene(app);
    const { rows } = await c.store.find(pods, { limit: 1 });
    await c.store.commit([patch(pods, rows[0]!.id, { joinPolicy: "approval" })]);
    expect((await eve.presses("Going", square)).alone).toContain("You are not in Topology yet");
    expect((await eve.presses("Ask to join")).alone).toContain("I have asked the people who look after Topology");
    expect(await answers()).toBe(1);
  });
});
