// What people write is text: it is shown inert and whole, or refused with a sentence. And buttons that no honest finger pressed.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { events } from "../../src/core/events/read.ts";
import { patch } from "../../src/core/kernel/change.ts";
import { pods } from "../../src/core/pods/read.ts";
import type { ShownMessage, TestGroup, TestUser } from "../support/telegram-server/index.ts";
import { groupOf, type Town, town } from "../support/town.ts";

let t: Town;
let ada: TestUser;
beforeEach(async () => {
  t = await town();
  ada = await t.person("Ada");
});
afterEach(async () => {
  expect(t.troubles()).toEqual([]);
  await t.close();
});

/** As people see it: the word joiner that keeps a mention from being one has no width. */
const seen = (text: string) => text.replaceAll("\u2060", "");
const newest = (chat: { readonly id: number }): ShownMessage => t.server.messages(chat).at(-1)!;

/** Ours are bold, italic, code and quotes; commands and bare addresses Telegram finds by itself. */
const harmless = ["bold", "italic", "code", "blockquote", "bot_command", "url"];

function expectInert({ text, entities }: ShownMessage): void {
  expect(entities.filter(({ type }) => !harmless.includes(type))).toEqual([]);
  expect(text).not.toMatch(/@[A-Za-z0-9_]/);
  expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
}

const hostile: readonly (readonly [what: string, text: string, shown?: string])[] = [
  ["HTML", '<b>bold</b><script>alert(1)</script> &amp; <a href="tg://user?id=1">x</a>'],
  ["Markdown", "**bold** _it_ `code` [x](https://evil.example) ||spoiler||"],
  ["mentions", "hello @everyone @here @durov <@1> <!channel>"],
  ["right-to-left text", "שלום עולם مرحبا"],
  ["turned text", "abc\u202egnp.exe", "abcgnp.exe"],
  ["zero-width joints", "👩\u200d👩\u200d👧 fam\u200bily"],
  ["emoji", "🧮🎉 Ω≈ç√ 𝕬"],
  ["braces and quotes", "$(x) {{y}} %s \\n ' ; DROP TABLE pods;--"],
  ["a callback's marks", "a|b%7C~c"],
];

describe.each(hostile)("%s", (_what, text, shown = text) => {
  it("is a pod's name", async () => {
    await t.says(ada, ada, `/pod create ${text}`);
    expect(seen(newest(ada).text)).toContain(`${shown} is ready`);
    expectInert(newest(ada));
    await t.says(ada, ada, "/pod find");
    expect(seen(newest(ada).text)).toContain(shown);
    expectInert(newest(ada));
  });

  it("is an event's title, in the preview, the group and a notice", async () => {
    await t.says(ada, ada, "/pod create Topology");
    const group = groupOf(t, "Maths", [ada]);
    await t.says(ada, group, "/pod bind Topology");
    await t.says(ada, group, `/event create what:"${text.replaceAll('"', "'")}" when:"tomorrow 6pm"`);
    const title = shown.replaceAll('"', "'");
    expect(seen(newest(ada).text)).toContain(title);
    expectInert(newest(ada));
    await t.presses(ada, ada, "Create");
    expect(seen(newest(group).text)).toContain(title);
    expectInert(newest(group));
    expect(seen(await t.presses(ada, group, "Can't"))).toContain(title);
  });

  it("is a reminder's text, now and when it rings", async () => {
    await t.says(ada, ada, `/remind me to ${text} in 1 hour`);
    const set = newest(ada);
    expect(seen(set.text)).toContain(shown);
    expectInert(set);
    await t.later({ hours: 1 });
    expect(newest(ada).id).toBeGreaterThan(set.id);
    expect(seen(newest(ada).text)).toContain(shown);
    expectInert(newest(ada));
  });
});

describe("10 000 characters", () => {
  const long = "x".repeat(10_000);

  it.each([
    ["a pod's name", `/pod create ${long}`, "at most 100 characters"],
    ["an event", `/event create ${long} tomorrow 6pm`, "at most 500 characters"],
    ["a reminder", `/remind me to ${long} tomorrow 7am`, "too long"],
    ["a command", `/${long}`, "I don't know"],
    ["a search", `/pod find ${long}`, "characters"],
    ["help", `/help ${long}`, "characters"],
    ["a code", `/link ${long}`, "characters"],
    ["a zone", `/profile edit zone:${long}`, "characters"],
  ])("as %s are refused with a sentence", async (_what, line, sentence) => {
    const { here } = await t.says(ada, ada, line);
    expect(here).toContain(sentence);
    expect(here.length).toBeLessThan(600);
  });

  it("as a description are refused, 2000 are shown whole", async () => {
    await t.says(ada, ada, "/pod create Topology");
    const line = (words: string) => `/event create Knots tomorrow 6pm description:"${words}"`;
    expect((await t.says(ada, ada, line(long))).here).toContain("at most 2000 characters");
    const whole = "word ".repeat(399).trim();
    expect((await t.says(ada, ada, line(whole))).here).toContain(whole);
  });
});

