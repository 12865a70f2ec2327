// The main job on Telegram, over the wire: a pod in a group, an event, seats, reminders, and calling it off.
import { afterEach, describe, expect, it } from "@jest/globals";
import { groupOf, type Town, town } from "../support/town.ts";

let t: Town;
afterEach(() => t.close());

const count = (texts: readonly string[], words: string) => texts.filter((text) => text.includes(words)).length;

describe.each(["webhook", "polling"] as const)("by %s", (mode) => {
  it("from founding a pod in private to an event that is called off in a group", async () => {
    t = await town({ mode });
    const ada = await t.person("Ada");
    const grace = await t.person("Grace");
    const linus = await t.person("Linus");
    expect((await t.says(ada, ada, "/pod_create Linear Algebra category:maths")).here).toContain(
      "Linear Algebra is ready",
    );

    const group = t.server.group({ title: "Maths", bot: false });
    group.add(ada, { admin: true });
    for (const user of [grace, linus]) group.add(user);
    group.addBot(ada);
    expect(await t.news(group)).toEqual([expect.stringContaining("Hello, I am PeerSpark")]);

    const bound = await t.says(ada, group, `/pod_bind@${t.server.bot.username} Linear Algebra`);
    expect(bound.here).toContain("Linear Algebra");
    for (const user of [grace, linus])
      expect((await t.says(user, group, "/pod join Linear Algebra")).privately).toContain("Welcome to Linear Algebra");

    const preview = await t.says(
      ada,
      group,
      `/event_create@${t.server.bot.username} Eigenvalues wednesday 18:00 for 90 min capacity:2`,
    );
    expect(preview.here).toBe("");
    expect(preview.privately).toContain("Create this event?\n\nEigenvalues");
    expect(preview.privately).toContain("When: Wed, 4 Mar 2026, 18:00 UTC – 19:30 UTC");
    await t.presses(ada, ada, "Create");
    expect(
      t
        .shown(ada, "Created. Its code is")
        .keyboard.flat()
        .map((button) => button.text),
    ).toEqual(["Going", "Maybe", "Can't"]);
    expect(count(await t.news(group), "Eigenvalues")).toBe(1);
    expect(t.shown(group, "Eigenvalues").text).toContain("Going (1): Ada");

    expect(await t.presses(grace, group, "Going")).toContain("You are going to Eigenvalues");
    expect(await t.presses(linus, group, "Going")).toContain("You are on the waitlist at place 1");
    expect(t.shown(group, "Eigenvalues").text).toContain("Seats: 2 of 2, 1 on the waitlist\nGoing (2): Ada, Grace");
    await t.presses(grace, group, "Can't");
    expect(t.shown(group, "Eigenvalues").text).toContain("Seats: 2 of 2\nGoing (2): Ada, Linus");
    expect(await t.news(linus)).toEqual([expect.stringContaining("You have a seat now: Eigenvalues")]);
    expect(await t.news(group)).toEqual([]);
    await t.news(ada);

    for (const [instant, words] of [
      ["2026-03-03T18:00:00Z", "Eigenvalues starts in 24 hours"],
      ["2026-03-04T17:00:00Z", "Eigenvalues starts in 1 hour"],
      ["2026-03-04T17:50:00Z", "Eigenvalues starts in 10 minutes"],
    ] as const) {
      await t.until(instant);
      for (const user of [ada, linus]) expect(await t.news(user)).toEqual([expect.stringContaining(words)]);
      expect(await t.news(grace)).toEqual([]);
    }

    await t.says(ada, group, "/event cancel Eigenvalues");
    await t.presses(ada, ada, "Cancel the event");
    expect(await t.news(linus)).toEqual([expect.stringContaining("Eigenvalues was cancelled")]);
    expect(await t.news(grace)).toEqual([]);
    expect(await t.news(group)).toEqual([]);
    expect(t.shown(group, "Eigenvalues")).toMatchObject({
      text: expect.stringContaining("It was cancelled."),
      keyboard: [],
    });
    expect(t.troubles()).toEqual([]);
  });
});

it("a pod is bound by an administrator of the group alone, and an event may be planned in two words", async () => {
  t = await town();
  const ada = await t.person("Ada");
  const grace = await t.person("Grace");
  await t.says(ada, ada, "/pod create Topology");
  const group = groupOf(t, "Maths", [grace, ada]);
  const refused = await t.says(ada, group, "/pod bind Topology");
  expect(refused.here).toBe("");
  expect(refused.privately).toContain("somebody who administers this place");
  group.add(ada, { admin: true });
  await t.later({ minutes: 1 });
  expect((await t.says(ada, group, "/pod bind Topology")).here).toContain("Topology");
  await t.says(ada, group, "/event create Knots tomorrow 6pm");
  await t.presses(ada, ada, "Create");
  await t.presses(ada, ada, "Create").catch((error: Error) => expect(error.message).toContain("no button"));
  expect(count(await t.news(group), "Knots")).toBe(1);
  expect(t.troubles()).toEqual([]);
});
