// Answering updates over the wire: in the place, in private, over the pressed message, as a notice on the button.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { AppError } from "../../../../src/core/errors.ts";
import type { Update } from "../../../../src/core/ports/platform.ts";
import { testClock } from "../../../support/clock.ts";
import { type Connected, connect, goButton, saying, until } from "./connected.ts";

let connected: Connected;
beforeEach(async () => {
  connected = await connect();
});
afterEach(() => connected.close());

/** Starts with an inbox that keeps what its handling threw. */
async function startWith(handle: (update: Update) => Promise<unknown>): Promise<unknown[]> {
  const thrown: unknown[] = [];
  connected.handle = (update) => handle(update).catch((error) => thrown.push(error));
  await connected.start();
  return thrown;
}

const text = ({ deed }: Update) => (deed.kind === "text" ? deed.text : deed.kind);

describe("in a group", () => {
  it("answers the message, once, and in its topic", async () => {
    const { server } = connected;
    await startWith(async ({ reply }) => {
      await reply.show(saying("one"));
      await reply.show(saying("two"));
    });
    const [ada, hall] = [server.user(), server.group({ title: "Hall", forum: true })];
    hall.add(ada);
    const thread = hall.topic("Week 3");
    const asked = ada.say(hall, "/event_list", { thread });
    expect(await server.next(hall)).toMatchObject({ text: "one", thread, replyTo: asked });
    expect(await server.next(hall)).toMatchObject({ text: "two", thread, replyTo: undefined });
  });

  it("writes what is for the caller alone into their private chat", async () => {
    const { server } = connected;
    const refs: unknown[] = [];
    await startWith(async ({ reply, deed }) => {
      if (deed.kind === "text") refs.push(await reply.show(saying("psst", { audience: "caller" })));
    });
    const [ada, club] = [server.user(), server.group({ title: "Club" })];
    ada.start();
    ada.say(club, "/inbox");
    expect(await server.next(ada)).toMatchObject({ text: "psst" });
    await until(() => refs.length === 1);
    expect(refs).toEqual([{ platform: "telegram", channel: `${ada.id}`, message: expect.any(String) }]);
    expect(server.messages(club)).toEqual([]);
  });

  it.each(["unreachable", "blocked"] as const)("says that the caller is %s", async (reason) => {
    const { server } = connected;
    const thrown = await startWith(async (update) => {
      if (text(update).startsWith("/inbox")) await update.reply.show(saying("psst", { audience: "caller" }));
    });
    const [ada, club] = [server.user(), server.group({ title: "Club" })];
    if (reason === "blocked") {
      ada.start();
      ada.block();
    }
    ada.say(club, "/inbox");
    await until(() => thrown.length === 1);
    expect(thrown[0]).toBeInstanceOf(AppError);
    expect(thrown[0]).toMatchObject({ code: "unavailable", detail: { reason } });
  });

  it("takes a private chat that Telegram does not know for one that was never opened", async () => {
    const { server } = connected;
    const thrown = await startWith(({ reply }) => reply.show(saying("psst", { audience: "caller" })));
    const club = server.group({ title: "Club" });
    const chat = { id: club.id, type: "group", title: "Club" };
    const from = { id: 4242, is_bot: false, first_name: "Nobody" };
    server.emit({ message: { message_id: 99, date: 1, chat, from, text: "/inbox" } });
    await until(() => thrown.length === 1);
    expect(thrown[0]).toMatchObject({ detail: { reason: "unreachable" } });
  });
});

