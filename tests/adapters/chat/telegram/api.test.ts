// What Telegram and the network refuse, and what becomes of it: over the wire, against the strict server.
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { AppError } from "../../../../src/core/errors.ts";
import type { Address, Platform } from "../../../../src/core/ports/platform.ts";
import { testClock } from "../../../support/clock.ts";
import type { TestGroup, TestUser } from "../../../support/telegram-server/index.ts";
import { type Connected, connect, goButton, realClock, saying, until } from "./connected.ts";

const clock = testClock();
let connected: Connected;
let platform: Platform;
let ada: TestUser;
let club: TestGroup;

beforeEach(async () => {
  connected = await connect({ options: { clock, rates: "none" } });
  platform = connected.platform;
  ada = connected.server.user();
  ada.start();
  club = connected.server.group({ title: "Club" });
  club.add(ada, { admin: true });
});
afterEach(() => connected.close());

const to = ({ id }: { id: number }, thread?: number): Address => ({
  platform: "telegram",
  channel: `${id}`,
  ...(thread && { thread: `${thread}` }),
});
const failure = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(
    () => undefined,
    (thrown: AppError) => thrown,
  );
  if (!error) throw new Error("it did not fail");
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(connected.server.token.split(":")[1]);
  return error;
};
const account = (user: TestUser) => ({ platform: "telegram", workspace: "", userId: `${user.id}`, name: "" });
const place = () => ({ ...to(club), kind: "channel" as const });
const calls = (method: string) => connected.server.calls(method).length;

describe("a platform that was not started", () => {
  it("sends, edits and removes, and knows its own name when it is asked again", async () => {
    const { server } = connected;
    const ref = await platform.send(to(ada), saying("one", { buttons: [[goButton]] }));
    expect(await server.next(ada)).toMatchObject({ text: "one" });
    await platform.edit(ref, saying("two"));
    expect(await server.next(ada)).toMatchObject({ kind: "edited", text: "two", keyboard: [] });
    await platform.remove(ref);
    expect(server.messages(ada)).toEqual([]);
    expect(platform.openPrivately("a")).toBeUndefined();
    await until(() => platform.openPrivately("a") !== undefined);
    expect(platform.openPrivately("pod-1")).toBe("https://t.me/PeerSparkTestBot?start=pod-1");
    expect(platform.openPrivately("no spaces")).toBeUndefined();
    expect(calls("getMe")).toBe(1);
    expect(await platform.direct({ platform: "telegram", workspace: "", userId: "7", name: "" })).toEqual({
      platform: "telegram",
      channel: "7",
    });
  });
});

describe("what Telegram refuses", () => {
  it.each<[string, string, () => Address]>([
    ["a person who has blocked the bot", "blocked", () => once(() => ada.block(), to(ada))],
    ["a person who never started it", "unreachable", () => to(connected.server.user())],
    ["a person whose account is deleted", "gone", () => once(() => ada.vanish(), to(ada))],
    ["a group it was thrown out of", "gone", () => once(() => club.kickBot(ada), to(club))],
    ["a group it may not write in", "closed", () => once(() => club.muteBot(ada), to(club))],
    ["a chat that isn't there", "gone", () => to({ id: -5 })],
    ["a topic that isn't there", "gone", () => to(club, 999)],
    ["a closed topic", "closed", () => closedTopic()],
  ])("%s is %s", async (_, reason, address) => {
    expect(await failure(platform.send(address(), saying("x")))).toMatchObject({
      code: "unavailable",
      detail: { reason },
    });
    expect(calls("sendMessage")).toBe(1);
  });

  it("an edit of a message that is gone, too old, or in a group that has moved", async () => {
    const { server } = connected;
    await platform.send(to(ada), saying("one"));
    const [first] = server.messages(ada);
    const ref = { ...to(ada), message: `${first!.id}` };
    server.age(first!);
    expect(await failure(platform.edit(ref, saying("two")))).toMatchObject({ detail: { reason: "gone" } });
    expect(await failure(platform.remove(ref))).toMatchObject({ code: "unsupported" });
    server.erase(first!);
    expect(await failure(platform.edit(ref, saying("two")))).toMatchObject({ detail: { reason: "gone" } });
    await platform.remove(ref);
    const card = await platform.send(to(club), saying("card"));
    club.migrate();
    expect(await failure(platform.edit(card, saying("two")))).toMatchObject({ detail: { reason: "gone" } });
  });

  it("an edit that changes nothing is done", async () => {
    const ref = await platform.send(to(ada), saying("same"));
    await platform.edit(ref, saying("same"));
    expect(connected.server.calls("editMessageText")).toMatchObject([{ status: 400 }]);
  });

  it("anything else is said in its words", async () => {
    connected.server.fault({ kind: "refuse", code: 400, description: "Bad Request: something new" });
    expect(await failure(platform.send(to(ada), saying("x")))).toMatchObject({
      code: "invalid",
      message: expect.stringContaining("something new"),
    });
  });
});

