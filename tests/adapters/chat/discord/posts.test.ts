// People's messages carried to Discord, in their name where webhooks are allowed; reactions, files, and what Discord refuses.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Address, Post } from "../../../../src/core/ports/platform.ts";
import type { TestGuild, TestUser } from "../../../support/discord-server/index.ts";
import { right, usual } from "../../../support/discord-server/rights.ts";
import { type Connected, connect, saying } from "./connected.ts";

let connected: Connected;
let club: TestGuild;
let ada: TestUser;
let to: Address;
beforeEach(async () => {
  connected = await connect();
  club = connected.server.guild();
  ada = connected.server.user();
  to = { platform: "discord", channel: club.general.id };
});
afterEach(() => connected.close());

const post = (text: string, more: Partial<Post> = {}): Post => ({
  author: "Grace",
  from: "slack",
  text,
  files: [],
  ...more,
});
const shown = (channel = club.general) =>
  connected.server
    .messages(channel)
    .map(({ author, content, webhook }) => [author.username, content, webhook !== undefined]);

describe("a post", () => {
  it("stands in its author's name and picture, and can be changed and removed", async () => {
    const { platform, server } = connected;
    const ref = await platform.post(to, post("hi *all* @everyone", { avatar: "https://pics.example/g.png" }));
    expect(shown()).toEqual([["Grace (Slack)", "hi \\*all\\* @\u2060everyone", true]]);
    const [call] = server.calls("POST /webhooks/:id/:token");
    expect(call!.body).toMatchObject({ avatar_url: "https://pics.example/g.png", allowed_mentions: { parse: [] } });
    await platform.repost(ref, post("bye"));
    expect(shown()).toEqual([["Grace (Slack)", "bye", true]]);
    await platform.remove(ref);
    await platform.remove(ref);
    expect(shown()).toEqual([]);
    expect(club.general.webhooks).toHaveLength(1);
  });

  it("goes into a thread, replies by a line that leads there, and brings files", async () => {
    const thread = club.thread(club.general, "Week 3");
    const there = { ...to, thread: thread.id };
    const asked = ada.say(thread, "when?");
    const files = [{ name: "notes.txt", type: "text/plain", content: Buffer.from("abc") }];
    const ref = await connected.platform.post(
      there,
      post("at six", { repliesTo: { ...there, message: asked.id }, files }),
    );
    expect(ref).toEqual({ ...there, message: expect.any(String) });
    const [message] = connected.server.messages(thread);
    expect(message!.content).toBe(`-# [↪](https://discord.com/channels/${club.id}/${thread.id}/${asked.id})\nat six`);
    expect(message!.files).toMatchObject([{ name: "notes.txt", type: "text/plain", bytes: Buffer.from("abc") }]);
    await connected.platform.repost(ref, post("at seven"));
    expect(connected.server.messages(thread)[0]!.content).toBe("at seven");
  });

  it("is PeerSpark's own, with the name in bold and as a true reply, where webhooks are not allowed", async () => {
    club.permit(usual & ~right.manageWebhooks);
    const asked = ada.say(club.general, "when?");
    const send = () => connected.platform.post(to, post("at six", { repliesTo: { ...to, message: asked.id } }), "key");
    const ref = await send();
    expect(await send()).toEqual(ref);
    expect(shown()).toEqual([["PeerSpark", "**Grace (Slack)**\nat six", false]]);
    expect(connected.server.messages(club.general)[0]!.reply).toBe(asked.id);
    await connected.platform.repost(ref, post("at seven"));
    expect(shown()).toEqual([["PeerSpark", "**Grace (Slack)**\nat seven", false]]);
    await connected.platform.remove(ref);
  });

  it("goes on as PeerSpark's own when its webhook was deleted, and finds another one later", async () => {
    await connected.platform.post(to, post("one"));
    club.general.webhooks.splice(0);
    await connected.platform.post(to, post("two"));
    await connected.platform.post(to, post("three"));
    expect(shown().map(([name]) => name)).toEqual(["Grace (Slack)", "PeerSpark", "Grace (Slack)"]);
  });

  it("that may be out already is not made twice, and says that nobody knows", async () => {
    await connected.platform.post(to, post("one"));
    connected.server.fault({ kind: "act-then-cut" }, { route: "POST /webhooks/:id/:token" });
    await expect(connected.platform.post(to, post("two"))).rejects.toMatchObject({
      code: "unavailable",
      detail: { unknown: true },
    });
    expect(shown()).toHaveLength(2);
  });

  it("whose author is called like Discord is taken", async () => {
    for (const author of ["Discord", "clyde", "@everyone", "", "x".repeat(200)])
      await connected.platform.post(to, post("hi", { author, from: "discord" }));
    expect(shown()).toHaveLength(5);
  });
});

