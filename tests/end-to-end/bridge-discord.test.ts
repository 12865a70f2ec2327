// A Discord channel and a Telegram group of one pod, bridged over both real adapters: each reads what is written in the other.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { discord } from "../../src/adapters/chat/discord/index.ts";
import {
  controlsOf,
  type DiscordServer,
  discordServer,
  type Message,
  type TestGuild,
  type TestUser,
  textOf,
} from "../support/discord-server/index.ts";
import { shownAs } from "../support/discord-server/markdown.ts";
import type { TestUser as TelegramUser, TestGroup } from "../support/telegram-server/index.ts";
import { eventually, type Town, town } from "../support/town.ts";

let server: DiscordServer;
let t: Town;
let guild: TestGuild;
let group: TestGroup;
let ada: TestUser;
let bob: TestUser;
let telegramAda: TelegramUser;

/** What PeerSpark has written there, as it is read. */
const read = () => server.messages(guild.general).map((message) => shownAs(textOf(message)).text);
const privately = () => server.privately(ada).map(textOf);
const texts = () => t.server.messages(group).map(({ text }) => text);
const onDiscord = (words: string): Message =>
  server.messages(guild.general).findLast((one) => textOf(one).includes(words))!;
/** Without what no screen shows. */
const visible = (text: string) => text.replace(/\p{Cf}/gu, "");

async function pressed(label: string, channel = guild.general): Promise<void> {
  const asking = () =>
    server.messages(channel).findLast((one) => controlsOf(one).some((control) => control.label === label));
  await eventually(() => asking() !== undefined);
  await ada.press(asking()!, label);
}

beforeEach(async () => {
  server = await discordServer();
  const { token, url: apiUrl } = server;
  t = await town({ besides: (parts) => [discord({ ...parts, token, apiUrl, perSecond: 100_000 })] });
  telegramAda = await t.person("Ada");
  group = t.server.group({ title: "Logic", botAdmin: true });
  group.add(telegramAda, { admin: true });
  guild = server.guild({ name: "Maths" });
  ada = server.user({ name: "Ada" });
  bob = server.user({ name: "Bob *b*" });
  guild.add(ada, { admin: true });
  guild.add(bob);

  const code = /code: (\w{8})\./.exec((await t.says(telegramAda, telegramAda, "/link")).here)?.[1];
  ada.say(ada.direct, `/link ${code}`);
  await pressed("Link", ada.direct);
  await eventually(() => privately().some((text) => text.includes("belong together")));
  await t.says(telegramAda, telegramAda, "/pod create Proofs");
  await t.says(telegramAda, group, "/pod bind Proofs");
  ada.say(guild.general, `<@${server.bot.id}> /pod bind Proofs`);
  await eventually(() => read().some((text) => text.includes("Proofs")));
  await t.says(telegramAda, group, "/pod bridge on");
  await pressed("Take part");
  await t.presses(telegramAda, group, "Take part");
  await eventually(() =>
    controlsOf(server.messages(guild.general).at(-1)!).every(({ label }) => label !== "Take part"),
  );
  await t.news(group);
});
afterEach(async () => {
  expect(t.troubles()).toEqual([]);
  await t.close();
  await server.close();
});

