// The gateway: what is heard of people and servers, cut off and resumed, refused; and what is never asked for.
import { afterEach, describe, expect, it } from "@jest/globals";
import type { Update } from "../../../../src/core/ports/platform.ts";
import { textOf } from "../../../support/discord-server/index.ts";
import { hearing } from "../../../support/inbox.ts";
import { type Connected, type ConnectOptions, connect, saying, until } from "./connected.ts";

let connected: Connected;
afterEach(() => connected.close());

async function opened(options: ConnectOptions = {}): Promise<Connected> {
  connected = await connect(options);
  await connected.start();
  return connected;
}
const deeds = (updates: readonly Update[]) => updates.map(({ deed }) => deed.kind);
const warnings = () => connected.lines.filter((line) => /^(warn|error)/.test(line));

describe("a connection that is cut", () => {
  it.each(["cut", "told"] as const)(
    "is resumed when it was %s: nothing is lost, what is repeated has its old id",
    async (how) => {
      const { server, updates } = await opened();
      const [ada, club] = [server.user(), server.guild()];
      ada.say(ada.direct, "before");
      await until(() => updates.length === 1);
      server.gateway.repeat(1);
      server.gateway.drop(how);
      await until(() => server.gateway.connected() === 0);
      ada.say(ada.direct, "meanwhile");
      await until(() => updates.length === 3);
      const [first, again, second] = updates;
      expect(again!.id).toBe(first!.id);
      expect(second!.deed).toMatchObject({ text: "meanwhile" });
      expect(server.gateway.heard.map(({ op }) => op)).toEqual(expect.arrayContaining([2, 6]));
      expect(club.guild.joined).toBe(true);
      expect(connected.states).toEqual(["down", "up"]);
    },
  );

  it("begins anew when its session is gone, and takes no server for new", async () => {
    connected = await connect();
    const { server, updates } = connected;
    server.guild();
    await connected.start();
    server.gateway.drop();
    server.gateway.forget();
    const begunAgain = () => server.gateway.heard.filter(({ op }) => op === 2).length === 2;
    await until(() => begunAgain() && server.gateway.connected() === 1, 15_000);
    const ada = server.user();
    ada.say(ada.direct, "hello again");
    await until(() => updates.length === 1);
    expect(deeds(updates)).toEqual(["text"]);
  });
});

describe("a start", () => {
  it("with a token that Discord does not know says what to do, without the token", async () => {
    connected = await connect();
    const wrong = connected.server.token.replace(/.$/, "_");
    const failed = connected.another({ token: wrong });
    const error = await connected.start([], failed).catch((caught) => caught);
    expect(error).toMatchObject({
      name: "AppError",
      code: "forbidden",
      message: expect.stringMatching(/DISCORD_TOKEN/),
    });
    expect(JSON.stringify([error, error.message, String(error.cause), connected.lines])).not.toContain(wrong);
  });

  it("that the gateway refuses for good says why", async () => {
    connected = await connect({ options: { shards: { ids: [0], count: 1 } } });
    const refusing = connected.another({ shards: { ids: [3], count: 2 } });
    await expect(connected.start([], refusing)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringMatching(/SHARDS/),
    });
  });

  it("whose intents are taken back later can be made again, without them", async () => {
    const { server, states, updates } = await opened();
    server.application.flags = 0;
    server.gateway.drop(4014);
    await until(() => states.length > 0);
    expect(states).toMatchObject([
      { ended: { code: "unavailable", message: expect.stringMatching(/without Message Content/) } },
    ]);
    expect(server.gateway.connected()).toBe(0);
    await connected.start();
    expect(warnings().join()).toMatch(/Message Content Intent is off/);
    const ada = server.user();
    ada.say(ada.direct, "hello");
    await until(() => updates.length === 1);
    expect(server.gateway.connected()).toBe(1);
  });

  it("whose token is reset later has ended for good, and says why", async () => {
    const { server, states } = await opened();
    server.gateway.drop(4004);
    await until(() => states.length > 0);
    expect(states).toMatchObject([{ ended: { code: "forbidden", message: expect.stringMatching(/DISCORD_TOKEN/) } }]);
    expect(server.gateway.connected()).toBe(0);
  });

  it("can be made again after Discord did not answer", async () => {
    connected = await connect();
    connected.server.fault({ kind: "refuse", status: 503 }, { route: "GET /applications/@me", times: 3 });
    await expect(connected.start()).rejects.toMatchObject({ code: "unavailable" });
    await connected.start();
    expect(connected.server.gateway.connected()).toBe(1);
  }, 20_000);
});

