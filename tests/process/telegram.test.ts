// The service as a process with Telegram on: connecting, being refused, draining, hanging, dying and coming back.
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { receivers } from "../../src/adapters/chat/receiver.ts";
import { openSqlite } from "../../src/adapters/store/sqlite.ts";
import { collections } from "../../src/build.ts";
import { patch } from "../../src/core/kernel/change.ts";
import { type HoldingProxy, holdingProxy } from "../support/holding-proxy.ts";
import { type House, programs } from "../support/program.ts";
import { type TelegramServer, type TestUser, telegramServer } from "../support/telegram-server/index.ts";

let server: TelegramServer;
let proxy: HoldingProxy;
let house: House;
beforeEach(async () => {
  server = await telegramServer();
  proxy = await holdingProxy(server.url);
  house = await programs({ TELEGRAM_BOT_TOKEN: server.token, TELEGRAM_API_ROOT: proxy.url });
});
afterEach(async () => {
  await house.close();
  await proxy.close();
  await server.close();
});

async function freePort(): Promise<number> {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  taken.close();
  await once(taken, "close");
  return port;
}

const texts = (user: TestUser) => server.messages(user).map(({ text }) => text);
const sentencesIn = (stderr: string) => stderr.split("\n").filter((line) => line && !line.startsWith("{"));

/** Waits until the bot shows it to this person. */
async function shown(user: TestUser, words: string): Promise<void> {
  while (!texts(user).some((text) => text.includes(words))) await server.next(user, 20_000);
}

