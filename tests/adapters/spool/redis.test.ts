// The spool in Redis, on a real server: the contract, and an answer in time when that server hangs or is gone.
import { afterAll, afterEach, beforeAll, expect, it } from "@jest/globals";
import { redisSpool } from "../../../src/adapters/spool/redis.ts";
import { keptUpdate, spoolContract } from "../../contracts/spool.ts";
import { type RedisServer, redisServer } from "../../support/redis-server.ts";

let server: RedisServer;
let spools = 0;
beforeAll(async () => {
  server = await redisServer();
});
afterEach(() => server.thaw());
afterAll(() => server.close());

spoolContract("redis", async () => {
  const prefix = `test${++spools}:`;
  return { open: (bounds) => redisSpool({ url: server.url, prefix, ...bounds }), close: async () => undefined };
});

it("is another for every prefix", async () => {
  const [one, other] = ["one:", "other:"].map((prefix) => redisSpool({ url: server.url, prefix }));
  await one!.keep(keptUpdate("a"));
  expect([await one!.count(), await other!.count()]).toEqual([1, 0]);
  await Promise.all([one, other].map((spool) => spool!.close()));
});

it("gives up on a Redis that hangs before people do, and keeps again when it is back", async () => {
  const spool = redisSpool({ url: server.url, prefix: "hangs:" });
  await spool.keep(keptUpdate("a"));
  server.freeze();
  const before = performance.now();
  await expect(spool.keep(keptUpdate("b"))).rejects.toThrow();
  expect(performance.now() - before).toBeLessThan(1_400);
  server.thaw();
  await spool.keep(keptUpdate("c"));
  expect((await spool.oldest(9)).map(({ id }) => id)).toEqual(expect.arrayContaining(["a", "c"]));
  await spool.close();
});

it("gives up on a Redis that isn't there", async () => {
  await server.kill();
  const spool = redisSpool({ url: server.url, prefix: "gone:" });
  await expect(spool.keep(keptUpdate("a"))).rejects.toThrow();
  await expect(spool.lines()).rejects.toThrow();
  await server.start();
  await spool.close();
});
