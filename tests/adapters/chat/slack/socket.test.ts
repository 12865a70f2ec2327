// Socket Mode: connections that Slack recycles or the network cuts, and envelopes that come again.
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { type Connected, connect, saying, until } from "./connected.ts";

let connected: Connected;
beforeEach(async () => {
  connected = await connect({ options: { rates: "none" } });
  await connected.start();
});
afterEach(() => connected.close());

it("opens the next connection before Slack cuts the old one, and loses nothing", async () => {
  const { server } = connected;
  const ada = server.user("ada");
  server.socket.recycle(300);
  const said = await Promise.all(["a", "b", "c"].map((text) => ada.say(ada.direct, text)));
  await until(() => server.socket.opened === 2);
  await until(() => server.socket.connections === 1);
  expect(said.every(({ status }) => status === 200)).toBe(true);
  await ada.say(ada.direct, "d");
  await until(() => connected.updates.length === 4);
});

it("acknowledges by the connection that Slack is about to cut what came by it", async () => {
  const { server } = connected;
  const ada = server.user("ada");
  const slow = Promise.withResolvers<void>();
  connected.handle = () => slow.promise;
  const commanded = ada.command(ada.direct, "/inbox");
  await until(() => connected.updates.length === 1);
  server.socket.recycle(2_500);
  await until(() => server.socket.opened === 2);
  await setTimeout(50);
  slow.resolve();
  expect((await commanded).status).toBe(200);
});

it("acknowledges what it took before it stops, and takes nothing more", async () => {
  const { server } = connected;
  const ada = server.user("ada");
  const slow = Promise.withResolvers<void>();
  connected.handle = () => slow.promise;
  const commanded = ada.command(ada.direct, "/inbox");
  await until(() => connected.updates.length === 1);
  const stopped = connected.platform.stop(1_000);
  const late = ada.command(ada.direct, "/event", "list");
  await setTimeout(50);
  slow.resolve();
  expect((await commanded).status).toBe(200);
  await stopped;
  await until(() => server.socket.connections === 0);
  expect((await late).status).toBe(0);
  expect(connected.updates).toHaveLength(1);
});

it("comes back when the network cut it, also when that takes some tries", async () => {
  const { server } = connected;
  server.plan({ kind: "status", status: 503 }, { method: "apps.connections.open", times: 3 });
  server.socket.cut();
  await until(() => server.socket.connections === 1);
  const ada = server.user("ada");
  await ada.say(ada.direct, "hello");
  await until(() => connected.updates.length === 1);
});

it("says that it was cut, and that it is back", async () => {
  const { server, states } = connected;
  server.plan({ kind: "status", status: 503 }, { method: "apps.connections.open", times: 3 });
  server.socket.cut();
  await until(() => states.length === 2);
  expect(states).toEqual(["down", "up"]);
  server.socket.recycle(50);
  await until(() => server.socket.opened === 3);
  await until(() => server.socket.connections === 1);
  expect(states).toEqual(["down", "up"]);
});

it("ends for good with its sentence when the app token is taken back", async () => {
  const { server, states } = connected;
  server.plan({ kind: "refuse", error: "invalid_auth" }, { method: "apps.connections.open", times: 9 });
  server.socket.cut();
  await until(() => states.length === 2);
  expect(states).toMatchObject([
    "down",
    { ended: { code: "forbidden", message: expect.stringMatching(/SLACK_APP_TOKEN/) } },
  ]);
});

it("acknowledges in time, and takes what comes again for the same", async () => {
  const { server } = connected;
  const ada = server.user("ada");
  const slow = Promise.withResolvers<void>();
  connected.handle = () => slow.promise;
  const { status, ms } = await ada.say(ada.direct, "hello");
  expect([status, ms < 3_000]).toEqual([200, true]);
  slow.resolve();
  await server.again("new id");
  await until(() => connected.updates.length === 2);
  expect(new Set(connected.updates.map(({ id }) => id)).size).toBe(1);
});

it("examines the app token where no connection was opened, and opens none", async () => {
  const { server } = connected;
  const idle = connected.another();
  expect((await idle.examine([])).at(-1)).toEqual({ state: "well", what: expect.stringMatching(/can connect/) });
  const wrong = connected.another({ appToken: "xapp-wrong" });
  expect((await wrong.examine([])).at(-1)).toMatchObject({
    state: "broken",
    what: expect.stringMatching(/does not accept this token/),
    remedy: expect.stringMatching(/connections:write/),
  });
  server.plan({ kind: "status", status: 503 }, { method: "apps.connections.open", times: 9 });
  expect((await idle.examine([])).at(-1)).toEqual({ state: "broken", what: expect.stringMatching(/does not answer/) });
  expect(server.socket.opened).toBe(1);
  await Promise.all([idle.stop(100), wrong.stop(100)]);
});

it("keeps what comes next in a channel waiting no longer than a look-up may take", async () => {
  const { server, updates } = connected;
  const ada = server.user("ada");
  server.plan({ kind: "hang" }, { method: "conversations.open", times: 9 });
  const from = Date.now();
  void ada.command(ada.direct, "/inbox", "");
  await ada.say(ada.direct, "next");
  await until(() => updates.length === 2);
  expect(Date.now() - from).toBeLessThan(4_500);
});

it("tells whether it is connected", async () => {
  const states = async () => (await connected.platform.examine([])).map(({ state }) => state);
  expect(await states()).toEqual(["well", "well", "well"]);
  await connected.platform.stop(100);
  expect(
    (await connected.platform.send({ platform: "slack", channel: "T0:C0" }, saying("x")).catch((error) => error)).code,
  ).toBe("unavailable");
});