describe("without the right to read what people say", () => {
  it("hears mentions, direct messages and commands, says once what is missing, and asks for nothing else", async () => {
    const { server, updates } = await opened({ server: { content: false } });
    const [ada, club] = [server.user(), server.guild()];
    const message = ada.say(club.general, "just talking");
    ada.edit(message, "still talking");
    ada.react(message, "👍");
    ada.say(club.general, `<@${server.bot.id}> event list`);
    ada.say(ada.direct, "hello");
    await until(() => updates.length === 2);
    expect(new Set(updates.map(({ deed }) => deed))).toEqual(
      new Set([
        { kind: "text", text: "event list", addressed: true },
        { kind: "text", text: "hello", addressed: true },
      ]),
    );
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toMatch(/Message Content Intent is off/);
    const identify = server.gateway.heard.find(({ op }) => op === 2)!.d as { intents: number };
    expect(identify.intents).toBe((1 << 0) | (1 << 9) | (1 << 12));
  });
});

describe("servers", () => {
  it("that PeerSpark is put into, or out of, are told of once; an outage is not", async () => {
    connected = await connect();
    const { server, updates } = connected;
    const old = server.guild({ name: "Old" });
    const fresh = server.guild({ name: "New", locale: "de", joined: false });
    fresh.deny(fresh.general, 1n << 11n);
    const hall = fresh.channel("hall");
    await connected.start();
    fresh.join();
    old.outage(false);
    old.outage(true);
    await until(() => updates.length === 1);
    expect(updates[0]).toMatchObject({
      deed: { kind: "joined", language: "de" },
      place: { channel: hall.id, kind: "channel", title: "hall", space: { id: fresh.id, title: "New" } },
    });
    expect(updates[0]!.account).toBeUndefined();
    fresh.leave();
    await until(() => updates.length === 2);
    expect(updates[1]).toMatchObject({ deed: { kind: "left" }, place: { space: { id: fresh.id, title: "New" } } });
  });

  it("that PeerSpark was put into while it was down are told of at the start, if that was lately", async () => {
    connected = await connect();
    const { server, updates } = connected;
    server.guild({ name: "Old" });
    const fresh = server.guild({ name: "New", since: 10 * 60_000 });
    await connected.start();
    await until(() => updates.length === 1);
    const id = `joined.${fresh.id}.${fresh.guild.joinedAt}`;
    expect(updates[0]).toMatchObject({ id, deed: { kind: "joined" }, place: { space: { title: "New" } } });
  });

  it("say hello in the channel for such messages, where that may be written to", async () => {
    connected = await connect();
    const { server, updates } = connected;
    const club = server.guild({ joined: false });
    const lobby = club.channel("lobby");
    club.systemChannel(lobby);
    await connected.start();
    club.join();
    await until(() => updates.length === 1);
    expect(updates[0]!.place.channel).toBe(lobby.id);
  });
});

describe("several processes", () => {
  it("each hear of their own servers, and the first of direct messages", async () => {
    connected = await connect();
    const { server } = connected;
    const heard: string[][] = [[], []];
    for (const id of [0, 1]) {
      const one = connected.another({ shards: { ids: [id], count: 2 } });
      await one.start(
        hearing(async ({ conversation }) => heard[id]!.push(conversation)),
        [],
      );
    }
    const ada = server.user();
    const guilds = await Promise.all(
      Array.from({ length: 8 }, async () => {
        await new Promise((resolve) => setTimeout(resolve, 3));
        return server.guild();
      }),
    );
    for (const { general } of guilds) ada.say(general, "/help");
    ada.say(ada.direct, "hello");
    await until(() => heard.flat().length === 9);
    const shardOf = (id: string) => Number((BigInt(id) >> 22n) % 2n);
    for (const { id, general } of guilds) expect(heard[shardOf(id)]).toContain(general.id);
    expect(heard[0]).toContain(ada.direct.id);
  }, 20_000);
});

