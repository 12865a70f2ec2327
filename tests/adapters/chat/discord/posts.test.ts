// People's messages carried to Discord under their name; reactions, files, and what Discord refuses.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Address, Post } from "../../../../src/core/ports/platform.ts";
import { type TestGuild, type TestUser, textOf } from "../../../support/discord-server/index.ts";
import { right } from "../../../support/discord-server/rights.ts";
import { collectedFrom } from "../../../support/file-samples.ts";
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
  from: "Slack",
  text,
  files: [],
  ...more,
});
const shown = () => connected.server.messages(club.general).map(textOf);

describe("a post", () => {
  it("names its author, calls nobody, and can be changed and removed", async () => {
    const { platform, server } = connected;
    const ref = await platform.post(to, post("hi *all* @everyone"));
    expect(shown()).toEqual(["**Grace (Slack)**\nhi \\*all\\* @\u2060everyone"]);
    const [call] = server.calls("POST /channels/:id/messages");
    expect(call!.body).toMatchObject({ allowed_mentions: { parse: [] } });
    await platform.repost(ref, post("bye"));
    expect(shown()).toEqual(["**Grace (Slack)**\nbye"]);
    await platform.remove(ref);
    await platform.remove(ref);
    expect(shown()).toEqual([]);
  });

  it("keeps code as code in lines of its own, and closes it where it is cut", async () => {
    const { platform, server } = connected;
    await platform.post(to, post("so,\n```py\nx = 1 * 2\n```\nor `a*b`"));
    expect(shown()).toEqual(["**Grace (Slack)**\nso,\n```py\nx = 1 * 2\n```\nor `a*b`"]);
    await platform.post(to, post(`\`\`\`\n${"x".repeat(3_990)}\n\`\`\``));
    const cut = textOf(server.messages(club.general).at(-1)!);
    expect(cut).toMatch(/^\*\*Grace \(Slack\)\*\*\n```\nx+\n```…$/);
    expect(cut.length).toBe(4_000);
  });

  it("goes into a thread, replies there, and brings files, which stay when it is changed", async () => {
    const thread = club.thread(club.general, "Week 3");
    const there = { ...to, thread: thread.id };
    const asked = ada.say(thread, "when?");
    const files = [{ name: "notes.txt", type: "text/plain", content: Buffer.from("abc") }];
    const repliesTo = { ...there, message: asked.id };
    const ref = await connected.platform.post(there, post("at six", { repliesTo, files }));
    expect(ref).toEqual({ ...there, message: expect.any(String) });
    await connected.platform.repost(ref, post("at seven"));
    const [message] = connected.server.messages(thread);
    expect(message).toMatchObject({ content: "**Grace (Slack)**\nat seven", reply: asked.id });
    expect(message!.files).toMatchObject([{ name: "notes.txt", type: "text/plain", bytes: Buffer.from("abc") }]);
  });

  it("to a message that was deleted or is in another thread stands alone", async () => {
    const asked = ada.say(club.general, "when?");
    ada.erase(asked);
    await connected.platform.post(to, post("at six", { repliesTo: { ...to, message: asked.id } }));
    const there = { ...to, thread: club.thread(club.general, "Week 3").id };
    await connected.platform.post(to, post("at seven", { repliesTo: { ...there, message: asked.id } }));
    expect(connected.server.messages(club.general).map(({ reply }) => reply)).toEqual([undefined, undefined]);
  });

  it("that may be out already is made again and shown once, also by another process", async () => {
    connected.server.fault({ kind: "act-then-cut" }, { route: "POST /channels/:id/messages" });
    const ref = await connected.platform.post(to, post("one"), "key");
    expect(await connected.another().post(to, post("one"), "key")).toEqual(ref);
    expect(shown()).toHaveLength(1);
  });

  it("that became longer is cut with a mark, beside a file sooner", async () => {
    const { platform } = connected;
    const files = [{ name: "notes.txt", type: "text/plain", content: Buffer.from("abc") }];
    for (const more of [{}, { files }])
      await platform.repost(await platform.post(to, post("*", more)), post("*".repeat(3_000)));
    const [alone, beside] = shown();
    expect([alone!.length, beside!.length]).toEqual([4_000, 2_000].map((most) => expect.closeTo(most, -1)));
    for (const text of [alone, beside]) expect(text).toMatch(/\\\*…$/);
  });

  it("whose author or text nobody would see is taken", async () => {
    for (const author of ["", "\u200b", "x".repeat(200)]) await connected.platform.post(to, post("\u2800", { author }));
    expect(shown()).toEqual(["**? (Slack)**", "**? (Slack)**", `**${"x".repeat(79)}… (Slack)**`]);
  });
});

describe("a reaction", () => {
  it("is PeerSpark's own, set and taken back", async () => {
    const message = ada.say(club.general, "yes");
    const ref = { ...to, message: message.id };
    await connected.platform.react(ref, "👍", true);
    expect([...message.reactions.get("👍")!]).toEqual([connected.server.bot.id]);
    await connected.platform.react(ref, "👍", false);
    for (const bare of ["❤", "❤\u200d🔥"]) await connected.platform.react(ref, bare, true);
    expect([...message.reactions.keys()]).toEqual(["👍", "❤️", "❤️\u200d🔥"]);
    expect(message.reactions.get("👍")!.size).toBe(0);
    await expect(connected.platform.react(ref, "shrug", true)).rejects.toMatchObject({ code: "unsupported" });
    await expect(connected.platform.react({ ...ref, message: "1".repeat(18) }, "👍", true)).rejects.toMatchObject({
      detail: { reason: "gone" },
    });
    await connected.platform.react({ ...ref, message: "1".repeat(18) }, "👍", false);
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
    expect(String(await collectedFrom(await near.download(file, 6)))).toBe("abcdef");
    const gone = { code: "unavailable", detail: { reason: "gone" } };
    await expect(near.download(file, 5).then(collectedFrom)).rejects.toMatchObject(gone);
    await expect(near.download({ ...file, bytes: 1 }, 5).then(collectedFrom)).rejects.toMatchObject(gone);
    await expect(
      near.download({ ...file, source: `http://${host}/gone` }, 6).then(collectedFrom),
    ).rejects.toMatchObject(gone);
    for (const source of ["http://169.254.169.254/latest", "file:///etc/passwd", "x"])
      await expect(near.download({ ...file, source }, 6).then(collectedFrom)).rejects.toMatchObject(gone);
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

  it("to read the history keeps nothing from being said: it replies to nothing", async () => {
    const asked = ada.say(club.general, "when?");
    club.deny(club.general, right.readHistory);
    await connected.platform.post(to, post("at six", { repliesTo: { ...to, message: asked.id } }));
    expect(connected.server.messages(club.general).at(-1)?.reply).toBeUndefined();
    expect(shown()).toEqual(["**Grace (Slack)**\nat six"]);
  });

  it("to attach files is no closed channel, unless texts are refused too", async () => {
    const files = [{ name: "notes.txt", type: "text/plain", content: Buffer.from("abc") }];
    club.deny(club.general, right.attachFiles);
    const sending = () => connected.platform.post(to, post("see here", { files }));
    await expect(sending()).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringMatching(/Attach Files/),
    });
    club.deny(club.general, right.attachFiles | right.send);
    await expect(sending()).rejects.toMatchObject(closed);
  });

  it("differs from a place that is gone", async () => {
    const nowhere = { platform: "discord", channel: "1".repeat(18) };
    await expect(connected.platform.send(nowhere, saying("hi"))).rejects.toMatchObject({ detail: { reason: "gone" } });
  });
});
