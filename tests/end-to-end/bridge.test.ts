// Two Telegram groups of one pod, bridged over the real adapter: what is written in one is read in the other, also after a crash.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { TestGroup, TestUser } from "../support/telegram-server/index.ts";
import { groupOf, type Town, town } from "../support/town.ts";

let t: Town;
let ada: TestUser;
let bob: TestUser;
let maths: TestGroup;
let logic: TestGroup;

beforeEach(async () => {
  t = await town();
  ada = await t.person("Ada");
  bob = t.server.user({ first: "Bob <b>" });
  maths = groupOf(t, "Maths", [ada, bob]);
  logic = t.server.group({ title: "Logic", botAdmin: true });
  logic.add(ada, { admin: true });
  await t.says(ada, ada, "/pod create Proofs");
  for (const group of [maths, logic]) await t.says(ada, group, "/pod bind Proofs");
  await t.says(ada, maths, "/pod bridge on");
  for (const group of [maths, logic]) {
    await t.news(group);
    await t.presses(ada, group, "Take part");
    await t.news(group);
  }
});
afterEach(async () => {
  expect(t.troubles()).toEqual([]);
  await t.close();
});

const idOf = (group: TestGroup, words: string) => ({ chat: group.id, id: t.shown(group, words).id });

describe("a bridge between two groups", () => {
  it("carries messages, replies, edits, pictures and reactions", async () => {
    const question = bob.say(maths, "who has @ada's notes?");
    expect(await t.news(logic)).toEqual(["Bob <b> · Telegram\nwho has @\u2060ada's notes?"]);
    ada.say(logic, "I do", { replyTo: idOf(logic, "who has").id });
    expect(await t.news(maths)).toEqual(["Ada · Telegram\nI do"]);
    expect(t.shown(maths, "I do").replyTo).toBe(question);
    expect(await t.news(logic)).toEqual([]);

    bob.edit({ chat: maths.id, id: question }, "who has notes?");
    await t.settled();
    expect(t.shown(logic, "who has").text).toBe("Bob <b> · Telegram\nwho has notes?");

    ada.react(idOf(logic, "who has"), "👍", true);
    await t.settled();
    expect(t.server.reactions({ chat: maths.id, id: question })).toEqual(["👍"]);
    ada.react(idOf(logic, "who has"), "👍", false);
    await t.settled();
    expect(t.server.reactions({ chat: maths.id, id: question })).toEqual([]);

    const content = Buffer.from([0xff, 0xd8, 1, 2, 3]);
    bob.say(maths, "the board", { file: { name: "x", type: "image/jpeg", content, photo: true } });
    await t.settled();
    expect(t.shown(logic, "the board")).toMatchObject({
      text: "Bob <b> · Telegram\nthe board",
      file: { name: "photo.jpg", content },
    });
  });

  it("carries no command, no answer, and nothing back", async () => {
    await t.says(ada, maths, "/pod info Proofs");
    await t.says(ada, maths, "@PeerSparkTestBot event list");
    bob.say(maths, "hello");
    expect(await t.news(logic)).toEqual(["Bob <b> · Telegram\nhello"]);
    expect(await t.news(maths)).toEqual([]);
  });

  it("goes on after a crash between a post and its note: once more at most, and in order", async () => {
    t.server.fault({ kind: "act-then-cut" }, { method: "sendMessage" });
    bob.say(maths, "one");
    await t.settled();
    await t.restart("kill");
    bob.say(maths, "two");
    await t.settled();
    await t.later({ minutes: 5 });
    const told = (await t.news(logic)).map((text) => text.split("\n")[1]);
    expect(told).toEqual(["one", "one", "two"]);
  });

  it("leaves no trace of what was said in the logs", async () => {
    bob.say(maths, "my secret plan", {
      file: { name: "secret.txt", type: "text/plain", content: Buffer.from("plan") },
    });
    await t.settled();
    const logged = JSON.stringify(t.lines.map(({ message, fields, error }) => [message, fields, `${error}`]));
    expect(logged).not.toContain("secret");
  });
});
