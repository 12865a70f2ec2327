// Answering interactions over the wire: within three seconds, by the token for a quarter of an hour, after that without it.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Fitted, Update } from "../../../../src/core/ports/platform.ts";
import { type TestClock, testClock } from "../../../support/clock.ts";
import { controlsOf, type TestGuild, type TestUser, textOf } from "../../../support/discord-server/index.ts";
import { commandEntry } from "../../../support/inbox.ts";
import { type Connected, connect, goButton, saying, until } from "./connected.ts";

const commands = [commandEntry("event list", () => "List events"), commandEntry("help", () => "Help")];
const quarter = 15 * 60_000;

let connected: Connected;
let clock: TestClock;
let ada: TestUser;
let bob: TestUser;
let club: TestGuild;
let thrown: unknown[];
/** Lets the handling go on. */
let go: PromiseWithResolvers<void>;

beforeEach(async () => {
  clock = testClock();
  connected = await connect({ options: { clock } });
  const { server } = connected;
  [ada, bob, club] = [server.user({ name: "Ada" }), server.user({ name: "Bob" }), server.guild()];
  club.add(ada);
  thrown = [];
  go = Promise.withResolvers();
});
afterEach(async () => {
  const closed = connected.close();
  await clock.advance(60_000);
  await closed;
});

const priv = (text: string, more: Partial<Fitted> = {}) => saying(text, { audience: "caller", ...more });
const form = {
  title: "Plan",
  data: "event.create|x",
  fields: [{ name: "title", label: "Title?", kind: "text", required: true, choices: [] }],
} as const;

async function startWith(handle: (update: Update) => Promise<unknown>): Promise<void> {
  connected.handle = (update) => handle(update).catch((error) => thrown.push(error));
  await connected.start(commands);
}
/** A card with a button in the club. */
async function card() {
  const { server, platform } = connected;
  const ref = await platform.send(
    { platform: "discord", channel: club.general.id },
    saying("card", { buttons: [[goButton]] }),
  );
  return server.messages(club.general).find(({ id }) => id === ref.message)!;
}
const texts = (who?: TestUser) => connected.server.messages(club.general, who).map(textOf);
const over = (count = 1) => until(() => connected.updates.length >= count);
const callbacks = () =>
  connected.server.calls("POST /interactions/:id/:token/callback").map(({ body, status }) => [body.type, status]);