function once(happened: () => void, address: Address): Address {
  happened();
  return address;
}

function closedTopic(): Address {
  const thread = club.topic("Over");
  club.closeTopic(thread);
  return to(club, thread);
}

describe("too fast", () => {
  it("waits as long as Telegram asks when that is short, and sends once", async () => {
    connected.server.fault({ kind: "429", retryAfter: 3 });
    const sent = platform.send(to(ada), saying("x"));
    await until(() => calls("sendMessage") === 1 && clock.waiting > 0);
    await clock.advance(2_999);
    expect(calls("sendMessage")).toBe(1);
    await clock.advance(1);
    await sent;
    expect(connected.server.messages(ada)).toHaveLength(1);
  });

  it("says when to try again when that is long", async () => {
    connected.server.fault({ kind: "429", retryAfter: 120 });
    expect(await failure(platform.send(to(ada), saying("x")))).toMatchObject({
      code: "rate_limited",
      detail: { retryAfter: 120_000 },
    });
  });

  it.each<[string, () => Promise<unknown>]>([
    ["getFile", () => platform.download({ name: "a", type: "text/plain", bytes: 1, source: "a" }, 1)],
    ["getChatMember", () => platform.administers(account(ada), place())],
  ])("keeps no message waiting where %s alone is meant", async (method, call) => {
    await connected.close();
    connected = await connect({ options: { clock } });
    const { server, platform: paced } = connected;
    platform = paced;
    ada = server.user();
    ada.start();
    club = server.group({ title: "Club" });
    server.fault({ kind: "429", retryAfter: 120 }, { method });
    await Promise.allSettled([call()]);
    expect(server.calls(method)).toMatchObject([{ status: 429 }]);
    await platform.send(to(ada), saying("to Ada"));
    await platform.send(to(club), saying("to the club"));
    expect(calls("sendMessage")).toBe(2);
  });

  it("keeps to the real limits of a server that checks them", async () => {
    await connected.close();
    connected = await connect({ server: { limits: "real" } });
    const users = Array.from({ length: 20 }, () => connected.server.user());
    for (const user of users) user.start();
    await Promise.all(users.flatMap((user) => [1, 2].map((n) => connected.platform.send(to(user), saying(`${n}`)))));
    expect(connected.server.calls("sendMessage").filter(({ status }) => status !== 200)).toEqual([]);
    expect(calls("sendMessage")).toBe(40);
  });
});

