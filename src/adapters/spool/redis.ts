// The spool in Redis, which several processes share: as durable as that Redis is set up to be.
import { Redis } from "ioredis";
import type { KeptUpdate, Spool } from "../../core/ports/spool.ts";
import { type Bounds, usualBounds } from "./bounds.ts";

export interface RedisSpoolOptions extends Partial<Bounds> {
  /** redis:// or rediss://, as in REDIS_URL. */
  readonly url: string;
  /** In front of every key. */
  readonly prefix: string;
}

/** ms: people wait for the word that something is kept. */
const answerWithin = 1_000;

/** Keys: the order, the bodies and the lines by number of updates. Each script is one step: nothing is kept by halves. */
const scripts = {
  keep: `
    if redis.call("HEXISTS", KEYS[2], ARGV[1]) == 1 then return "known" end
    local text = tonumber(redis.call("HGET", KEYS[4], "text") or "0") + #ARGV[3]
    if redis.call("ZCARD", KEYS[1]) >= tonumber(ARGV[4]) or text > tonumber(ARGV[5]) then return "full" end
    redis.call("ZADD", KEYS[1], redis.call("HINCRBY", KEYS[4], "seq", 1), ARGV[1])
    redis.call("HSET", KEYS[2], ARGV[1], ARGV[3])
    redis.call("HINCRBY", KEYS[3], ARGV[2], 1)
    redis.call("HSET", KEYS[4], "text", text)
    return "kept"`,
  forget: `
    local body = redis.call("HGET", KEYS[2], ARGV[1])
    if not body then return 0 end
    local line = cjson.decode(body).line
    redis.call("ZREM", KEYS[1], ARGV[1])
    redis.call("HDEL", KEYS[2], ARGV[1])
    if redis.call("HINCRBY", KEYS[3], line, -1) <= 0 then redis.call("HDEL", KEYS[3], line) end
    redis.call("HINCRBY", KEYS[4], "text", -#body)
    return 1`,
  oldest: `
    local ids = redis.call("ZRANGE", KEYS[1], 0, tonumber(ARGV[1]) - 1)
    if #ids == 0 then return {} end
    return redis.call("HMGET", KEYS[2], unpack(ids))`,
  lease: `
    local owner = redis.call("GET", KEYS[5])
    if owner and owner ~= ARGV[1] then return 0 end
    redis.call("SET", KEYS[5], ARGV[1], "PX", ARGV[2])
    return 1`,
} as const;

export function redisSpool({ url, prefix, ...bounds }: RedisSpoolOptions): Spool {
  const { most, mostText } = { ...usualBounds, ...bounds };
  const redis = new Redis(url, {
    connectTimeout: answerWithin,
    commandTimeout: answerWithin,
    maxRetriesPerRequest: 1,
    retryStrategy: (times) => Math.min(2_000, 100 * times),
  });
  // Whoever asked is told of what went wrong; a connection that is cut is made anew.
  redis.on("error", () => undefined);
  // The braces keep the keys together where Redis is a cluster.
  const keys = ["order", "bodies", "lines", "size", "lease"].map((name) => `${prefix}{kept}:${name}`);
  const [order, , lines] = keys as [string, string, string];
  const run = (script: keyof typeof scripts, ...args: (string | number)[]) =>
    redis.eval(scripts[script], keys.length, ...keys, ...args);

  return {
    shared: true,
    async keep(kept) {
      const body = JSON.stringify(kept);
      return (await run("keep", kept.id, kept.line, body, most, mostText)) as "kept" | "known" | "full";
    },
    oldest: async (limit) =>
      ((await run("oldest", limit)) as readonly string[]).map((body) => JSON.parse(body) as KeptUpdate),
    forget: async (id) => void (await run("forget", id)),
    count: () => redis.zcard(order),
    lines: async () => new Set(await redis.hkeys(lines)),
    lease: async (owner, ms) => (await run("lease", owner, ms)) === 1,
    close: async () => redis.disconnect(),
  };
}
