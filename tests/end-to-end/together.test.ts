// Telegram and a terminal at the same pod: each sees what the other does, in a crowd and within Telegram's limits.
import { afterEach, describe, expect, it } from "@jest/globals";
import { events } from "../../src/core/events/read.ts";
import { groupOf, type Town, town } from "../support/town.ts";

let t: Town;
afterEach(async () => {
  expect(t.troubles()).toEqual([]);
  await t.close();
});

describe("a member at a terminal", () => {
  it("joins a pod of a Telegram group, and its card there and both sides' notices follow each other", async () => {
    t = await town();
    const ada = await t.person("Ada");
    const group = groupOf(t, "Maths", [ada]);
    const grace = t.seat("grace");
    await t.says(ada, ada, '/pod create "Thesis circle" privacy:private');
    await t.says(ada, group, "/pod bind Thesis circle");
    await t.presses(ada, ada, "Bring it here");
    expect(await grace.says("/pod find Thesis")).not.toContain("Thesis circle (");
    await t.says(ada, ada, "/pod invite Thesis circle who:grace");
    await t.settled();
    expect(await grace.sees()).toContain("Ada invites you to Thesis circle.");
    await grace.presses("Join");
    await t.says(ada, ada, "/pod members Thesis circle");
    expect(t.shown(ada, "Members of Thesis circle: 2").text).toContain("grace");

    await grace.says("/event create Outline tomorrow 6pm capacity:1");
    await grace.presses("Create");
    await t.settled();
    expect(t.shown(group, "Outline").text).toContain("Going (1): grace");
    expect(await t.presses(ada, group, "Going")).toContain("waitlist at place 1");
    expect(await grace.sees()).not.toContain("on the waitlist");
    expect(await grace.says("/event info Outline")).toContain("Seats: 1 of 1, 1 on the waitlist");
    await grace.says("/event rsvp Outline declined");
    await t.settled();
    expect(t.shown(group, "Outline").text).toContain("Going (1): Ada");
    expect((await t.news(ada)).at(-1)).toContain("You have a seat now: Outline");
    await grace.says("/event rsvp Outline maybe");
    await t.until("2026-03-02T18:00:00Z");
    expect(await grace.sees()).toContain("» Outline starts in 24 hours");
    expect(await t.news(ada)).toEqual([expect.stringContaining("Outline starts in 24 hours")]);
  });

  it("and one on Telegram never see what is asked of the other", async () => {
    t = await town();
    const ada = await t.person("Ada");
    const grace = t.seat("grace");
    await grace.says("/pod create");
    expect((await t.says(ada, ada, "Topology")).here).toContain("I understand commands");
    expect(await grace.says("Topology")).toContain("Topology is ready");
  });
});

describe("a crowd", () => {
  it("that presses at once gets its seats in turn, and the card shows the last state", async () => {
    t = await town();
    const ada = await t.person("Ada");
    const crowd = await Promise.all(Array.from({ length: 30 }, (_, n) => t.person(`P${n}`)));
    const group = groupOf(t, "Maths", [ada, ...crowd]);
    await t.says(ada, ada, "/pod create Topology");
    await t.says(ada, group, "/pod bind Topology");
    for (const user of crowd) user.say(group, "/pod join Topology");
    await t.says(ada, group, "/event create Knots tomorrow 6pm capacity:11");
    await t.presses(ada, ada, "Create");
    const card = t.shown(group, "Knots");
    const notices = await Promise.all(crowd.map((user) => user.press(card, "Going")));
    await t.settled();
    expect(notices.filter(({ text }) => text?.includes("You are going"))).toHaveLength(10);
    const places = notices.flatMap(({ text }) => /at place (\d+)/.exec(text ?? "")?.[1] ?? []).map(Number);
    expect(places.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(t.shown(group, "Knots").text).toContain("Seats: 11 of 11, 20 on the waitlist");
    const [row] = (await t.store.find(events, { limit: 1 })).rows;
    expect(row).toMatchObject({ attendeesCount: 11, waitlistCount: 20 });
  });

  it("in a group is served within Telegram's real limits, without a single 429", async () => {
    t = await town({ paced: true, server: { limits: "real" } });
    const ada = await t.person("Ada");
    const crowd = await Promise.all(Array.from({ length: 12 }, (_, n) => t.person(`P${n}`)));
    const group = groupOf(t, "Maths", [ada, ...crowd]);
    await t.says(ada, ada, "/pod create Topology");
    await t.says(ada, group, "/pod bind Topology");
    for (const user of crowd) await t.says(user, user, "/pod join Topology");
    await t.says(ada, ada, "/event create Knots tomorrow 6pm");
    await t.presses(ada, ada, "Create");
    const card = t.shown(group, "Knots");
    await Promise.all(crowd.map((user) => user.press(card, "Going")));
    await t.settled();
    expect(t.shown(group, "Knots").text).toContain("Going (13)");
    expect(t.server.calls("editMessageText").length).toBeLessThan(10);
    expect(t.server.calls().filter(({ status }) => status === 429)).toEqual([]);
  });
});