describe("no answer", () => {
  it("leaves a send unknown that was cut off, and never sends again", async () => {
    connected.server.fault({ kind: "act-then-cut" }, { method: "sendMessage" });
    expect(await failure(platform.send(to(ada), saying("x")))).toMatchObject({
      code: "unavailable",
      detail: { unknown: true },
    });
    expect(connected.server.messages(ada)).toHaveLength(1);
    expect(calls("sendMessage")).toBe(1);
  });

  it("leaves a send unknown that is not answered in time", async () => {
    connected.server.fault({ kind: "hang" });
    const sent = failure(platform.send(to(ada), saying("x")));
    await until(() => calls("sendMessage") === 1);
    await clock.advance(15_000);
    expect(await sent).toMatchObject({ code: "unavailable", detail: { unknown: true } });
  });

  it.each([
    ["a document", "text/plain", [1, 2], "sendDocument"],
    ["a picture", "image/png", [0x89, 0x50], "sendPhoto"],
    ["a picture that Telegram can't read", "image/png", [1, 2], "sendDocument"],
  ])("leaves %s a minute to get there", async (_, type, bytes, method) => {
    connected.server.fault({ kind: "hang" }, { method });
    const files = [{ name: "a", type, content: Buffer.from(bytes) }];
    let over = false;
    const posted = failure(platform.post(to(club), { author: "Ada", from: "Slack", text: "see", files })).finally(
      () => {
        over = true;
      },
    );
    await until(() => calls(method) === 1);
    await clock.advance(59_999);
    expect(over).toBe(false);
    await clock.advance(1);
    expect(await posted).toMatchObject({ code: "unavailable", detail: { unknown: true } });
  });

  it("leaves a send unknown that a gateway gave up waiting for", async () => {
    connected.server.fault({ kind: "status", status: 504 });
    expect(await failure(platform.send(to(ada), saying("x")))).toMatchObject({ detail: { unknown: true } });
    expect(calls("sendMessage")).toBe(1);
  });

  it("sends again what Telegram itself failed at", async () => {
    connected.server.fault({ kind: "status", status: 502 });
    const sent = platform.send(to(ada), saying("x"));
    await until(() => calls("sendMessage") === 1 && clock.waiting > 0);
    await clock.advance(300);
    await sent;
    expect(connected.server.messages(ada)).toMatchObject([{ text: "x" }]);
  });

  it("knows that nothing was sent when nobody listens", async () => {
    const nowhere = connected.another({ apiRoot: "http://127.0.0.1:9", clock: realClock });
    expect(await failure(nowhere.send(to(ada), saying("x")))).toMatchObject({
      code: "unavailable",
      detail: { unknown: false },
    });
    await nowhere.stop(0);
  });

  it("tries an edit again, a little later each time, three times in all", async () => {
    const ref = await platform.send(to(ada), saying("one"));
    connected.server.fault({ kind: "cut" }, { method: "editMessageText" });
    connected.server.fault({ kind: "status", status: 500 }, { method: "editMessageText" });
    const edited = platform.edit(ref, saying("two"));
    await until(() => calls("editMessageText") === 1 && clock.waiting > 0);
    await clock.advance(300);
    await until(() => calls("editMessageText") === 2 && clock.waiting > 0);
    await clock.advance(1_000);
    await edited;
    expect(connected.server.messages(ada)).toMatchObject([{ text: "two", edits: 1 }]);
  });
});

describe("edits of one message", () => {
  it("never overtake one another, and only the last of those that wait is made", async () => {
    const ref = await platform.send(to(ada), saying("0"));
    await Promise.all(Array.from({ length: 20 }, (_, index) => platform.edit(ref, saying(`${index + 1}`))));
    expect(connected.server.messages(ada)).toMatchObject([{ text: "20" }]);
    expect(calls("editMessageText")).toBe(2);
  });

  it("fail together when the last one fails, and later ones are made", async () => {
    const ref = await platform.send(to(ada), saying("0"));
    connected.server.fault(
      { kind: "refuse", code: 400, description: "Bad Request: no" },
      { method: "editMessageText", times: 2 },
    );
    const edits = [1, 2, 3].map((n) => platform.edit(ref, saying(`${n}`)));
    expect((await Promise.allSettled(edits)).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    await platform.edit(ref, saying("4"));
    expect(connected.server.messages(ada)).toMatchObject([{ text: "4" }]);
  });
});

describe("who administers", () => {
  it("is asked, and remembered for a minute", async () => {
    const grace = connected.server.user();
    club.add(grace);
    expect(await platform.administers(account(ada), place())).toBe(true);
    expect(await platform.administers(account(grace), place())).toBe(false);
    club.add(grace, { admin: true });
    expect(await platform.administers(account(grace), place())).toBe(false);
    expect(calls("getChatMember")).toBe(2);
    await clock.advance(60_000);
    expect(await platform.administers(account(grace), place())).toBe(true);
  });

  it("is nobody where it can't be found out, and everybody in their own private chat", async () => {
    const direct = { ...to(ada), kind: "direct" as const };
    expect(await platform.administers(account(ada), direct)).toBe(true);
    expect(await platform.administers(account(connected.server.user()), direct)).toBe(false);
    connected.server.fault({ kind: "refuse", code: 400, description: "Bad Request: no" });
    expect(await platform.administers(account(ada), place())).toBe(false);
    connected.server.fault({ kind: "refuse", code: 401, description: "Unauthorized" });
    await expect(platform.administers(account(ada), place())).rejects.toMatchObject({ name: "AppError" });
    expect(await platform.administers(account(ada), place())).toBe(true);
  });
});

describe("the token", () => {
  it("is in no line of the log, whatever went wrong", async () => {
    for (const kind of ["cut", "act-then-cut"] as const) {
      connected.server.fault({ kind });
      await failure(platform.send(to(ada), saying("x")));
    }
    connected.server.fault({ kind: "cut" }, { method: "getUpdates" });
    await connected.start();
    await until(() => connected.lines.some((line) => line.includes("polling Telegram failed")));
    expect(connected.lines.join("\n")).not.toContain(connected.server.token.split(":")[1]);
  });
});
