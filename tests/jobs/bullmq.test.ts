// The queue on Redis keeps the queue's contract, and what only it promises.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { systemClock } from "../../src/adapters/clock.ts";
import type { Turn } from "../../src/core/ports/queue.ts";
import { examineRedis } from "../../src/jobs/drivers/bullmq/examine.ts";
import { type BullmqOptions, type BullmqQueue, bullmqQueue } from "../../src/jobs/drivers/bullmq.ts";
import { queueContract } from "../contracts/queue.ts";
import { bullmqStand } from "../support/bullmq-stand.ts";
import { eventually } from "../support/eventually.ts";
import { silentLog } from "../support/queue-log.ts";
import { type RedisServer, redisServer } from "../support/redis-server.ts";
import { seededSecrets } from "../support/secrets.ts";

let server: RedisServer;
beforeAll(async () => {
  server = await redisServer({ durable: true });
});
afterAll(() => server?.close());

queueContract("bullmq", () => bullmqStand(server));

describe("the queue on a Redis that", () => {
  const open: BullmqQueue[] = [];
  const heard: Turn[] = [];
  const clock = systemClock();
  const numbers = () => heard.map(({ input }) => input.n).toSorted();
  const job = (n: number, key?: string) => ({ job: "test.job", input: { n }, key });

  async function queueOf(options: Partial<BullmqOptions> = {}): Promise<BullmqQueue> {
    const secrets = seededSecrets(clock, open.length + 1);
    const queue = await bullmqQueue({ url: server.url, clock, secrets, log: silentLog, watchMs: 100, ...options });
    open.push(queue);
    return queue;
  }
  const listening = async (options?: Partial<BullmqOptions>) => {
    const queue = await queueOf(options);
    queue.start(async (turn) => void heard.push(turn));
    return queue;
  };

  beforeEach(() => server.flush());
  afterEach(async () => {
    heard.length = 0;
    for (const queue of open.splice(0)) {
      await queue.stop(1000);
      await queue.close();
    }
  });

  it("is killed and started again goes on with what it holds", async () => {
    const queue = await listening();
    await queue.enqueue([{ ...job(1), runAt: clock.now() + 1500 }]);
    await server.kill();
    await server.start();
    await queue.enqueue([job(2)]);
    await eventually(() => heard.length === 2);
    expect(numbers()).toEqual([1, 2]);
  });

  it("was emptied has its recurring jobs again at once, and takes what is put back", async () => {
    const queue = await listening();
    await queue.repeat("sweep", 3_600_000, { job: "test.sweep", input: { n: 7 } });
    await eventually(() => heard.length === 1);
    await server.flush();
    await eventually(() => heard.length === 2);
    await queue.enqueue([job(8, "a")]);
    await eventually(() => heard.length === 3);
    expect(numbers()).toEqual([7, 7, 8]);
  });

  it("stands still is given up after five seconds, and nothing is doubled by asking again", async () => {
    const queue = await listening();
    server.freeze();
    await expect(queue.enqueue([job(1, "a")])).rejects.toMatchObject({
      code: "unavailable",
      detail: { unknown: true },
    });
    server.thaw();
    await queue.enqueue([job(2)]);
    await eventually(() => heard.some(({ input }) => input.n === 2));
    expect(numbers().filter((n) => n === 1).length).toBeLessThanOrEqual(1);
  });

  it("is away lets a turn under way end, and the process stop", async () => {
    const queue = await queueOf();
    const over = Promise.withResolvers<undefined>();
    queue.start((turn) => {
      heard.push(turn);
      return over.promise;
    });
    await queue.enqueue([job(1)]);
    await eventually(() => heard.length === 1);
    await server.kill();
    const stopped = queue.stop(500);
    over.resolve(undefined);
    await stopped;
    await server.start();
  });

  it("is slow is waited for at the end, also where nobody waits for what was asked of it", async () => {
    const queue = await queueOf();
    server.freeze();
    let given = false;
    void queue.enqueue([job(1)]).then(() => {
      given = true;
    });
    setTimeout(() => server.thaw(), 300);
    await queue.close();
    expect(given).toBe(true);
  });

  it.each(["allkeys-lru", "volatile-ttl"])("would drop jobs (%s) is refused, with the remedy", async (policy) => {
    await server.ask(`CONFIG SET maxmemory-policy ${policy}`);
    try {
      await expect(queueOf()).rejects.toMatchObject({
        code: "unsupported",
        message: expect.stringMatching(`${policy}.*CONFIG SET maxmemory-policy noeviction`),
      });
    } finally {
      await server.ask("CONFIG SET maxmemory-policy noeviction");
    }
  });

  it("is full says so of what it can't take, and goes on when it has room", async () => {
    const warned: string[] = [];
    const queue = await queueOf({ log: { ...silentLog, warn: (_, message) => void warned.push(message) } });
    await queue.repeat("look", 3_600_000, job(0));
    queue.start(async () => undefined);
    await server.ask("CONFIG SET maxmemory 1");
    await eventually(() => warned.length > 0);
    const full = { code: "unavailable", message: expect.stringMatching(/^Redis is full/) };
    try {
      await expect(queue.enqueue([job(1)])).rejects.toMatchObject(full);
      await expect(queue.enqueue([job(1), job(2)])).rejects.toMatchObject(full);
      await expect(queue.repeat("sweep", 60_000, job(3))).rejects.toMatchObject(full);
      expect(await examineRedis(server.url, "here")).toContainEqual(
        expect.objectContaining({ state: "broken", what: expect.stringContaining("is full") }),
      );
    } finally {
      await server.ask("CONFIG SET maxmemory 0");
    }
    expect(warned).toEqual([expect.stringMatching(/^Redis is full/)]);
    await queue.stop(1000);
    await queue.enqueue([job(1)]);
    expect(await queue.counts()).toMatchObject({ pending: 1 });
    expect(await examineRedis(server.url, "here")).toHaveLength(1);
  });

  it("forbids CONFIG is asked by INFO, and is taken at its word where it forbids both", async () => {
    const warned: string[] = [];
    const log = { ...silentLog, warn: (_: unknown, message: string) => void warned.push(message) };
    const url = server.url.replace("//", "//careful:secret@");
    await server.ask("ACL SETUSER careful on >secret ~* &* +@all -config");
    await server.ask("CONFIG SET maxmemory-policy allkeys-lru");
    await expect(queueOf({ url, log })).rejects.toMatchObject({ code: "unsupported" });
    await server.ask("CONFIG SET maxmemory-policy noeviction");
    await queueOf({ url, log });
    expect(warned).toEqual([]);
  });

  it("is not there is named at start, with what to check", async () => {
    const refused = queueOf({ url: "redis://127.0.0.1:1" });
    await expect(refused).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining("REDIS_URL") });
  });
});