describe("a command", () => {
  it("is answered to its caller alone, or to everybody", async () => {
    const refs: unknown[] = [];
    await startWith(async ({ reply }) => {
      refs.push(await reply.show(priv("psst")), await reply.show(saying("all")));
    });
    expect((await ada.command("help", {}, club.general)).type).toBe(4);
    await until(() => refs.length === 2);
    expect([texts(ada), texts(bob)]).toEqual([["psst", "all"], ["all"]]);
    expect(refs).toEqual([undefined, { platform: "discord", channel: club.general.id, message: expect.any(String) }]);
  });

  it("that takes long is put off after two seconds, and answered in private where it waits", async () => {
    await startWith(async ({ reply }) => {
      await go.promise;
      await reply.show(priv("at last"));
    });
    const answer = ada.command("event list", {}, club.general);
    await over();
    await clock.advance(2_000);
    expect(await answer).toEqual({ type: 5, data: { flags: 64 } });
    expect(texts(ada)).toEqual([]);
    go.resolve();
    await until(() => texts(ada).length === 1);
    expect([texts(ada), texts(bob)]).toEqual([["at last"], []]);
  });

  it("that was put off in private can still be answered in public, and nothing waits any more", async () => {
    await startWith(async ({ reply }) => {
      await go.promise;
      await reply.show(saying("for all"));
      await reply.show(priv("for you"));
    });
    const answer = ada.command("event list", {}, club.general);
    await over();
    await clock.advance(2_500);
    await answer;
    go.resolve();
    await until(() => texts(ada).length === 2);
    expect([texts(ada), texts(bob)]).toEqual([["for all", "for you"], ["for all"]]);
    expect([...club.general.messages.values()].some(({ loading }) => loading)).toBe(false);
  });

  it("that nothing is said to leaves nothing behind", async () => {
    await startWith(async () => {});
    expect((await ada.command("help", {}, club.general)).type).toBe(5);
    await until(() => club.general.messages.size === 0);
  });

  it("is answered by normal messages when a quarter of an hour is over", async () => {
    await startWith(async ({ reply }) => {
      await go.promise;
      await reply.show(priv("for you"));
      await reply.show(saying("for all"));
    });
    const answer = ada.command("help", {}, club.general);
    await over();
    await clock.advance(quarter);
    await answer;
    connected.server.pass(quarter);
    go.resolve();
    await until(() => texts(bob).length === 1);
    expect(texts(bob)).toEqual(["for all"]);
    expect(connected.server.messages(ada.direct).map(textOf)).toEqual(["for you"]);
    expect(thrown).toEqual([]);
  });

  it("is answered by normal messages as soon as Discord says that it is over", async () => {
    await startWith(async ({ reply }) => {
      await go.promise;
      await reply.show(priv("for you"));
      await reply.show(saying("for all"));
    });
    const answer = ada.command("help", {}, club.general);
    await over();
    await clock.advance(2_000);
    await answer;
    connected.server.pass(quarter);
    go.resolve();
    await until(() => texts(bob).length === 1 || thrown.length === 1);
    expect(thrown).toEqual([]);
    expect(texts(bob)).toEqual(["for all"]);
    expect(connected.server.messages(ada.direct).map(textOf)).toEqual(["for you"]);
  });

  it("that came too late to be answered is answered by normal messages too", async () => {
    await startWith(async ({ reply }) => {
      await go.promise;
      await reply.show(priv("for you"));
    });
    const answer = ada.command("help", {}, club.general).catch(() => "no response");
    await over();
    connected.server.pass(3_100);
    go.resolve();
    await until(() => connected.server.messages(ada.direct).length === 1);
    expect(callbacks()).toContainEqual([4, 404]);
    await answer;
  });

  it("whose caller takes no direct messages says so when the token is used up", async () => {
    ada.close();
    await startWith(async ({ reply }) => {
      await go.promise;
      await reply.show(priv("for you"));
    });
    const answer = ada.command("help", {}, club.general);
    await over();
    await clock.advance(quarter);
    await answer;
    connected.server.pass(quarter);
    go.resolve();
    await until(() => thrown.length === 1);
    expect(thrown).toMatchObject([{ code: "unavailable", detail: { reason: "blocked" } }]);
  });

  it("whose answer arrived without our hearing of it is not answered twice", async () => {
    await startWith(({ reply }) => reply.show(saying("once")));
    connected.server.fault({ kind: "act-then-cut" }, { route: "POST /interactions/:id/:token/callback" });
    await ada.command("help", {}, club.general);
    await until(() => callbacks().length === 2);
    expect(callbacks()).toEqual([
      [4, 200],
      [4, 400],
    ]);
    expect(texts(bob)).toEqual(["once"]);
    expect(thrown).toEqual([]);
  });

  it.each([{ kind: "refuse", status: 503 }, { kind: "cut" }] as const)(
    "whose answer meets $kind is answered all the same, and once",
    async (fault) => {
      await startWith(({ reply }) => reply.show(saying("after all")));
      connected.server.fault(fault, { route: "POST /interactions/:id/:token/callback" });
      await ada.command("help", {}, club.general);
      expect(texts(bob)).toEqual(["after all"]);
    },
  );

  it("is answered as soon as Discord takes calls again", async () => {
    await startWith(({ reply }) => reply.show(saying("later")));
    const busy = { kind: "refuse", status: 429, more: { retry_after: 1 } } as const;
    connected.server.fault(busy, { route: "POST /interactions/:id/:token/callback" });
    const answer = ada.command("help", {}, club.general);
    await until(() => callbacks().length === 1);
    await clock.advance(900);
    expect(callbacks()).toHaveLength(1);
    await clock.advance(100);
    expect((await answer).type).toBe(4);
    expect(texts(bob)).toEqual(["later"]);
  });

  it("that another process has answered is answered by what follows", async () => {
    await startWith(({ reply }) => reply.show(saying("again")));
    connected.server.fault(
      { kind: "refuse", status: 400, code: 40060 },
      { route: "POST /interactions/:id/:token/callback" },
    );
    const answer = ada.command("help", {}, club.general).catch(() => "no response");
    await until(() => callbacks().length === 1);
    await answer;
  });
});