describe("what is no update", () => {
  it("comes from other bots, from webhooks, from PeerSpark itself, from Discord", async () => {
    const { server, updates, platform } = await opened();
    const [ada, club] = [server.user(), server.guild()];
    const to = { platform: "discord", channel: club.general.id } as const;
    const post = { author: "Grace", from: "slack", text: "hi", files: [] };
    await platform.send(to, saying("own"));
    const carried = await platform.post(to, post);
    await platform.repost(carried, { ...post, text: "hi!" });
    await platform.react(carried, "👍", true);
    await platform.remove(carried);
    server.emit("MESSAGE_CREATE", {
      id: "1",
      channel_id: club.general.id,
      guild_id: club.id,
      author: { id: "2", username: "MEE6", bot: true },
      content: "/help",
      type: 0,
    });
    server.emit("MESSAGE_CREATE", {
      id: "3",
      channel_id: club.general.id,
      guild_id: club.id,
      author: { id: ada.id, username: "ada" },
      content: "",
      type: 7,
    });
    ada.say(club.general, "/last");
    await until(() => updates.length === 1);
    expect(updates[0]!.deed).toMatchObject({ text: "/last" });
  });

  it("can't be read: it is logged without what it holds", async () => {
    const { server, updates } = await opened();
    server.emit("MESSAGE_CREATE", { id: 5, content: "secret words" });
    const ada = server.user();
    ada.say(ada.direct, "hello");
    await until(() => updates.length === 1);
    expect(warnings().join()).toMatch(/could not be read/);
    expect(warnings().join()).not.toContain("secret words");
  });
});

describe("what people say where Discord does not tell which place it is", () => {
  it("is not done in the wrong place: who calls PeerSpark is told so, the rest is left", async () => {
    const { server, updates } = await opened();
    const [ada, club] = [server.user(), server.guild()];
    const thread = club.thread(club.general, "Week 3");
    server.emit("THREAD_DELETE", { id: thread.id });
    const route = "GET /channels/:id";
    server.fault({ kind: "refuse", status: 503 }, { route, times: 3 });
    ada.say(thread, `<@${server.bot.id}> pod bind Algebra`);
    await until(() => server.messages(thread).length === 1);
    expect(textOf(server.messages(thread)[0]!)).toContain("Discord does not answer right now");
    server.fault({ kind: "refuse", status: 503 }, { route, times: 3 });
    ada.say(thread, "just talking");
    await until(() => warnings().length === 2);
    ada.say(thread, `<@${server.bot.id}> pod bind Algebra`);
    await until(() => updates.length > 0);
    expect(updates).toMatchObject([{ place: { channel: club.general.id, thread: thread.id } }]);
  }, 20_000);
});

describe("what people say to each other", () => {
  it("is not said to PeerSpark because it begins with a slash", async () => {
    const { server, updates } = await opened();
    server.user().say(server.guild().general, "/etc/hosts is where I looked");
    await until(() => updates.length === 1);
    expect(updates[0]!.deed).toMatchObject({ addressed: false, talk: { text: "/etc/hosts is where I looked" } });
  });

  it("is brought with its files, what it replies to, its edits, its end, and how others react", async () => {
    const { server, updates } = await opened();
    const [ada, bob, club] = [server.user(), server.user({ name: "Bob" }), server.guild()];
    const first = ada.say(club.general, `hi <@${bob.id}> <:cat:123456789012345678>`, {
      files: [{ name: "a.txt", type: "text/plain", bytes: Buffer.from("abc") }],
    });
    bob.say(club.general, "yes", { replyTo: first.id });
    ada.edit(first, "hello");
    bob.react(first, "👍");
    bob.react(first, "👍", false);
    ada.clear(first, "🎉");
    ada.clear(first);
    ada.erase(first);
    await until(() => updates.length === 8);
    const message = { platform: "discord", channel: club.general.id, message: first.id };
    expect(updates.map(({ deed }) => deed)).toMatchObject([
      {
        kind: "text",
        addressed: false,
        talk: { message, text: "hi @Bob :cat:", files: [{ name: "a.txt", type: "text/plain", bytes: 3 }] },
      },
      { kind: "text", talk: { text: "yes", repliesTo: message } },
      { kind: "edited", talk: { message, text: "hello" } },
      { kind: "reacted", message, emoji: "👍", on: true },
      { kind: "reacted", message, emoji: "👍", on: false },
      { kind: "cleared", message, emoji: "🎉" },
      { kind: "cleared", message },
      { kind: "deleted", message },
    ]);
    expect(new Set(updates.map(({ id }) => id)).size).toBe(8);
  });
});
