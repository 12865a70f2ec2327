// In a Telegram group with other bots: what is PeerSpark's business, what is not, and how long a word stays on the screen.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import type { TestGroup, TestUser } from "../support/telegram-server/index.ts";
import { groupOf, type Town, town } from "../support/town.ts";

let t: Town;
let ada: TestUser;
let eve: TestUser;
let group: TestGroup;
beforeEach(async () => {
  t = await town();
  ada = await t.person("Ada");
  eve = t.server.user({ first: "Eve" });
  group = groupOf(t, "Maths", [ada, eve]);
});
afterEach(async () => {
  expect(t.troubles()).toEqual([]);
  await t.close();
});

it.each(["/foo", "/weather Berlin", "/settings@OtherBot", "/etc/hosts is where"])("%j gets no word", async (text) => {
  for (const user of [ada, eve]) expect(await t.says(user, group, text)).toEqual({ here: "", privately: "" });
});

it("a wrong command that begins as ours, or calls PeerSpark by name, is answered", async () => {
  expect((await t.says(ada, group, "/event foo")).privately).toContain("I don't know “event foo”");
  expect((await t.says(ada, group, "/foo@PeerSparkTestBot")).privately).toContain("I don't know “foo”");
});

it("who answers to a card talks to the others", async () => {
  await t.says(ada, group, "/pod create Algebra");
  await t.says(ada, group, "/pod bind Algebra");
  await t.says(ada, group, "/event create Knots tomorrow 6pm");
  await t.presses(ada, ada, "Create");
  await t.news(group);
  await t.news(ada);
  const card = t.shown(group, "Knots");
  for (const user of [ada, eve]) {
    user.say(group, "can we make it 7pm?", { replyTo: card.id });
    expect([await t.news(group), await t.news(user)]).toEqual([[], []]);
  }
});

it("a refusal stays until it is closed, a success passes", async () => {
  await t.says(ada, group, "/pod create Algebra privacy:private");
  await t.says(ada, group, "/pod bind Algebra");
  await t.presses(ada, ada, "Bring it here");
  await t.says(ada, group, "/event create A very long title of a session of study tomorrow 6pm");
  await t.presses(ada, ada, "Create");
  await t.settled();
  const card = t.shown(group, "A very long title");
  const success = await ada.press(card, "Maybe");
  expect(success.text!.length).toBeGreaterThan(60);
  expect(success.show_alert).toBe(false);
  expect(await eve.press(card, "Going")).toEqual({ text: expect.stringMatching(/^.{1,200}$/), show_alert: true });
});

it("an anonymous administrator, and whoever writes as a channel, hears what to do", async () => {
  const chat = { id: group.id, type: "group", title: "Maths" };
  const from = { id: 1087968824, is_bot: true, first_name: "Group", username: "GroupAnonymousBot" };
  const says = async (text: string, sender_chat: object, more = {}) => {
    t.server.emit({ message: { message_id: 99, date: 1, chat, from, sender_chat, text, ...more } });
    return t.news(group);
  };
  expect(await says("/setup@PeerSparkTestBot", chat)).toEqual([
    expect.stringMatching(/can't see who you are.*Remain anonymous/),
  ]);
  const channel = { id: -1005, type: "channel", title: "News" };
  expect(await says("/event create x", channel)).toHaveLength(1);
  expect(await says("/event create x", channel, { is_automatic_forward: true })).toEqual([]);
  expect(await says("/weather", chat)).toEqual([]);
  expect(await says("hello", chat)).toEqual([]);
});

it("who can't be written to is asked once to open a private chat, and not any more once they have", async () => {
  for (const text of ["/inbox", "/profile", "/remind list"]) await t.says(eve, group, text);
  const asking = () => t.server.messages(group).filter(({ text }) => text.includes("can't write to you yet"));
  expect(asking()).toHaveLength(1);
  await t.says(ada, group, "hello");
  const [button] = asking()[0]!.keyboard.flat();
  eve.start(/start=(.+)$/.exec((button as { url: string }).url)![1]);
  expect((await t.news(eve)).join()).toContain("reminders");
  expect(asking()).toEqual([]);
});
