// The pace of outgoing messages, on a clock of the test's own.
import { describe, expect, it } from "@jest/globals";
import { pacing, type Rates, telegramRates } from "../../../../src/adapters/chat/telegram/rate.ts";
import { testClock } from "../../../support/clock.ts";
import { limiter, realLimits } from "../../../support/telegram-server/limits.ts";

const patience = 3_600_000;

function paced(rates?: Rates) {
  const clock = testClock();
  const pace = pacing(clock, rates);
  const start = clock.now();
  const sent: { chat: string; at: number; index: number }[] = [];
  const send = async (chat: string, index = 0, patienceMs = patience) => {
    const tooLong = await pace.turn(chat, patienceMs);
    if (tooLong === undefined) sent.push({ chat, at: clock.now() - start, index });
    return tooLong;
  };
  return { clock, pace, sent, send };
}

describe("pacing", () => {
  it("lets a few through at once in a chat, then one a second, in their order", async () => {
    const { clock, sent, send } = paced();
    for (let index = 0; index < 6; index++) void send("1", index);
    await clock.advance(10_000);
    expect(sent.map(({ at }) => at)).toEqual([0, 0, 0, 1_000, 2_000, 3_000]);
    expect(sent.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("keeps a group under twenty in any minute", async () => {
    const { clock, sent, send } = paced();
    for (let index = 0; index < 50; index++) void send("-1", index);
    await clock.advance(300_000);
    expect(sent).toHaveLength(50);
    for (const { at } of sent)
      expect(sent.filter((other) => other.at > at - 60_000 && other.at <= at).length).toBeLessThanOrEqual(20);
    expect(sent[19]!.at).toBeLessThan(20_000);
  });

  it("keeps all chats together under thirty in any second, and none waits for another's queue", async () => {
    const { clock, sent, send } = paced();
    for (let index = 0; index < 40; index++) void send("busy", index);
    for (let chat = 0; chat < 100; chat++) void send(`${chat}`);
    await clock.advance(60_000);
    for (const { at } of sent)
      expect(sent.filter((other) => other.at > at - 1_000 && other.at <= at).length).toBeLessThanOrEqual(30);
    const others = sent.filter(({ chat }) => chat !== "busy");
    expect(others).toHaveLength(100);
    expect(Math.max(...others.map(({ at }) => at))).toBeLessThanOrEqual(4_500);
  });

  it("is never faster than the strict server's limits, over hours of bursts", async () => {
    const { clock, send } = paced();
    const limit = limiter(realLimits, () => clock.now());
    let over = 0;
    const count = async (chat: string) => {
      await send(chat);
      try {
        limit(Number(chat), chat.startsWith("-"));
      } catch {
        over++;
      }
    };
    for (let round = 0; round < 12; round++) {
      for (let index = 0; index < 60; index++) void count(`${index % 3 === 0 ? -1 - (index % 6) : index % 8}`);
      await clock.advance(97_000);
    }
    await clock.advance(600_000);
    expect(over).toBe(0);
  });

  it("says how long it would take instead of waiting longer than it may, and keeps no place then", async () => {
    const { clock, sent, send } = paced();
    for (let index = 0; index < 5; index++) void send("1", index);
    expect(await send("1", 5, 2_000)).toBe(3_000);
    await clock.advance(3_000);
    void send("1", 6, 0);
    expect(await send("1", 7, 0)).toBe(1_000);
    await clock.advance(3_000);
    expect(sent.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 6]);
  });

  it("is quiet in a chat for as long as Telegram asks, and elsewhere goes on", async () => {
    const { clock, pace, sent, send } = paced();
    for (let index = 0; index < 5; index++) void send("1", index);
    await clock.advance(500);
    pace.hold("1", 20_000);
    void send("2");
    await clock.advance(60_000);
    expect(sent.filter(({ chat }) => chat === "2").map(({ at }) => at)).toEqual([500]);
    expect(sent.filter(({ chat }) => chat === "1").map(({ at }) => at)).toEqual([0, 0, 0, 20_500, 20_500]);
  });

  it("forgets chats that are quiet", async () => {
    const { clock, pace, send } = paced({ ...telegramRates, overall: 1_000_000 });
    for (let chat = 0; chat < 20_000; chat++) {
      await send(`${chat}`);
      if (chat % 1_000 === 0) await clock.advance(61_000);
    }
    expect(pace.remembered).toBeLessThanOrEqual(5_000);
  });
});