describe("a pressed button", () => {
  it("has its message replaced at once, and what follows stands below", async () => {
    await startWith(async ({ reply }) => {
      await reply.replace(saying("done"));
      await reply.show(priv("psst"));
    });
    expect((await ada.press(await card(), "Go")).type).toBe(7);
    await until(() => texts(ada).length === 2);
    expect([texts(ada), texts(bob)]).toEqual([["done", "psst"], ["done"]]);
  });

  it("that takes long is put off unseen; the message is replaced, others see and don't see what is for them", async () => {
    await startWith(async ({ reply }) => {
      await go.promise;
      await reply.replace(saying("done"));
      await reply.show(saying("for all"));
      await reply.show(priv("for you"));
    });
    const answer = ada.press(await card(), "Go");
    await over();
    await clock.advance(2_000);
    expect((await answer).type).toBe(6);
    go.resolve();
    await until(() => texts(ada).length === 3);
    expect([texts(ada), texts(bob)]).toEqual([
      ["done", "for all", "for you"],
      ["done", "for all"],
    ]);
  });

  it("is replaced without the token when that is used up", async () => {
    await startWith(async ({ reply }) => {
      await go.promise;
      await reply.replace(saying("done"));
    });
    const answer = ada.press(await card(), "Go");
    await over();
    await clock.advance(quarter);
    await answer;
    connected.server.pass(quarter);
    go.resolve();
    await until(() => texts()[0] === "done");
    expect(texts()).toEqual(["done"]);
  });

  it("on a message that one person sees is replaced there, whoever the view is for", async () => {
    await startWith(({ reply, deed }) =>
      deed.kind === "command" ? reply.show(priv("ask", { buttons: [[goButton]] })) : reply.replace(priv("answered")),
    );
    await ada.command("help", {}, club.general);
    await until(() => texts(ada).length === 1);
    await ada.press(connected.server.messages(club.general, ada)[0]!, "Go");
    await until(() => texts(ada)[0] === "answered");
    expect([texts(ada), texts(bob)]).toEqual([["answered"], []]);
  });

  it("is noticed by who pressed it alone, also in a direct chat", async () => {
    await startWith(({ reply }) => reply.notice("You are in."));
    await ada.press(await card(), "Go");
    await until(() => texts(ada).length === 2);
    expect([texts(ada), texts(bob)]).toEqual([["card", "You are in."], ["card"]]);
  });

  it("that nothing is said to is acknowledged", async () => {
    await startWith(async () => {});
    expect((await ada.press(await card(), "Go")).type).toBe(6);
    expect(texts(ada)).toEqual(["card"]);
  });

  it("is acknowledged although its handling fails", async () => {
    connected.handle = () => Promise.reject(new Error("failed"));
    await connected.start();
    expect((await ada.press(await card(), "Go")).type).toBe(6);
    await until(() => connected.lines.some((line) => line.includes("could not be handled")));
  });
});

describe("a form", () => {
  it("opens on a command", async () => {
    await startWith(({ reply }) => reply.show(priv("Plan", { form })));
    expect((await ada.command("help", {}, club.general)).type).toBe(9);
    expect(ada.form()).toMatchObject({ title: "Plan", custom_id: "event.create|x" });
    expect(texts(ada)).toEqual([]);
  });

  it("does not open on a form: the next questions are offered by a button that carries them", async () => {
    await startWith(({ reply, deed }) =>
      reply.show(priv("More", { form: deed.kind === "submit" ? { ...form, data: "second" } : form })),
    );
    await ada.command("help", {}, club.general);
    expect((await ada.fill({ title: "x" })).type).toBe(4);
    await until(() => texts(ada).length === 1);
    const [offer] = connected.server.messages(club.general, ada);
    expect((await ada.press(offer!, "Open the form")).type).toBe(9);
    expect(connected.updates.at(-1)!.deed).toEqual({ kind: "press", data: "second" });
  });

  it("that can't be opened any more is offered by a button, in private", async () => {
    await startWith(async ({ reply }) => {
      await go.promise;
      await reply.show(priv("Plan", { form }));
    });
    const answer = ada.command("help", {}, club.general);
    await over();
    await clock.advance(2_000);
    await answer;
    go.resolve();
    await until(() => texts(ada).length === 1);
    expect(ada.form()).toBeUndefined();
    expect(controlsOf(connected.server.messages(club.general, ada)[0]!)).toMatchObject([{ label: "Open the form" }]);
  });

  it("that a press led to is answered over the message that was pressed", async () => {
    await startWith(({ reply, deed }) =>
      deed.kind === "press" ? reply.show(priv("Plan", { form })) : reply.show(saying("made")),
    );
    await ada.press(await card(), "Go");
    await ada.fill({ title: "Algebra" });
    await until(() => texts(bob).length === 2);
    expect(connected.updates.at(-1)!.deed).toEqual({
      kind: "submit",
      data: "event.create|x",
      answers: { title: "Algebra" },
    });
    expect(texts(bob)).toEqual(["card", "made"]);
  });
});

describe("a message", () => {
  it("is replied to, once, and where it was written: in a thread too", async () => {
    const thread = club.thread(club.general, "Week 3");
    await startWith(async ({ reply }) => {
      await reply.show(saying("one"));
      await reply.show(saying("two"));
    });
    const asked = ada.say(thread, `<@${connected.server.bot.id}> help`);
    await until(() => connected.server.messages(thread).length === 2);
    const [one, two] = connected.server.messages(thread);
    expect([one!.reply, two!.reply]).toEqual([asked.id, undefined]);
    expect(connected.updates[0]!.place).toMatchObject({ channel: club.general.id, thread: thread.id, title: "Week 3" });
  });

  it("is answered privately in the direct chat", async () => {
    await startWith(({ reply }) => reply.show(priv("psst")));
    ada.say(club.general, "/help");
    await until(() => connected.server.messages(ada.direct).length === 1);
    expect(texts(ada)).toEqual([]);
  });
});