describe("a pressed button", () => {
  async function pressed(handle: (update: Update) => Promise<unknown>) {
    const { server } = connected;
    const thrown = await startWith(async (update) =>
      update.deed.kind === "press" ? handle(update) : update.reply.show(saying("card", { buttons: [[goButton]] })),
    );
    const ada = server.user();
    ada.start();
    const card = await server.next(ada);
    return { server, ada, card, thrown };
  }

  it("has its message replaced, and its press answered exactly once", async () => {
    const { server, ada, card } = await pressed(({ reply }) => reply.replace(saying("done")));
    expect(await ada.press(card, "Go")).toEqual({ show_alert: false });
    expect(await server.next(ada)).toMatchObject({ kind: "edited", id: card.id, text: "done", keyboard: [] });
    expect(server.calls("answerCallbackQuery")).toMatchObject([{ status: 200 }]);
  });

  it("is answered with a notice, a refusal with an alert, cut to what Telegram takes", async () => {
    const words = ["x".repeat(100), "You can't.", "🚀".repeat(150)];
    const { ada, card } = await pressed(({ reply }) =>
      reply.notice(words[0]!, undefined, words.shift() === "You can't."),
    );
    expect(await ada.press(card, "go")).toEqual({ text: "x".repeat(100), show_alert: false });
    expect(await ada.press(card, "go")).toEqual({ text: "You can't.", show_alert: true });
    const { text: cut } = await ada.press(card, "go");
    expect(cut?.length).toBeLessThanOrEqual(200);
    expect(cut?.endsWith("…")).toBe(true);
  });

  it("shows its message anew where the old one is gone or too old to be changed", async () => {
    const { server, ada, card } = await pressed(({ reply }) => reply.replace(saying("anew")));
    server.age(card);
    await ada.press(card, "Go");
    expect(await server.next(ada)).toMatchObject({ kind: "sent", text: "anew" });
  });

  it("counts a replacement that changes nothing as done", async () => {
    const { ada, card, thrown, server } = await pressed(({ reply }) =>
      reply.replace(saying("card", { buttons: [[goButton]] })),
    );
    await ada.press(card, "Go");
    expect(thrown).toEqual([]);
    expect(server.messages(ada)).toHaveLength(1);
  });

  it("is answered although its handling fails", async () => {
    const { ada, card } = await pressed(() => Promise.reject(new Error("failed")));
    expect(await ada.press(card, "Go")).toEqual({ show_alert: false });
  });

  it("has a second word written as a message", async () => {
    const { server, ada, card } = await pressed(async ({ reply }) => {
      await reply.notice("first");
      await reply.notice("second");
    });
    expect(await ada.press(card, "Go")).toMatchObject({ text: "first" });
    expect(await server.next(ada)).toMatchObject({ text: "second" });
  });

  it("that PeerSpark can make nothing of is answered too", async () => {
    const { server } = connected;
    await startWith(async () => {});
    server.emit({
      callback_query: { id: "inline", from: server.user(), inline_message_id: "x", chat_instance: "1", data: "x" },
    });
    await until(() => server.calls("answerCallbackQuery").length === 1);
    expect(connected.updates).toEqual([]);
  });
});

describe("a press that takes long", () => {
  it("is answered after a second without a word", async () => {
    await connected.close();
    const clock = testClock();
    connected = await connect({ options: { clock } });
    const { server } = connected;
    const slow = Promise.withResolvers<void>();
    await startWith(async ({ deed, reply }) => {
      if (deed.kind === "press") await slow.promise;
      await reply.show(saying("shown", { buttons: [[goButton]] }));
    });
    const ada = server.user();
    ada.start();
    const card = await server.next(ada);
    const answer = ada.press(card, "Go");
    await until(() => connected.updates.length === 2);
    await clock.advance(999);
    expect(server.calls("answerCallbackQuery")).toEqual([]);
    await clock.advance(1);
    expect(await answer).toEqual({ show_alert: false });
    slow.resolve();
    await until(() => server.messages(ada).length === 2);
    expect(server.calls("answerCallbackQuery")).toHaveLength(1);
  });
});

describe("coming and going", () => {
  it("tells of being put into a group, thrown out of it and silenced", async () => {
    const { server, updates } = connected;
    await startWith(async () => {});
    const ada = server.user();
    const club = server.group({ title: "Club", bot: false });
    club.addBot(ada);
    club.kickBot(ada);
    club.addBot(ada);
    club.muteBot(ada);
    ada.start();
    ada.block();
    await until(() => updates.length === 6);
    expect(updates.map(({ deed }) => deed.kind)).toEqual(["joined", "left", "joined", "left", "start", "left"]);
    expect(updates[0]).toMatchObject({ place: { channel: `${club.id}`, space: { id: `${club.id}`, title: "Club" } } });
    expect(updates[5]).toMatchObject({ place: { kind: "direct", channel: `${ada.id}` } });
  });

  it("tells once that a group has moved, and writes to its new id", async () => {
    const { server, updates, platform } = connected;
    await startWith(async () => {});
    const club = server.group({ title: "Club" });
    const before = `${club.id}`;
    const after = `${club.migrate()}`;
    const ref = await platform.send({ platform: "telegram", channel: before, thread: undefined }, saying("still here"));
    expect(ref).toMatchObject({ channel: after });
    expect(await server.next(club)).toMatchObject({ text: "still here" });
    await until(() => updates.length === 2);
    for (const update of updates)
      expect(update).toMatchObject({
        id: `moved.${before}.${after}`,
        place: { channel: before },
        deed: { kind: "moved", to: after },
      });
  });
});
