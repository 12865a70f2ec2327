// Telegram delivers again what was not taken: each update acts and is answered once, in order, and nobody waits for another.
import { afterEach, describe, expect, it } from "@jest/globals";
import type { Store } from "../../src/core/ports/store.ts";
import { reminders } from "../../src/core/reminders/reminder.ts";
import { mulberry32 } from "../support/secrets.ts";
import type { TestUser } from "../support/telegram-server/index.ts";
import { eventually, type Town, town } from "../support/town.ts";

let t: Town;
afterEach(() => t.close());

const updateOf = (id: number, { first_name, ...user }: TestUser, text: string) => ({
  update_id: id,
  message: {
    message_id: id,
    date: 1_772_000_000,
    chat: { id: user.id, type: "private", first_name },
    from: { id: user.id, is_bot: false, first_name, language_code: "en" },
    text,
  },
});
const made = () => t.store.count(reminders);

describe("the same update", () => {
  const water = "/remind me to water the plants in 3 hours";

  it("acts and is answered once, one after the other and at the same time", async () => {
    t = await town();
    const ada = await t.person("Ada");
    expect(await t.post(updateOf(1, ada, water))).toBe(200);
    expect(await t.post(updateOf(1, ada, water))).toBe(200);
    const statuses = await Promise.all(Array.from({ length: 10 }, () => t.post(updateOf(2, ada, water))));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await made()).toBe(2);
    expect(await t.news(ada)).toHaveLength(2);
    await Promise.all(Array.from({ length: 10 }, () => t.post(updateOf(3, ada, "/profile"))));
    expect(await t.news(ada)).toHaveLength(1);
    expect(t.troubles()).toEqual([]);
  });

  it("acts and is answered once though the house was restarted in between", async () => {
    t = await town();
    const ada = await t.person("Ada");
    await t.post(updateOf(1, ada, water));
    await t.post(updateOf(2, ada, "/profile"));
    expect(await t.news(ada)).toHaveLength(2);
    await t.restart();
    await Promise.all([1, 2, 1, 2].map((id) => t.post(updateOf(id, ada, id === 1 ? water : "/profile"))));
    expect(await made()).toBe(1);
    expect(await t.news(ada)).toEqual([]);
  });

  it("acts once though the house was killed before it had answered", async () => {
    t = await town();
    const ada = await t.person("Ada");
    t.server.fault({ kind: "hang" }, { method: "sendMessage" });
    ada.say(ada, water);
    await eventually(async () => (await made()) === 1 && t.server.calls("sendMessage").length === 2);
    await t.restart("kill");
    await t.settled();
    expect(await made()).toBe(1);
    expect((await t.says(ada, ada, "/remind list")).here).toContain("water the plants");
  });

  it("of a button pressed with two fingers, or pressed twice, makes one event", async () => {
    t = await town();
    const ada = await t.person("Ada");
    await t.says(ada, ada, "/pod create Topology");
    await t.says(ada, ada, "/event create Knots tomorrow 6pm");
    const preview = t.shown(ada, "Create this event?");
    await Promise.all([ada.press(preview, "Create"), ada.press(preview, "Create"), ada.press(preview, "Create")]);
    await t.settled();
    expect((await t.says(ada, ada, "/event list")).here.split("Knots")).toHaveLength(2);
    expect(t.troubles()).toEqual([]);
  });
});

describe("order", () => {
  /** Commits that take their time, by a seed. */
  const unsteady = (store: Store): Store => {
    const fraction = mulberry32(7);
    return {
      ...store,
      commit: async (changes) => {
        await new Promise((resolve) => setTimeout(resolve, fraction() * 4));
        await store.commit(changes);
      },
    };
  };

  it.each(["webhook", "polling"] as const)("holds within each chat under load, by %s", async (mode) => {
    t = await town({ mode, around: unsteady });
    const people = await Promise.all(["Ada", "Grace", "Linus"].map((first) => t.person(first)));
    const wanted = Array.from({ length: 30 }, (_, n) => `thing ${n + 1}.`);
    for (const thing of wanted) for (const user of people) user.say(user, `/remind me to do ${thing} in 3 hours`);
    for (const user of people) {
      const answers = await t.news(user);
      expect(answers.map((text) => /thing \d+\./.exec(text)?.[0])).toEqual(wanted);
    }
    expect(t.troubles()).toEqual([]);
  });

  it("holds although the first action hangs, and the other chats are answered meanwhile", async () => {
    t = await town({ mode: "polling" });
    const [ada, grace] = [await t.person("Ada"), await t.person("Grace")];
    t.server.fault({ kind: "hang" }, { method: "sendMessage" });
    ada.say(ada, "/profile");
    await eventually(() => t.server.calls("sendMessage").length === 3);
    ada.say(ada, "/inbox");
    grace.say(grace, "/profile");
    expect(await t.server.next(grace)).toMatchObject({ text: expect.stringContaining("Hello") });
    expect(await t.server.next(grace)).toMatchObject({ text: expect.stringContaining("Grace") });
    expect(t.server.messages(ada)).toHaveLength(1);
    t.clock.leap(15_000);
    const answers = await t.news(ada);
    expect(answers.at(-1)).toContain("Nothing here yet");
  });
});
