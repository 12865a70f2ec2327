// A service whose Redis is away: people are answered at once and once, and what they asked for happens when Redis is back.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { eventually } from "../support/eventually.ts";
import { type House, type Program, programs } from "../support/program.ts";
import { type RedisServer, redisServer } from "../support/redis-server.ts";
import { type TelegramServer, type TestUser, telegramServer } from "../support/telegram-server/index.ts";

let telegram: TelegramServer;
let redis: RedisServer;
let house: House;
let service: Program;
let ada: TestUser;

beforeEach(async () => {
  [telegram, redis] = await Promise.all([telegramServer(), redisServer()]);
  house = await programs({
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    REDIS_URL: redis.url,
  });
  service = await house.serve();
  ada = telegram.user();
  ada.start();
  await eventually(() => telegram.messages(ada).length > 0);
});
afterEach(async () => {
  await house?.close();
  await Promise.all([telegram?.close(), redis?.close()]);
});

const shown = () => telegram.messages(ada).map(({ text }) => text);
const shownWith = (words: string) => shown().filter((text) => text.includes(words));
const at = (epochMs: number) => new Date(epochMs).toISOString();
/** What is answered, and within how many ms. */
async function answered(line: string): Promise<{ readonly text: string; readonly took: number }> {
  const before = shown().length;
  const began = performance.now();
  ada.say(ada, line);
  await eventually(() => shown().length > before);
  return { text: shown().slice(before).join("\n"), took: performance.now() - began };
}
const soon = (took: number) => expect(took).toBeLessThan(1500);

describe.each([
  ["is killed", () => redis.kill(), () => redis.start({ empty: true })],
  ["stands still", async () => redis.freeze(), async () => redis.thaw()],
])("when Redis %s", (_, leaves, comesBack) => {
  it("reminders are set, moved and taken back at once and once, and ring at their new times alone", async () => {
    const moved = Date.now() + 9_000;
    await answered(`/remind me to stretch ${at(moved)}`);
    await answered(`/remind me to yawn ${at(moved)}`);
    await leaves();
    const set = await answered(`/remind me to breathe ${at(Date.now() + 3_000)}`);
    expect(set.text).toContain("breathe");
    const list = await answered("/remind list");
    expect(list.text.match(/breathe/g)).toHaveLength(1);
    const later = await answered(`/remind move stretch when:"${at(moved + 3_600_000)}"`);
    expect(later.text).toContain("stretch");
    const gone = await answered("/remind cancel yawn");
    const pod = await answered("/pod create Knots");
    for (const { text, took } of [set, list, later, gone, pod]) {
      expect(text).not.toContain("does not answer");
      soon(took);
    }
    await comesBack();
    const before = { stretch: shownWith("stretch").length, yawn: shownWith("yawn").length };
    await eventually(() => shownWith("breathe").length >= 3, 90_000);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, moved + 2_000 - Date.now())));
    expect({ stretch: shownWith("stretch").length, yawn: shownWith("yawn").length }).toEqual(before);
    expect(shownWith("breathe")).toHaveLength(3);
  }, 150_000);

  it("SIGTERM ends it in time, with a message under way", async () => {
    await answered("/help");
    await leaves();
    await answered(`/remind me to breathe ${at(Date.now() + 3_600_000)}`);
    const began = performance.now();
    service.signal("SIGTERM");
    expect((await service.ended).code).toBe(0);
    expect(performance.now() - began).toBeLessThan(8_500);
  });
});
