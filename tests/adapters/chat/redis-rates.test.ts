// The pace of all processes together: kept over a real Redis, and no hindrance where Redis is away.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Line } from "../../../src/adapters/chat/pace.ts";
import { redisRates } from "../../../src/adapters/chat/redis-rates.ts";
import { paceOf } from "../../../src/adapters/chat/telegram/rate.ts";
import { systemClock } from "../../../src/adapters/clock.ts";
import { eventually } from "../../support/eventually.ts";
import { silentLog } from "../../support/queue-log.ts";
import { type RedisServer, redisServer } from "../../support/redis-server.ts";

let server: RedisServer;
const processes: ReturnType<typeof redisRates>[] = [];
const chat: Line = { key: "telegram:1", spacing: 100_000, burst: 3 };
const far = 3_600_000;

beforeAll(async () => {
  server = await redisServer();
});
afterAll(() => server?.close());

async function aProcess() {
  const rates = redisRates(server.url, silentLog);
  processes.push(rates);
  await eventually(async () => (await rates.take([{ key: "hello", spacing: 1, burst: 1e6 }], 0)) !== undefined);
  return rates;
}

beforeEach(() => server.flush());
afterEach(() => {
  for (const one of processes.splice(0)) one.close();
});

/** Within ten seconds (all waits are minutes): so long the test may take on a busy machine. */
const about = (waits: readonly (number | undefined)[], wanted: readonly number[]) =>
  expect(waits.map((wait, n) => Math.abs(wait! - wanted[n]!) <= 10_000)).toEqual(wanted.map(() => true));

describe("several processes", () => {
  it("share a chat's burst and then wait their turn, each its own", async () => {
    const [a, b] = [await aProcess(), await aProcess()];
    const waits = [];
    for (let n = 0; n < 6; n++) waits.push(await (n % 2 ? a : b).take([chat], far));
    about(waits, [0, 0, 0, 100_000, 200_000, 300_000]);
  });

  it("share what may be sent in a minute, and in all", async () => {
    const [a, b] = [await aProcess(), await aProcess()];
    const group: Line = { key: "telegram:-1", spacing: 1, burst: 100, perMinute: 4 };
    const waits = [];
    for (let n = 0; n < 6; n++) waits.push(await (n % 2 ? a : b).take([group], far));
    about(waits, [0, 0, 0, 0, 60_000, 60_000]);
    const all: Line = { key: "telegram", spacing: 50_000, burst: 1 };
    about([await a.take([chat, all], far), await b.take([{ ...chat, key: "telegram:2" }, all], far)], [0, 50_000]);
  });

  it("hold no place for what would have to wait too long", async () => {
    const a = await aProcess();
    for (let n = 0; n < 3; n++) await a.take([chat], 0);
    expect(await a.take([chat], 100)).toBeGreaterThan(90_000);
    about([await a.take([chat], far)], [100_000]);
  });

  it("keep the quiet that one of them was asked for", async () => {
    const [a, b] = [await aProcess(), await aProcess()];
    await a.hold(chat, 70_000);
    about([await b.take([chat], far)], [70_000]);
  });
});

describe("a Redis that is away", () => {
  it("stops nobody: each process goes by its own pace, and asks again later", async () => {
    const shared = await aProcess();
    const pace = paceOf(systemClock(), undefined, shared);
    server.freeze();
    const begun = performance.now();
    try {
      for (let n = 0; n < 3; n++) expect(await pace.turn("1", 20_000)).toBeUndefined();
      expect(performance.now() - begun).toBeLessThan(10_000);
    } finally {
      server.thaw();
    }
    await eventually(async () => (await shared.take([chat], far)) !== undefined);
  });
});
