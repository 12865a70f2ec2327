// Where things are said on Telegram: in private, in topics, in groups that move, and nowhere once the bot was thrown out.

import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { rsvps } from "../../src/core/events/read.ts";
import type { TestGroup, TestUser } from "../support/telegram-server/index.ts";
import { groupOf, type Town, town } from "../support/town.ts";

let t: Town;
let ada: TestUser;
/** ms that each commit of an RSVP takes longer. */
let slow = 0;
beforeEach(async () => {
  slow = 0;
  t = await town({
    around: (store) => ({
      ...store,
      async commit(changes) {
        if (slow && changes.some((change) => change.in.name === rsvps.name)) await sleep(slow);
        await store.commit(changes);
      },
    }),
  });
  ada = await t.person("Ada");
});
afterEach(() => t.close());

/** Ada plans an event of the pod that is at home where she writes it. */
async function plan(line: string, where: { readonly id: number }, thread?: number): Promise<void> {
  await t.says(ada, where, `/event create ${line}`, thread);
  await t.presses(ada, ada, "Create");
}

const payloadOf = (url: string) => new URL(url).searchParams.get("start") ?? "";

function linkIn(chat: { readonly id: number }): string {
  const link = t.server.messages(chat).at(-1)!.keyboard.flat()[0]!;
  if (!("url" in link)) throw new Error("the newest message has no link");
  return link.url;
}

describe("in private", () => {
  it("who never started the bot is told how to, and finds the answer behind Start", async () => {
    await t.says(ada, ada, "/pod create Topology");
    const group = groupOf(t, "Maths", [ada]);
    await t.says(ada, group, "/pod bind Topology");
    const grace = t.server.user({ first: "Grace" });
    group.add(grace);
    const { here, privately } = await t.says(grace, group, "/pod join Topology");
    expect(here).toContain("I can't write to you yet. Press the button and then Start.");
    expect(privately).toBe("");
    expect(linkIn(group)).toMatch(/^https:\/\/t\.me\/PeerSparkTestBot\?start=open-/);
    grace.start(payloadOf(linkIn(group)));
    expect(await t.news(grace)).toEqual([expect.stringContaining("Welcome to Topology")]);

    const mine = await t.says(t.server.user({ first: "Linus" }), group, "/profile");
    expect(mine.here).toContain("Press the button and then Start.");
    expect(mine.here).not.toContain("Linus");
  });

  it("who never started the bot and presses a button learns the outcome, though it took long", async () => {
    await t.says(ada, ada, "/pod create Topology");
    const group = groupOf(t, "Maths", [ada]);
    await t.says(ada, group, "/pod bind Topology");
    await plan("Knots tomorrow 6pm", group);
    const grace = t.server.user({ first: "Grace" });
    group.add(grace);
    await t.says(grace, group, "/pod join Topology");
    await t.news(group);
    const before = linkIn(group);
    slow = 1_200;
    expect(await t.presses(grace, group, "Going")).toBe("");
    slow = 0;
    expect(t.shown(group, "Knots").text).toContain("Going (2): Ada, Grace");
    // The message that asks her already leads to this outcome from now on.
    expect(await t.news(group)).toEqual([]);
    expect(linkIn(group)).not.toBe(before);
    grace.start(payloadOf(linkIn(group)));
    expect(await t.news(grace)).toEqual([expect.stringContaining("You are going to Knots")]);
    expect(t.troubles()).toEqual([]);
  });

  it("an invitation's link brings who has never written before into a pod that nobody sees", async () => {
    await t.says(ada, ada, '/pod create "Thesis circle" privacy:private');
    const { here } = await t.says(ada, ada, "/pod invite Thesis circle uses:1");
    const link = /https:\/\/t\.me\/\S+start=join-\w+/.exec(here)?.[0];
    expect(link).toBeDefined();
    const grace = t.server.user({ first: "Grace" });
    grace.start(payloadOf(link!));
    expect(await t.news(grace)).toEqual([expect.stringContaining("Welcome to Thesis circle")]);
    const linus = t.server.user({ first: "Linus" });
    linus.start(payloadOf(link!));
    const [refused] = await t.news(linus);
    expect(refused).toContain("This invitation has been used up");
    expect(refused).not.toContain("Thesis");
  });

  it("garbage behind Start is a greeting", async () => {
    for (const payload of ["open-", `open-${"0".repeat(32)}`, "join", "constructor", "-"]) {
      const somebody = t.server.user({ first: "Mallory" });
      somebody.start(payload);
      expect(await t.news(somebody)).toEqual([expect.stringContaining("Hello Mallory, I am PeerSpark")]);
    }
    expect(t.troubles()).toEqual([]);
  });
});

