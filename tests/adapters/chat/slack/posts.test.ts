// People's messages, carried to Slack and from there: in their names, with files, changes and reactions, and never as a loop.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Address, Post } from "../../../../src/core/ports/platform.ts";
import { collectedFrom } from "../../../support/file-samples.ts";
import type { TestUser } from "../../../support/slack-server/index.ts";
import type { Channel } from "../../../support/slack-server/state.ts";
import { type Connected, connect, until } from "./connected.ts";

let connected: Connected;
let ada: TestUser;
let club: Channel;
let there: Address;
beforeEach(async () => {
  connected = await connect({ options: { rates: "none" } });
  ada = connected.server.user("ada");
  club = connected.server.channel("club", [ada]);
  there = { platform: "slack", channel: `${connected.server.team.id}:${club.id}` };
});
afterEach(() => connected.close());

const post: Post = {
  author: "Linus",
  from: "Telegram",
  text: "hi <!channel> & *all*",
  files: [],
  avatar: "https://a.example/l.png",
};
const shown = () => connected.server.messages(club.id);

describe("to Slack", () => {
  it("a post is in its author's name and calls nobody", async () => {
    const ref = await connected.platform.post(there, post, "b.1");
    await connected.platform.post(there, post, "b.1");
    expect(shown()).toMatchObject([
      { text: post.text, marked: [], mentions: [], username: "Linus (Telegram)", icon: post.avatar },
    ]);
    await connected.platform.repost(ref, { ...post, text: "hello" });
    expect(shown()).toMatchObject([{ text: "hello", username: "Linus (Telegram)" }]);
  });

  it("a reply goes into the thread; one to what is not here quotes it", async () => {
    const first = await connected.platform.post(there, post);
    const reply = await connected.platform.post(there, { ...post, text: "yes", repliesTo: first });
    expect(reply.thread).toBe(first.message);
    await connected.platform.post(there, { ...post, text: "yes", quote: "Grace: shall we?" });
    expect(shown().at(-1)!.text).toBe("Grace: shall we?\nyes");
  });

  const files = [{ name: "no/tes\u0000.txt", type: "text/plain", content: Buffer.from("notes") }];

  it("a file is in its author's message, whatever it is called", async () => {
    await connected.platform.post(there, { ...post, text: "", files });
    expect(shown()).toMatchObject([
      { text: expect.stringContaining("📎"), files: [{ name: "no_tes.txt", content: Buffer.from("notes") }] },
    ]);
  });

  it.each(["files.getUploadURLExternal", "files.completeUploadExternal", "chat.postMessage", "chat.update"])(
    "after %s went wrong, the same post again is there once, with its file",
    async (method) => {
      const { platform, server } = connected;
      server.plan({ kind: "act-then-cut" }, { method, times: 3 });
      await expect(platform.post(there, { ...post, files }, "b.1")).rejects.toMatchObject({ code: "unavailable" });
      if (method === "files.getUploadURLExternal") expect(shown()).toEqual([]);
      for (const _ of [1, 2, 3]) await platform.post(there, { ...post, files }, "b.1").catch(() => undefined);
      expect(shown()).toMatchObject([{ text: post.text, files: [{ name: "no_tes.txt" }] }]);
    },
  );

  it("a file that is refused leaves nothing behind, and does not count as the channel's end", async () => {
    connected.server.plan({ kind: "refuse", error: "file_not_found" }, { method: "files.completeUploadExternal" });
    const posting = connected.platform.post(there, { ...post, files }, "b.1");
    await expect(posting).rejects.toMatchObject({ code: "unsupported", detail: {} });
    expect(shown()).toEqual([]);
  });

  it("a file that no message takes goes into its thread", async () => {
    connected.server.plan({ kind: "refuse", error: "invalid_arguments" }, { method: "chat.update" });
    const { message } = await connected.platform.post(there, { ...post, files });
    expect(shown()).toMatchObject([
      { text: post.text, files: [] },
      { thread: message, files: [{ content: Buffer.from("notes") }] },
    ]);
  });

  it("where the name leaves no room, the app stands above the text", async () => {
    await connected.platform.post(there, { ...post, author: "L".repeat(78) });
    expect(shown()).toMatchObject([{ username: "L".repeat(78), context: ["Telegram"], said: post.text }]);
  });

  it("reactions are set and taken back, twice without harm", async () => {
    const ref = await connected.platform.post(there, post);
    for (const on of [true, true]) await connected.platform.react(ref, "👍🏽", on);
    expect(shown()[0]!.reactions).toEqual(["+1::skin-tone-4"]);
    for (const on of [false, false]) await connected.platform.react(ref, "👍🏽", on);
    expect(shown()[0]!.reactions).toEqual([]);
    await expect(connected.platform.react(ref, "no emoji", true)).rejects.toMatchObject({ code: "unsupported" });
  });

  it("however long and hostile, a post is taken", async () => {
    for (const text of ["x".repeat(50_000), "\u0000\ud800", "\u3164", "👍".repeat(9_000)])
      await connected.platform.post(there, { ...post, author: text, text, quote: text });
    expect(shown()).toHaveLength(4);
  });
});

describe("from Slack", () => {
  beforeEach(() => connected.start());
  const deeds = () => connected.updates.map(({ deed }) => deed);

  it("come messages, edits, deletions, reactions and files", async () => {
    const file = connected.server.file("notes.txt", "text/plain", Buffer.from("notes"));
    const { ts } = await ada.say(club.id, "see 🎉", { files: [file] });
    await ada.edit(club.id, ts, "seen");
    await ada.react(club.id, ts, "tada");
    await ada.react(club.id, ts, "tada", false);
    await ada.remove(club.id, ts);
    await until(() => deeds().length === 5);
    const message = { ...there, message: ts };
    expect(deeds()).toMatchObject([
      { kind: "text", text: "see 🎉", addressed: false, talk: { message, files: [{ name: "notes.txt", bytes: 5 }] } },
      { kind: "edited", talk: { message, text: "seen" } },
      { kind: "reacted", message, emoji: "🎉", on: true },
      { kind: "reacted", message, emoji: "🎉", on: false },
      { kind: "deleted", message },
    ]);
    const [said] = deeds();
    const source = said?.kind === "text" ? said.talk!.files[0]! : undefined;
    expect(await collectedFrom(await connected.platform.download(source!, 100))).toEqual(Buffer.from("notes"));
    await expect(connected.platform.download(source!, 3).then(collectedFrom)).rejects.toMatchObject({
      code: "unavailable",
    });
  });

  it("nothing comes of bots, nor of PeerSpark itself", async () => {
    const bot = connected.server.user("robot", { bot: true });
    await bot.say(club.id, "beep");
    const { message } = await connected.platform.post(there, post);
    await connected.server.tell({
      type: "reaction_added",
      user: connected.server.team.botUser,
      reaction: "tada",
      item: { type: "message", channel: club.id, ts: message },
      event_ts: "1.1",
    });
    await ada.say(club.id, "end");
    await until(() => deeds().length > 0);
    expect(deeds()).toMatchObject([{ text: "end" }]);
  });

  it("a token is given to Slack alone", async () => {
    const file = {
      name: "x",
      type: "text/plain",
      bytes: 1,
      source: `${connected.server.team.id}|https://evil.example/x`,
    };
    await expect(connected.platform.download(file, 100).then(collectedFrom)).rejects.toMatchObject({
      code: "unavailable",
    });
  });
});
