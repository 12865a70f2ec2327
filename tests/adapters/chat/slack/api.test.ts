// Calls that go wrong: what Slack refuses, what the network does, and sends that must not be made twice.

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Address } from "../../../../src/core/ports/platform.ts";
import { hearing } from "../../../support/inbox.ts";
import type { Channel } from "../../../support/slack-server/state.ts";
import { type Connected, connect, saying } from "./connected.ts";

let connected: Connected;
let club: Channel;
let there: Address;
const open = async (given: Parameters<typeof connect>[0] = {}) => {
  connected = await connect({ mode: "http", options: { rates: "none" }, ...given });
  club = connected.server.channel("club", [connected.server.user("ada")]);
  there = { platform: "slack", channel: `${connected.server.team.id}:${club.id}` };
};
beforeEach(() => open());
afterEach(() => connected.close());

const shown = () => connected.server.messages(club.id).map(({ text }) => text);
const posts = () => connected.server.calls.filter(({ method }) => method === "chat.postMessage").length;
const send = (key?: string) => connected.platform.send(there, saying("hello"), key);

describe("what Slack refuses", () => {
  it.each([
    ["channel_not_found", "unavailable", "gone"],
    ["is_archived", "unavailable", "gone"],
    ["account_inactive", "forbidden", "token"],
    ["token_revoked", "forbidden", "token"],
    ["invalid_auth", "forbidden", "token"],
    ["not_in_channel", "unavailable", "closed"],
    ["restricted_action", "unavailable", "closed"],
    ["missing_scope", "unavailable", "closed"],
    ["cannot_dm_bot", "unavailable", "unreachable"],
    ["user_not_found", "unavailable", "unreachable"],
    ["user_disabled", "unavailable", "unreachable"],
    ["message_not_found", "unavailable", "gone"],
    ["msg_too_long", "invalid", "msg_too_long"],
    ["invalid_blocks", "invalid", "invalid_blocks"],
  ])("%s is said as %s because of %s", async (error, code, reason) => {
    connected.server.plan({ kind: "refuse", error }, { method: "chat.postMessage" });
    await expect(send()).rejects.toMatchObject({ code, detail: { reason } });
    expect(posts()).toBe(1);
  });

  it("is told with the scopes that are missing", async () => {
    await connected.close();
    await open({ server: { scopes: ["users:read", "im:write"] } });
    await expect(send()).rejects.toThrow("chat:write");
  });

  it("is no address of ours at all", async () => {
    for (const channel of ["C1", "", "T1:", "T0:C0"])
      await expect(connected.platform.send({ platform: "slack", channel }, saying("x"))).rejects.toMatchObject({
        detail: { reason: "gone" },
      });
  });

  it("at the start names the token", async () => {
    const wrong = connected.another({ botToken: "xoxb-wrong" });
    await expect(wrong.start(hearing(), [])).rejects.toMatchObject({
      code: "forbidden",
    });
    const socket = connected.another({ appToken: "xapp-wrong" });
    await expect(socket.start(hearing(), [])).rejects.toThrow("SLACK_APP_TOKEN");
    await Promise.all([wrong.stop(10), socket.stop(10)]);
  });
});

describe("when Slack is busy or the network breaks", () => {
  it("a send waits as long as Slack asks, if that is not too long", async () => {
    connected.server.plan({ kind: "429", retryAfter: 1 }, { method: "chat.postMessage" });
    const from = Date.now();
    await send();
    expect(Date.now() - from).toBeGreaterThanOrEqual(990);
    connected.server.plan({ kind: "429", retryAfter: 60 }, { method: "chat.postMessage" });
    await expect(send()).rejects.toMatchObject({ code: "rate_limited", detail: { retryAfter: 60_000 } });
  });

  it("a send that may be out is not made again, and says so", async () => {
    for (const fault of [{ kind: "act-then-cut" }, { kind: "refuse", error: "internal_error" }] as const) {
      connected.server.plan(fault, { method: "chat.postMessage" });
      await expect(send()).rejects.toMatchObject({ code: "unavailable", detail: { unknown: true } });
    }
    expect(posts()).toBe(2);
  });

  it("what does no harm twice is made again", async () => {
    const ref = await send();
    connected.server.plan({ kind: "cut" }, { method: "chat.update" });
    connected.server.plan({ kind: "status", status: 502 }, { method: "chat.update" });
    await connected.platform.edit(ref, saying("hello again"));
    expect(shown()).toEqual(["hello again"]);
  });
});