describe("a bridge between Discord and Telegram", () => {
  it("carries messages, replies, edits and deletions, and calls nobody", async () => {
    const question = bob.say(guild.general, `who has <@${ada.id}>'s notes? @everyone`);
    await eventually(() => texts().some((text) => text.includes("notes?")));
    const carried = t.shown(group, "notes?");
    expect(visible(carried.text)).toBe("Bob *b* · Discord\nwho has @Ada's notes? @everyone");
    expect(carried.entities.map(({ type }) => type)).toEqual(["bold"]);

    const said = telegramAda.say(group, `I do, *all* @everyone <@${bob.id}>`, { replyTo: carried.id });
    await eventually(() => read().some((text) => text.includes("I do")));
    const answer = onDiscord("I do");
    const { text, runs } = shownAs(textOf(answer));
    expect(visible(text)).toBe(`Ada (Telegram)\nI do, *all* @everyone <@${bob.id}>`);
    expect(runs.map((run) => [run.kind, run.text])).toEqual([["bold", "Ada (Telegram)"]]);
    expect(answer.reply).toBe(question.id);

    await t.settled();
    bob.say(guild.general, "thank you", { replyTo: answer.id });
    await eventually(() => texts().some((one) => one.includes("thank you")));
    expect(t.shown(group, "thank you").replyTo).toBe(said);

    bob.edit(question, "who has the notes?");
    await eventually(() => texts().includes("Bob *b* · Discord\nwho has the notes?"));
    telegramAda.edit({ chat: group.id, id: said }, "I have");
    await eventually(() => read().includes("Ada (Telegram)\nI have"));

    bob.erase(question);
    await eventually(() => !texts().some((one) => one.includes("who has")));
  });

  it("carries reactions and files both ways", async () => {
    const notes = { name: "notes.txt", type: "text/plain", content: Buffer.from("λ = 3\n") };
    const said = bob.say(guild.general, "mine", { files: [{ ...notes, bytes: notes.content }] });
    await eventually(() => texts().some((text) => text.includes("mine")));
    expect(t.shown(group, "mine")).toMatchObject({
      text: "Bob *b* · Discord\nmine",
      file: { name: notes.name, content: notes.content },
    });
    telegramAda.say(group, "and mine", { file: notes });
    await eventually(() => read().some((text) => text.includes("and mine")));
    expect(onDiscord("and mine").files).toMatchObject([{ name: notes.name, bytes: notes.content }]);

    const there = { chat: group.id, id: t.shown(group, "mine").id };
    for (const on of [true, false]) {
      telegramAda.react(there, "❤", on);
      await eventually(() => (said.reactions.get("❤️")?.has(server.bot.id) ?? false) === on);
    }
    for (const on of [true, false]) {
      bob.react(said, "👍", on);
      await eventually(() => t.server.reactions(there).includes("👍") === on);
    }
  });

  it("carries what was written while nobody heard, once and in order, and obeys nothing of it", async () => {
    bob.say(guild.general, "before");
    await eventually(() => texts().some((text) => text.includes("before")));
    await t.settled();
    server.gateway.forget();
    bob.say(guild.general, "first");
    bob.say(guild.general, `<@${server.bot.id}> /pod bridge off`);
    bob.say(guild.general, "second");
    await t.restart("kill");
    await eventually(() => texts().some((text) => text.includes("second")));
    server.gateway.drop();
    server.gateway.forget();
    bob.say(guild.general, "third");
    await eventually(() => texts().some((text) => text.includes("third")));
    await t.settled();
    expect((await t.news(group)).map(visible)).toEqual(
      ["before", "first", "second", "third"].map((text) => `Bob *b* · Discord\n${text}`),
    );
  });

  it("carries nothing back and no command, and goes on after a crash without saying anything twice", async () => {
    ada.say(guild.general, `<@${server.bot.id}> /pod info Proofs`);
    await eventually(() => read().at(-1)?.includes("Members: 1 of 100") === true);
    const before = read().length;
    server.fault({ kind: "act-then-cut" }, { route: "POST /channels/:id/messages", times: 3 });
    telegramAda.say(group, "one");
    await t.settled();
    await t.restart("kill");
    telegramAda.say(group, "two");
    bob.say(guild.general, "three");
    await t.settled();
    await t.later({ minutes: 5 });
    await eventually(() => read().includes("Ada (Telegram)\ntwo") && texts().some((text) => text.includes("three")));
    expect(read().slice(before)).toEqual(["Ada (Telegram)\none", "Ada (Telegram)\ntwo"]);
    expect((await t.news(group)).map(visible)).toEqual(["Bob *b* · Discord\nthree"]);
  });
});
