// Roles as processes of their own, several of each, over one store and one Redis: restarted one by one, nothing is lost or doubled.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { eventually } from "../support/eventually.ts";
import { type House, type Program, programs } from "../support/program.ts";
import { type RedisServer, redisServer } from "../support/redis-server.ts";
import { type TelegramServer, type TestUser, telegramServer } from "../support/telegram-server/index.ts";

let telegram: TelegramServer;
let redis: RedisServer;
let house: House;
beforeEach(async () => {
  [telegram, redis] = await Promise.all([telegramServer(), redisServer()]);
  house = await programs({
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    REDIS_URL: redis.url,
  });
});
afterEach(async () => {
  await house?.close();
  await Promise.all([telegram?.close(), redis?.close()]);
});

type Role = "chat" | "http" | "worker";
const start = (role: Role): Promise<Program & { readonly hello: string; readonly url: string }> =>
  house.serve({ ROLES: role });

/** A new one first, then the old one is told to end, as an orchestrator does it. */
async function replaced(old: Program, role: Role): Promise<Program> {
  const next = await start(role);
  old.signal("SIGTERM");
  expect((await old.ended).code).toBe(0);
  return next;
}

const shownWith = (user: TestUser, words: string) => telegram.messages(user).filter(({ text }) => text.includes(words));
const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
const oneEach = (user: TestUser, words: readonly string[]) =>
  expect(words.map((word) => [word, shownWith(user, word).length])).toEqual(words.map((word) => [word, 1]));

describe("two chats and two workers, all of them replaced one after the other", () => {
  it("answer every command once and ring every reminder once", async () => {
    const first = { chat: await start("chat"), worker: await start("worker") };
    const second = { chat: await start("chat"), worker: await start("worker") };
    expect(first.worker.hello).toContain(`jobs in Redis at 127.0.0.1:${redis.port}`);
    const ada = telegram.user();
    ada.start();
    await eventually(() => telegram.messages(ada).length > 0);

    const made: string[] = [];
    const rung: string[] = [];
    const busy = { until: true };
    const talking = (async () => {
      for (let n = 10; busy.until && n < 99; n++) {
        ada.say(ada, `/pod create Topology-${n}`);
        ada.say(ada, `/remind me to breathe-${n} ${soon(4000)}`);
        made.push(`Topology-${n}`);
        rung.push(`breathe-${n}`);
        await new Promise((resolve) => setTimeout(resolve, 4000));
      }
    })();
    for (const { chat, worker } of [first, second]) {
      await replaced(worker, "worker");
      await replaced(chat, "chat");
    }
    busy.until = false;
    await talking;
    expect(made.length).toBeGreaterThan(1);
    // Asked for twice at least: as "I'll remind you" and when it rings.
    const complete = () =>
      rung.every((word) => shownWith(ada, word).length >= 2) && made.every((word) => shownWith(ada, word).length >= 1);
    await eventually(complete, 60_000);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    oneEach(ada, made);
    expect(rung.map((word) => shownWith(ada, word).length)).toEqual(rung.map(() => 2));
  }, 150_000);

  it("lose no reminder when a worker is killed and Redis comes back empty", async () => {
    const chat = await start("chat");
    const victim = await start("worker");
    const ada = telegram.user();
    ada.start();
    await eventually(() => telegram.messages(ada).length > 0);
    ada.say(ada, `/remind me to breathe ${soon(6000)}`);
    await eventually(() => shownWith(ada, "breathe").length === 1);
    victim.signal("SIGKILL");
    await redis.kill();
    await redis.start({ empty: true });
    const worker = await start("worker");
    await eventually(() => shownWith(ada, "breathe").length === 2, 60_000);
    for (const program of [chat, worker]) {
      program.signal("SIGTERM");
      expect((await program.ended).code).toBe(0);
    }
    expect(shownWith(ada, "breathe").length).toBe(2);
  }, 120_000);
});