describe("a reaction", () => {
  it("is PeerSpark's own, set and taken back", async () => {
    const message = ada.say(club.general, "yes");
    const ref = { ...to, message: message.id };
    await connected.platform.react(ref, "👍", true);
    expect([...message.reactions.get("👍")!]).toEqual([connected.server.bot.id]);
    await connected.platform.react(ref, "👍", false);
    expect(message.reactions.get("👍")!.size).toBe(0);
    await expect(connected.platform.react(ref, "shrug", true)).rejects.toMatchObject({ code: "unsupported" });
    await expect(connected.platform.react({ ...ref, message: "1".repeat(18) }, "👍", true)).rejects.toMatchObject({
      detail: { reason: "gone" },
    });
  });
});

describe("a file", () => {
  it("is fetched from Discord's own servers, up to the size that is wanted, and from nowhere else", async () => {
    const files = createServer((request, response) => {
      response.statusCode = request.url === "/gone" ? 404 : 200;
      response.end("abcdef");
    });
    await new Promise<void>((resolve) => files.listen(0, "127.0.0.1", resolve));
    const host = `127.0.0.1:${(files.address() as AddressInfo).port}`;
    const near = connected.another({ apiUrl: `http://${host}/api` });
    const file = { name: "a", type: "text/plain", bytes: 6, source: `http://${host}/a` };
    expect((await near.download(file, 6)).toString()).toBe("abcdef");
    const gone = { code: "unavailable", detail: { reason: "gone" } };
    await expect(near.download(file, 5)).rejects.toMatchObject(gone);
    await expect(near.download({ ...file, bytes: 1 }, 5)).rejects.toMatchObject(gone);
    await expect(near.download({ ...file, source: `http://${host}/gone` }, 6)).rejects.toMatchObject(gone);
    for (const source of ["http://169.254.169.254/latest", "file:///etc/passwd", "x"])
      await expect(near.download({ ...file, source }, 6)).rejects.toMatchObject(gone);
    files.closeAllConnections();
    files.close();
  });
});

describe("a right that is missing", () => {
  const closed = {
    code: "unavailable",
    detail: { reason: "closed" },
    message: expect.stringMatching(/Give PeerSpark's role/),
  };

  it("is named with its remedy, and the place is not gone", async () => {
    club.deny(club.general, right.send);
    await expect(connected.platform.send(to, saying("hi"))).rejects.toMatchObject(closed);
    const thread = club.thread(club.channel("hall"), "old");
    thread.locked = true;
    await expect(connected.platform.send({ ...to, thread: thread.id }, saying("hi"))).rejects.toMatchObject(closed);
    await expect(
      connected.platform.send({ ...to, channel: club.channel("forum", { type: 15 }).id }, saying("hi")),
    ).rejects.toMatchObject(closed);
  });

  it("differs from a place that is gone", async () => {
    const nowhere = { platform: "discord", channel: "1".repeat(18) };
    await expect(connected.platform.send(nowhere, saying("hi"))).rejects.toMatchObject({ detail: { reason: "gone" } });
  });
});