describe("topics", () => {
  it("a pod bound in a topic is at home in that topic alone", async () => {
    await t.says(ada, ada, "/pod create Topology");
    const forum = groupOf(t, "Maths", [ada], true);
    const [knots, other] = [forum.topic("Knots"), forum.topic("Other")];
    await t.says(ada, forum, "/pod bind Topology", knots);
    expect(t.server.messages(forum).map(({ thread }) => thread)).toEqual([knots]);
    await plan("Braids tomorrow 6pm", forum, knots);
    expect(t.shown(forum, "Braids").thread).toBe(knots);
    await t.presses(ada, forum, "Can't");
    expect(t.shown(forum, "Braids")).toMatchObject({ thread: knots, text: expect.stringContaining("nobody yet") });
    expect(t.server.messages(forum).filter(({ thread }) => thread === other)).toEqual([]);
  });
});

describe("a question that a group's command leads to", () => {
  let group: TestGroup;
  beforeEach(async () => {
    await t.says(ada, ada, "/pod create Topology");
    await t.says(ada, ada, "/pod create Algebra");
    group = groupOf(t, "Maths", [ada]);
  });

  it("is asked and answered in private, and what is said in the group meanwhile is no answer", async () => {
    const asked = await t.says(ada, group, "/pod create");
    expect(asked.here).toBe("");
    expect(asked.privately).toContain("What should the pod be called?");
    expect(await t.says(ada, group, "Not a name")).toEqual({ here: "", privately: "" });
    expect((await t.says(ada, ada, "Braids")).here).toContain("Braids is ready");
    expect((await t.says(ada, ada, "Links")).here).toContain("I understand commands");
  });

  it("is about the group wherever its button is pressed, and everybody there sees what came of it", async () => {
    const asked = await t.says(ada, group, "/pod bind");
    expect(asked).toEqual({ here: "", privately: expect.stringContaining("Which pod?") });
    await t.presses(ada, ada, "Topology");
    expect(await t.news(group)).toEqual([expect.stringContaining("Topology")]);
    await t.says(ada, group, "/event create");
    expect((await t.says(ada, ada, "Knots tomorrow 6pm")).here).toContain("Pod: Topology");
    await t.presses(ada, ada, "Create");
    expect(t.shown(group, "Knots").text).toContain("Going (1): Ada");
  });

  it("comes from a button that brings a new or private pod there, wherever that is pressed", async () => {
    const { here, privately } = await t.says(ada, group, '/pod create "Thesis circle" privacy:private');
    expect([here, privately]).toEqual(["", expect.stringContaining("Thesis circle is ready")]);
    await t.presses(ada, ada, "Bring it to Maths");
    expect(await t.news(group)).toEqual([]);
    expect(t.shown(ada, "everybody who reads this place").text).toContain("Bring it here all the same?");
    await t.presses(ada, ada, "Bring it here");
    expect(await t.news(group)).toEqual([expect.stringContaining("Thesis circle is at home here now")]);
  });

  it("comes from a button behind Start, too", async () => {
    const grace = t.server.user({ first: "Grace" });
    group.add(grace, { admin: true });
    await t.says(grace, group, "/pod create Braids");
    grace.start(payloadOf(linkIn(group)));
    await t.news(grace);
    await t.news(group);
    await t.presses(grace, grace, "Bring it to Maths");
    expect(await t.news(group)).toEqual([expect.stringContaining("Braids is at home here now")]);
  });

  it("is about the group for who had to press Start first", async () => {
    await t.says(ada, group, "/pod bind Topology");
    const grace = t.server.user({ first: "Grace" });
    group.add(grace);
    await t.says(grace, group, "/pod join Topology");
    await t.says(grace, group, "/pod create Braids");
    await t.says(grace, group, "/event create Knots tomorrow 6pm");
    grace.start(payloadOf(linkIn(group)));
    const [preview] = await t.news(grace);
    expect(preview).toContain("Pod: Topology");
  });
});