describe("a send with a key", () => {
  it("after an unknown outcome is found in the history and not shown again", async () => {
    connected.server.plan({ kind: "act-then-cut" }, { method: "chat.postMessage" });
    await expect(send("n.1")).rejects.toMatchObject({ detail: { unknown: true } });
    const ref = await send("n.1");
    expect(shown()).toEqual(["hello"]);
    expect(ref.message).toBe(connected.server.messages(club.id)[0]!.ts);
  });

  it("that is repeated by another process is recognised, in a thread too", async () => {
    const { message } = await send("n.1");
    const twin = connected.another();
    expect((await twin.send(there, saying("hello"), "n.1")).message).toBe(message);
    const thread = { ...there, thread: message };
    const refs = [
      await connected.platform.send(thread, saying("re"), "n.2"),
      await twin.send(thread, saying("re"), "n.2"),
    ];
    expect(refs[0]).toEqual(refs[1]);
    expect(refs[0]).toMatchObject({ thread: message });
    expect(shown()).toEqual(["hello", "re"]);
    await twin.stop(10);
  });

  it("reads no history the first time", async () => {
    await send("n.1");
    expect(connected.server.calls.map(({ method }) => method)).not.toContain("conversations.history");
  });

  it("is sent again where the history can't be read, and that is logged", async () => {
    await connected.close();
    await open({ server: { scopes: ["chat:write"] } });
    await send("n.1");
    await send("n.1");
    expect(shown()).toEqual(["hello", "hello"]);
    expect(connected.lines.join()).toContain("may come twice");
  });
});

it("goes no faster than a message a second in a channel, and elsewhere meanwhile", async () => {
  await connected.close();
  await open({ server: { limits: true }, options: {} });
  const from = Date.now();
  await Promise.all(Array.from({ length: 5 }, () => send()));
  expect(Date.now() - from).toBeGreaterThanOrEqual(1_900);
  expect(connected.server.calls.filter(({ error }) => error === "ratelimited")).toEqual([]);
});

it("examines token, scopes and places, and says what to do", async () => {
  const lacking = await connect({ mode: "http", server: { scopes: ["chat:write", "channels:read"] } });
  const outside = lacking.server.channel("outside", [], { bot: false });
  const place = (channel: string) => ({ platform: "slack", channel: `${lacking.server.team.id}:${channel}` });
  const found = await lacking.platform.examine([place(outside.id), place("C0NONE")]);
  expect(found.map(({ state }) => state)).toEqual(["well", "broken", "broken", "broken"]);
  expect(found[1]!.what).toContain("users:read");
  for (const { remedy } of found.slice(1)) expect(remedy).toBeTruthy();
  await lacking.close();
  const well = await connected.platform.examine([there]);
  expect(well.map(({ state }) => state)).toEqual(["well", "well", "well"]);
});

it("finds what keeps PeerSpark from writing: it must be invited into a channel, public or private", async () => {
  const { server, platform } = connected;
  const of = async ({ id }: { id: string }) => {
    const sentence = await platform.obstacle({ platform: "slack", channel: `${server.team.id}:${id}` });
    return sentence?.({ language: "en", zone: "UTC", platform: "slack" });
  };
  const ada = server.user("ada");
  const outside = server.channel("outside", [ada], { bot: false });
  const hidden = server.channel("hidden", [ada], { bot: false, kind: "group" });
  const told = expect.stringContaining("/invite @PeerSpark");
  expect([await of(outside), await of(hidden), await of({ id: "D0BETWEENOTHERS" })]).toEqual([told, told, told]);
  expect([await of({ id: ada.direct }), await of(server.channel("inside", [ada]))]).toEqual([undefined, undefined]);
  server.plan({ kind: "refuse", error: "internal_error" }, { method: "conversations.info", times: 9 });
  await expect(of(outside)).rejects.toMatchObject({ code: "unavailable" });
});

it("takes who made a channel for its administrator, and for the workspace's only its own administrators", async () => {
  const { server, platform } = connected;
  const admin = server.user("grace", { admin: true });
  const guest = server.user("linus", { admin: true, from: "T0OTHER" });
  const creator = server.user("ada");
  const made = server.channel("made", [creator], { creator: creator.id });
  const space = { id: server.team.id, title: "Team" };
  const channel = `${server.team.id}:${made.id}`;
  const place = { platform: "slack", channel, kind: "channel", space } as const;
  const may = (userId: string, extent?: "space") =>
    platform.administers({ platform: "slack", workspace: server.team.id, userId, name: "x" }, place, extent);
  expect([await may(creator.id), await may(admin.id), await may(guest.id)]).toEqual([true, true, false]);
  const of = "space";
  expect([await may(creator.id, of), await may(admin.id, of), await may(guest.id, of)]).toEqual([false, true, false]);
  const other = server.user("alan", { admin: true });
  server.plan({ kind: "refuse", error: "internal_error" }, { method: "users.info", times: 9 });
  await expect(may(other.id, of)).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringMatching(/does not answer/),
  });
});