describe("connecting", () => {
  it("is said at start, and health knows of it", async () => {
    const service = await house.serve();
    expect(service.hello).toMatch(/^ {2}on {4}Telegram, terminal, /m);
    expect(service.hello).not.toContain("TELEGRAM_BOT_TOKEN");
    const ready = await (await fetch(`${service.url}/readyz`)).json();
    expect(ready).toMatchObject({ ok: true, parts: { telegram: "on" } });
    const ada = server.user();
    ada.start();
    await shown(ada, "Ada");
  });

  it("with a wrong token ends in one sentence", async () => {
    const token = `999:${"x".repeat(35)}`;
    const { code, stdout, stderr } = await house.start([], { TELEGRAM_BOT_TOKEN: token }).ended;
    expect([code, stdout]).toEqual([1, ""]);
    expect(sentencesIn(stderr)).toEqual([
      expect.stringMatching(/^Telegram does not know this bot token\. .*TELEGRAM_BOT_TOKEN/),
    ]);
    expect(stderr).not.toContain(token);
  });

  it("where nothing answers is tried again, and the rest of the house runs meanwhile", async () => {
    server.fault({ kind: "cut" }, { method: "getMe", times: 3 });
    const service = await house.serve();
    expect(service.hello).toMatch(/^ {2}on {4}terminal, /m);
    expect(service.hello).toContain("  wait  Telegram does not answer yet; PeerSpark keeps trying\n");
    const ready = await (await fetch(`${service.url}/readyz`)).json();
    expect(ready).toMatchObject({ ok: true, parts: { telegram: "connecting" } });
    await service.complains("Telegram does not answer; PeerSpark keeps trying");
    expect((await house.chat("ada", "/pod create Topology\n")).stdout).toContain("Topology is ready");
    await service.complains('"msg":"connected"');
    const ada = server.user();
    ada.start();
    await shown(ada, "Ada");
  });

  it("that hangs keeps nobody waiting, and may be stopped at any time", async () => {
    server.fault({ kind: "hang" }, { times: 1000 });
    const service = await house.serve();
    expect(service.hello).toContain("Telegram does not answer yet");
    service.signal("SIGTERM");
    const started = performance.now();
    expect((await service.ended).code).toBe(0);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it("while another process polls says so, and goes on when that one has gone", async () => {
    const conflict = {
      kind: "refuse",
      code: 409,
      description: "Conflict: terminated by other getUpdates request",
    } as const;
    server.fault(conflict, { method: "getUpdates", times: 2 });
    const service = await house.serve();
    await service.complains("Another process receives this bot's messages with the same TELEGRAM_BOT_TOKEN");
    const ada = server.user();
    ada.start();
    await shown(ada, "Ada");
    service.signal("SIGTERM");
    expect((await service.ended).code).toBe(0);
  });
});

it("ends in one sentence once another process receives in its place, and queues up behind that one", async () => {
  const service = await house.serve();
  const store = await openSqlite({ path: join(house.folder, "data", "peerspark.db"), collections });
  const [line] = (await store.find(receivers, { limit: 1 })).rows;
  await store.commit([patch(receivers, line!.id, { owner: "elsewhere:1" })]);
  await store.close();
  const { code, stderr } = await service.ended;
  expect([code, sentencesIn(stderr)]).toEqual([1, [expect.stringMatching(/has taken over.*Start it again/)]]);
  await (await house.serve()).complains("another process receives; this one takes over when it ends");
});

describe("SIGTERM", () => {
  it.each([
    ["an update and a job", true],
    ["a job alone", false],
  ])("lets %s that is under way end, and nothing is done again", async (_, updated) => {
    const service = await house.serve();
    const [ada, grace] = [server.user(), server.user({ first: "Grace" })];
    grace.start();
    await shown(grace, "Grace");
    grace.say(grace, `/remind me to breathe ${new Date(Date.now() + 1500).toISOString()}`);
    await shown(grace, "Reminder set");
    await server.drained();
    const before = texts(grace).length;
    proxy.hold("sendMessage");
    await proxy.held(1);
    if (updated) {
      ada.start();
      await proxy.held(2);
    }
    service.signal("SIGTERM");
    await service.complains('"msg":"stopping"');
    expect([texts(ada).length, texts(grace).length]).toEqual([0, before]);
    proxy.release();
    const { code, stderr } = await service.ended;
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/"level":"(warn|error)"/)]);
    const rung = texts(grace);
    expect(texts(ada)).toHaveLength(updated ? 1 : 0);
    expect(rung.slice(before)).toEqual([expect.stringMatching(/^Reminder\n/)]);

    await house.serve();
    ada.say(ada, "/help");
    await shown(ada, "What I can do");
    await server.drained();
    expect(texts(ada)).toHaveLength(updated ? 2 : 1);
    expect(texts(grace)).toEqual(rung);
  });

  it("a second time ends at once", async () => {
    const service = await house.serve();
    proxy.hold("sendMessage");
    server.user().start();
    await proxy.held(1);
    service.signal("SIGTERM");
    await service.complains('"msg":"stopping"');
    service.signal("SIGTERM"); // its echo
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await Promise.race([service.ended, "still there"])).toBe("still there");
    service.signal("SIGTERM");
    expect((await service.ended).code).toBe(130);
  });

  it("is obeyed within 10 s, with code 0, also while Telegram hangs in the middle of both", async () => {
    const service = await house.serve();
    const [ada, grace] = [server.user(), server.user({ first: "Grace" })];
    grace.start();
    await shown(grace, "Grace");
    grace.say(grace, `/remind me to breathe ${new Date(Date.now() + 1500).toISOString()}`);
    await shown(grace, "Reminder set");
    proxy.hold("sendMessage");
    await proxy.held(1);
    ada.start();
    await proxy.held(2);
    const started = performance.now();
    service.signal("SIGTERM");
    expect((await service.ended).code).toBe(0);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

it("by webhook, in the process that serves HTTP: what is said while it is down is answered when it is back", async () => {
  const port = await freePort();
  const env = { PORT: `${port}`, PUBLIC_URL: `http://127.0.0.1:${port}`, ROLES: "http,worker" };
  const talks = await house.serve({ ...env, ROLES: "chat" });
  expect(talks.hello).toContain("  on    Telegram, terminal\n");
  const service = await house.serve(env);
  expect(service.hello).not.toContain("PUBLIC_URL");
  const ada = server.user();
  ada.start();
  await shown(ada, "Ada");
  service.signal("SIGTERM");
  expect((await service.ended).code).toBe(0);
  ada.say(ada, "/help");
  await house.serve(env);
  await shown(ada, "What I can do");
  await server.drained();
  expect(texts(ada)).toHaveLength(2);
  talks.signal("SIGTERM");
  expect((await talks.ended).code).toBe(0);
});

it("kill -9 among many updates: nothing that was answered is lost, nothing is done twice, the rest is done later", async () => {
  const people = Array.from({ length: 30 }, (_, index) => server.user({ first: `Person ${index}` }));
  const service = await house.serve();
  people.forEach((user, index) => {
    user.say(user, `/pod_create Pod${index}x`);
  });
  await shown(people[9]!, "is ready");
  service.signal("SIGKILL");
  await service.ended;
  const answered = people.filter((user) => texts(user).length > 0).length;
  expect(answered).toBeGreaterThan(0);

  await house.serve();
  await server.drained();
  const lines = people.map((_, index) => `/pod info Pod${index}x\n`).join("");
  const { stdout } = await house.chat("ada", lines);
  people.forEach((_, index) => {
    expect(stdout.match(new RegExp(`^Pod${index}x$`, "gm"))).toHaveLength(1);
  });
  const { stdout: found } = await house.chat("ada", "/pod find Pod9x\n");
  expect(found.match(/• Pod9x/g)).toHaveLength(1);
});