describe("a group", () => {
  let group: TestGroup;
  beforeEach(async () => {
    await t.says(ada, ada, "/pod create Topology");
    group = groupOf(t, "Maths", [ada]);
    await t.says(ada, group, "/pod bind Topology");
  });

  it("that becomes a supergroup keeps its pod; new posts go to the new id", async () => {
    const old = { id: group.id };
    group.migrate();
    await t.settled();
    const before = t.server.calls("sendMessage").length;
    await plan("Knots tomorrow 6pm", group);
    expect(t.shown(group, "Knots").chat).toBe(group.id);
    const targets = t.server
      .calls("sendMessage")
      .slice(before)
      .map(({ params }) => String(params.chat_id));
    expect(targets).not.toContain(String(old.id));
    await t.presses(ada, group, "Can't");
    expect(t.shown(group, "Knots").text).toContain("nobody yet");
    expect(t.troubles()).toEqual([]);
  });

  it("that becomes a supergroup is shown in a new message what changes of an event that was posted before", async () => {
    await plan("Knots tomorrow 6pm", group);
    const old = t.shown(group, "Knots");
    group.migrate();
    await t.settled();
    expect(await t.news(group)).toEqual([]);
    await t.says(ada, ada, "/event rsvp Knots maybe");
    expect(await t.news(group)).toEqual([expect.stringMatching(/Knots[\s\S]*Maybe: 1/)]);
    await t.says(ada, ada, "/event cancel Knots");
    await t.presses(ada, ada, "Cancel the event");
    expect(await t.news(group)).toEqual([]);
    expect(t.shown(group, "Knots").text).toMatch(/cancelled/i);
    expect(t.shown({ id: old.chat }, "Knots").text).toBe(old.text);
    const edits = t.server.calls("editMessageText").filter(({ params }) => Number(params.message_id) === old.id);
    expect(edits).toEqual([]);
    expect(t.troubles()).toEqual([]);
  });

  it("that throws the bot out is never written to again, until it comes back", async () => {
    await plan("Knots tomorrow 6pm", group);
    group.kickBot(ada);
    await t.settled();
    const calls = () => t.server.calls().filter(({ params }) => String(params.chat_id) === String(group.id)).length;
    const before = calls();
    await t.says(ada, ada, "/event create Braids wednesday 6pm");
    await t.presses(ada, ada, "Create");
    await t.says(ada, ada, "/event rsvp Knots declined");
    expect(calls()).toBe(before);
    group.addBot(ada);
    expect(await t.news(group)).toContainEqual(expect.stringContaining("Topology is at home here"));
    expect(t.shown(group, "Knots").text).toContain("nobody yet");
    expect(t.shown(group, "Braids").text).toContain("Going (1): Ada");
    await plan("Links thursday 6pm", group);
    expect((await t.news(group)).filter((text) => text.includes("Links"))).toHaveLength(1);
    expect(t.troubles()).toEqual([]);
  });

  it("that refuses a post is left alone after it, though nobody said that the bot was thrown out", async () => {
    const kicked = { kind: "refuse", code: 403, description: "Forbidden: bot was kicked from the group chat" } as const;
    await t.says(ada, group, "/event create Knots tomorrow 6pm");
    t.server.fault(kicked, { method: "sendMessage" });
    await t.presses(ada, ada, "Create");
    const before = t.server.calls("sendMessage").length;
    await t.says(ada, ada, "/event create Braids wednesday 6pm pod:Topology");
    await t.presses(ada, ada, "Create");
    const targets = t.server
      .calls("sendMessage")
      .slice(before)
      .map(({ params }) => String(params.chat_id));
    expect(targets).toEqual([String(ada.id)]);
    expect((await t.says(ada, group, "/pod bind Topology")).here).toContain("Topology");
    await plan("Links thursday 6pm", group);
    expect(t.shown(group, "Links").text).toContain("Going (1): Ada");
  });
});
