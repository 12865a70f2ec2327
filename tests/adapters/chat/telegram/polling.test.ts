// The adapter over the wire, polling: what comes in, when it is confirmed, and what happens when something goes wrong.
import { afterEach, describe, expect, it } from "@jest/globals";
import { testClock } from "../../../support/clock.ts";
import { commandEntry, hearing } from "../../../support/inbox.ts";
import { type Connected, type ConnectOptions, connect, saying, until } from "./connected.ts";

let open: Connected | undefined;
const opened = async (options?: ConnectOptions): Promise<Connected> => {
  open = await connect(options);
  return open;
};
afterEach(async () => {
  await open?.close();
  open = undefined;
});

describe("polling", () => {
  it("brings what people write, and answers in place", async () => {
    const { server, start, updates, ...connected } = await opened();
    open!.handle = (update) => update.reply.show(saying("hello"));
    await start();
    const ada = server.user({ first: "Ada", last: "Lovelace", language: "de" });
    ada.start("pod-1");
    expect(await server.next(ada)).toMatchObject({ kind: "sent", text: "hello" });
    expect(updates[0]).toMatchObject({
      account: { userId: `${ada.id}`, name: "Ada Lovelace", language: "de" },
      deed: { kind: "start", payload: "pod-1" },
    });
    await server.drained();
    expect(connected.platform.webhooks).toEqual([]);
  });

  it("takes a webhook away that was set before", async () => {
    const { server, start } = await opened();
    await fetch(`${server.url}/bot${server.token}/setWebhook?url=https://old.example/x`);
    await start();
    const ada = server.user();
    ada.start();
    await server.drained();
    expect(server.calls("deleteWebhook")).toHaveLength(1);
  });

  it("lets others go on while one update is handled slowly, and confirms each only when it is handled", async () => {
    const { server, start, updates } = await opened();
    const slow = Promise.withResolvers<void>();
    open!.handle = async ({ deed, reply }) => {
      if (deed.kind === "text" && deed.text === "slow") await slow.promise;
      await reply.show(saying("done"));
    };
    await start();
    const [ada, grace] = [server.user(), server.user({ first: "Grace" })];
    ada.say(ada, "slow");
    await until(() => updates.length === 1);
    grace.say(grace, "fast");
    expect(await server.next(grace, 2_000)).toMatchObject({ text: "done" });
    const polls = server.calls("getUpdates").length;
    await until(() => server.calls("getUpdates").length > polls + 1);
    const first = Number(updates[0]!.id);
    for (const { params } of server.calls("getUpdates")) expect(Number(params.offset ?? 0)).toBeLessThanOrEqual(first);
    slow.resolve();
    await server.next(ada);
    await server.drained();
    expect(updates.map(({ account }) => account?.userId)).toEqual([`${ada.id}`, `${grace.id}`]);
  });

  it("is not held up by one slow update behind which hundreds come", async () => {
    const { server, start, updates } = await opened();
    const slow = Promise.withResolvers<void>();
    open!.handle = ({ deed }) => (deed.kind === "text" && deed.text === "slow" ? slow.promise : Promise.resolve());
    await start();
    const [ada, grace] = [server.user(), server.user({ first: "Grace" })];
    ada.say(ada, "slow");
    await until(() => updates.length === 1);
    for (let index = 0; index < 300; index++) grace.say(grace, `${index}`);
    await until(() => updates.length === 301);
    slow.resolve();
    await server.drained();
    expect(updates.slice(1).map(({ deed }) => deed.kind === "text" && deed.text)).toEqual(
      Array.from({ length: 300 }, (_, index) => `${index}`),
    );
  });

  it("delivers again after a crash what was not handled, and only that", async () => {
    const { server, start, updates, another } = await opened();
    const [ada, grace] = [server.user(), server.user({ first: "Grace" })];
    const forever = new Promise<void>(() => {});
    open!.handle = ({ deed }) => (deed.kind === "text" && deed.text === "second" ? forever : Promise.resolve());
    await start();
    ada.say(ada, "first");
    await server.drained();
    grace.say(grace, "second");
    await until(() => updates.length === 2);
    await open!.platform.stop(0);
    const again = another();
    const seen: string[] = [];
    await again.start(
      hearing(async ({ deed }) => seen.push(deed.kind === "text" ? deed.text : deed.kind)),
      [],
    );
    await server.drained();
    await again.stop(1_000);
    expect(seen).toEqual(["second"]);
  });

  it("goes on after a quiet week, when Telegram numbers updates anew and lower", async () => {
    const { server, start, updates } = await opened();
    await start();
    const ada = server.user();
    ada.say(ada, "before");
    await server.drained();
    server.quietWeek();
    const polls = server.calls("getUpdates").length;
    for (const text of ["after", "and on"]) {
      ada.say(ada, text);
      await until(() => updates.some(({ deed }) => deed.kind === "text" && deed.text === text));
      await server.drained();
    }
    expect(updates.map(({ deed }) => deed.kind === "text" && deed.text)).toEqual(["before", "after", "and on"]);
    expect(server.calls("getUpdates").length).toBeLessThan(polls + 10);
  });

  it("drops what it cannot read and goes on", async () => {
    const { server, start, updates, lines } = await opened();
    await start();
    server.emit({ message: { message_id: "no number", secret: "PRIVATE-TEXT" } });
    server.emit({ callback_query: { id: 5 } });
    const ada = server.user();
    ada.say(ada, "hello");
    await until(() => updates.length === 1);
    await server.drained();
    expect(lines.filter((line) => line.includes("could not be read"))).toHaveLength(2);
    expect(lines.join()).not.toContain("PRIVATE-TEXT");
  });

  it("goes on after failures of the network and of Telegram", async () => {
    const { server, start, updates, lines } = await opened();
    server.fault({ kind: "status", status: 502 }, { method: "getUpdates" });
    await start();
    const ada = server.user();
    ada.say(ada, "hello");
    await until(() => updates.length === 1);
    expect(lines.join()).toContain("polling Telegram failed");
  });

  it("says that another process polls, and waits longer each time", async () => {
    const clock = testClock();
    const { server, start, lines } = await opened({ options: { clock } });
    server.fault(
      { kind: "refuse", code: 409, description: "Conflict: terminated by other getUpdates request" },
      { method: "getUpdates", times: 2 },
    );
    await start();
    const said = () => lines.filter((line) => line.includes("Another process receives")).length;
    await until(() => said() === 1);
    await clock.advance(999);
    expect(server.calls("getUpdates")).toHaveLength(1);
    await clock.advance(1);
    await until(() => said() === 2);
    await clock.advance(1_999);
    expect(server.calls("getUpdates")).toHaveLength(2);
    await clock.advance(1);
    await until(() => server.calls("getUpdates").length === 3);
  });

  it("stops at once while a poll is open, and waits for what is being handled", async () => {
    const { server, start, updates, platform } = await opened();
    const handling = Promise.withResolvers<void>();
    open!.handle = async ({ reply }) => {
      await handling.promise;
      await reply.show(saying("finished"));
    };
    await start();
    const ada = server.user();
    ada.say(ada, "hello");
    await until(() => updates.length === 1);
    const stopped = platform.stop(5_000);
    handling.resolve();
    await stopped;
    expect(await server.next(ada, 100)).toMatchObject({ text: "finished" });
  });

  it("ends its stop when the time is over, whatever is being handled", async () => {
    const { server, start, updates, platform } = await opened();
    open!.handle = () => new Promise(() => {});
    await start();
    const ada = server.user();
    ada.say(ada, "hello");
    await until(() => updates.length === 1);
    await platform.stop(20);
  });
});