it("a name with nothing to see is refused", async () => {
  for (const name of ["\u200b\u200b", "\u3164", "\u202e"])
    expect((await t.says(ada, ada, `/pod create "${name}"`)).here).toMatch(
      /nothing to see|What should the pod be called/,
    );
});

describe("a button", () => {
  let group: TestGroup;
  let mallory: TestUser;
  let card: ShownMessage;
  beforeEach(async () => {
    mallory = await t.person("Mallory");
    await t.says(ada, ada, "/pod create Topology");
    group = groupOf(t, "Maths", [ada, mallory]);
    await t.says(ada, group, "/pod bind Topology");
    await t.says(ada, group, "/event create Knots tomorrow 6pm");
    await t.presses(ada, ada, "Create");
    card = t.shown(group, "Knots");
  });
  const row = async () => (await t.store.find(events, { limit: 1 })).rows[0]!;
  const untouched = async () => expect(await row()).toMatchObject({ status: "scheduled", attendeesCount: 1 });

  /** Presses with data that no button of the message carries. */
  async function forge(user: TestUser, data: string): Promise<string> {
    const { kind: _, ...message } = {
      kind: "",
      message_id: card.id,
      date: 1,
      chat: { id: group.id, type: "group", title: "Maths" },
    };
    const before = t.server.calls("answerCallbackQuery").length;
    t.server.emit({ callback_query: { id: `forged-${data.length}`, from: user, message, chat_instance: "1", data } });
    await t.settled();
    return String(t.server.calls("answerCallbackQuery").slice(before)[0]?.params.text ?? "");
  }

  it("of an event in a pod that one has to be let into is refused", async () => {
    await t.store.commit([patch(pods, (await row()).podId, { joinPolicy: "approval" })]);
    expect(await t.presses(mallory, group, "Going")).toBe("");
    expect(await t.news(mallory)).toContainEqual(expect.stringContaining("You are not in Topology yet"));
    await untouched();
  });

  it("that cancels another's event, forged or passed on, is refused", async () => {
    const { id } = await row();
    await t.says(mallory, group, "/pod join Topology");
    for (const data of [`event.cancel|${id}|true`, `event.cancel|${id}|1`, `event.cancel|${id}`])
      expect(await forge(mallory, data)).toContain("Only Ada, who organises it");
    await untouched();
  });

  it("with garbage is stale, whatever it is", async () => {
    const huge = "9".repeat(60_000);
    const garbage = [
      "",
      "|",
      "~",
      `~${"0".repeat(32)}`,
      "~../../etc",
      "nope",
      "event.rsvp|||||||||",
      "__proto__|x",
      "constructor",
      "event.cancel",
      "event.publish",
      "event.rsvp|💣|\u202e",
      huge,
      `~${huge}`,
      `event.rsvp|${huge}|going`,
    ];
    for (const data of garbage) await forge(mallory, data);
    await untouched();
    expect((await t.says(mallory, mallory, "/profile")).here).toContain("Mallory");
  });

  it("that publishes with another's id changes nothing of theirs", async () => {
    const { id, podId, startTime } = await row();
    await t.says(mallory, group, "/pod join Topology");
    await forge(mallory, `event.publish|${id}|${podId}|${startTime + 1}|${startTime + 2}|UTC|Mine`);
    expect(await row()).toMatchObject({ title: "Knots", startTime });
  });

  it("pressed by everybody at once counts everybody once", async () => {
    await t.says(mallory, group, "/pod join Topology");
    await Promise.all(["Going", "Going", "Going", "Going"].map((label) => mallory.press(card, label)));
    await t.settled();
    expect(await row()).toMatchObject({ attendeesCount: 2 });
    expect(t.shown(group, "Knots").text).toContain("Going (2): Ada, Mallory");
  });

  it("of an event that was cancelled says so, also from an old message", async () => {
    await t.says(ada, ada, "/event cancel Knots");
    await t.presses(ada, ada, "Cancel the event");
    expect(await forge(ada, `event.rsvp|${(await row()).id}|going`)).toContain("was cancelled");
    await t.store.commit([{ kind: "remove", in: events, id: (await row()).id }]);
    expect(await forge(ada, `event.rsvp|${"0".repeat(26)}|going`)).toContain("I can't find such an event");
  });
});
