// What waits for the clocks of a place that its member has left comes by those of the place where they are.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { features } from "../../../src/core/features.ts";
import { defineFact } from "../../../src/core/kernel/fact.ts";
import type { Feature, NotificationKind } from "../../../src/core/kernel/house.ts";
import { meet } from "../../../src/core/members/account.ts";
import { notificationsOf } from "../../../src/core/notifications/index.ts";
import { note } from "../../../src/core/view.ts";
import { codeOf, edit, joins } from "../members/member-house.ts";
import { fakePlatform, type SmallHouse, smallHouse } from "./small-house.ts";

const said = z.object({ to: z.array(z.string()) });
const liked = defineFact("t.liked", said);
const kind: NotificationKind<typeof said, Record<string, never>> = {
  type: "liked",
  group: "social",
  urgency: "plain",
  late: "tell",
  fact: liked,
  prepare: async (_ctx, { to }) => ({ to, data: {} }),
  view: () => note("liked"),
};
const stories: Feature = { name: "stories", facts: [liked], notifications: [kind] };
const all = [...features.filter(({ name }) => name !== "notifications"), stories];

let house: SmallHouse;
beforeEach(async () => {
  const platforms = { terminal: fakePlatform(true), telegram: fakePlatform() };
  house = await smallHouse([...all, notificationsOf(all)], { now: "2026-03-02T21:30:00Z", platforms }); // 22:30 in Berlin
  house.start();
});
afterEach(() => house.close());

const choose = (who: string, change: string) => house.does(who, { action: "notifications.show", input: { change } });
const told = async (who: string) => {
  await house.store.commit([liked(house.context, { to: [who] })]);
  await house.advance(0);
};
const sent = () => ["terminal", "telegram"].flatMap((name) => house.platform(name).sent.map(({ text }) => text));

describe("somebody who moves while something waits for the end of their quiet hours", () => {
  it("by their profile is told at once where it is day", async () => {
    const ada = await house.member("ada", { zone: "Europe/Berlin" });
    await choose(ada, "quiet on");
    await told(ada);
    expect(sent()).toEqual([]);
    await house.does(ada, edit({ zone: "New York" }));
    await house.advance(0);
    expect(sent()).toEqual(["liked"]);
    await house.advance(24 * 3600_000);
    expect(sent()).toHaveLength(1);
  });

  it("by what their app tells is so too", async () => {
    const ada = await house.member("ada", { zone: "Europe/Berlin" });
    await choose(ada, "quiet on");
    await told(ada);
    const account = { platform: "terminal", workspace: "", userId: "ada", name: "ada" };
    await meet(house.context, { ...account, zone: "Europe/Berlin" });
    await house.advance(0);
    expect(sent()).toEqual([]);
    await meet(house.context, { ...account, zone: "America/New_York" });
    await house.advance(0);
    expect(sent()).toEqual(["liked"]);
  });

  it("to where the night ends sooner waits for that", async () => {
    const ada = await house.member("ada", { zone: "Europe/Berlin" });
    await choose(ada, "quiet on");
    await told(ada);
    await house.does(ada, edit({ zone: "Kolkata" }));
    await house.advance(Date.parse("2026-03-03T01:59:00Z") - house.clock.now());
    expect(sent()).toEqual([]);
    await house.advance(60_000);
    expect(sent()).toEqual(["liked"]);
  });

  it("by becoming one with somebody who has none is told at once", async () => {
    const ada = await house.member("ada", { zone: "Europe/Berlin" });
    await choose(ada, "quiet off");
    await choose(ada, "budget 5");
    const phone = await house.member("ada-phone", { zone: "Europe/Berlin", platform: "telegram" });
    await choose(phone, "quiet 22:00-23:45");
    await choose(ada, "quiet 22:00-22:01");
    await told(phone);
    expect(sent()).toEqual([]);
    await joins(house, phone, await codeOf(house, ada));
    await house.advance(1000);
    expect(sent()).toEqual([expect.stringContaining("yours now"), "liked"]);
  });
});