describe("starting", () => {
  it("names the remedy for a wrong token, without the token", async () => {
    const token = "7000000001:AAwrongWRONGwrongWRONGwrongWRONG123";
    const { another, lines } = await opened();
    const start = another({ token }).start(hearing(), []);
    await expect(start).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("TELEGRAM_BOT_TOKEN"),
    });
    expect(lines.join()).not.toContain("wrongWRONG");
  });

  it.each(["", "abc", "123:with space", "123:a/../b"])("refuses %j as a token", async (token) => {
    const { another } = await opened();
    expect(() => another({ token })).toThrow("@BotFather");
  });

  it("writes the commands in each language, and only when they have changed", async () => {
    const summary = ({ language }: { language: string }) => (language === "de" ? "Treffen ansetzen" : "Plan an event");
    const commands = ["event create", "mail set", `x${"y".repeat(40)}`].map((path) => commandEntry(path, summary));
    const { server, start, another } = await opened();
    await start(commands);
    await until(() => server.calls("setMyCommands").length === 4);
    const written = server.calls("setMyCommands").map(({ params }) => params);
    const listed = (description: string, ...names: string[]) => names.map((command) => ({ command, description }));
    const leave = { command: "cancel", description: "Leave the form that is open" };
    const scope = { type: "all_group_chats" };
    expect(written).toHaveLength(4);
    expect(written).toContainEqual({ commands: [...listed("Plan an event", "event_create", "mail_set"), leave] });
    expect(written).toContainEqual({ commands: listed("Plan an event", "event_create"), scope });
    const german = { commands: listed("Treffen ansetzen", "event_create"), language_code: "de" };
    expect(written).toContainEqual({ ...german, scope });
    await open!.platform.stop(100);
    const again = another();
    await again.start(hearing(), commands);
    await until(() => server.calls("getMyCommands").length === 8);
    await again.stop(100);
    expect(server.calls("setMyCommands")).toHaveLength(4);
  });

  it("receives although the commands could not be written", async () => {
    const { server, start, updates, lines } = await opened();
    server.fault(
      { kind: "refuse", code: 400, description: "Bad Request: BOT_COMMAND_INVALID" },
      { method: "setMyCommands", times: 4 },
    );
    await start([commandEntry("help", () => "Help")]);
    const ada = server.user();
    ada.start();
    await until(() => updates.length === 1);
    await until(() => lines.join().includes("could not be written"));
  });
});
