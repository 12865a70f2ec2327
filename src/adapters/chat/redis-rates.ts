// The pace of all processes, kept in Redis: a generic cell rate algorithm by Redis' own clock, in one script and one round trip.
import { Redis } from "ioredis";
import type { Log } from "../../core/ports/log.ts";
import type { Line } from "./pace.ts";
import type { SharedRates } from "./shared-pace.ts";

/** ms; a Redis that takes longer is left out of it. */
const answerWithin = 250;
/** ms for which it is not asked again after it has failed. */
const rest = 1_000;
const minute = 60_000;

/**
 * KEYS: two a line, its theoretical arrival time and its latest reservations. ARGV: patience, then spacing, burst and
 * how many a minute (0: any) of each line. Answers the ms to wait.
 */
const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local at = now
local even = {}
for i = 1, #KEYS, 2 do
  local arg = 2 + (i - 1) / 2 * 3
  local spacing, burst, count = tonumber(ARGV[arg]), tonumber(ARGV[arg + 1]), tonumber(ARGV[arg + 2])
  even[i] = math.max(now, tonumber(redis.call('GET', KEYS[i]) or 0))
  at = math.max(at, even[i] - (burst - 1) * spacing)
  local oldest = count > 0 and redis.call('LINDEX', KEYS[i + 1], count - 1)
  if oldest then at = math.max(at, tonumber(oldest) + ${minute}) end
end
if at - now > tonumber(ARGV[1]) then return math.ceil(at - now) end
for i = 1, #KEYS, 2 do
  local arg = 2 + (i - 1) / 2 * 3
  local spacing, count = tonumber(ARGV[arg]), tonumber(ARGV[arg + 2])
  local new = math.max(even[i], at) + spacing
  redis.call('SET', KEYS[i], string.format('%.3f', new), 'PX', math.ceil(new - now) + 1000)
  if count > 0 then
    redis.call('LPUSH', KEYS[i + 1], string.format('%.0f', at))
    redis.call('LTRIM', KEYS[i + 1], 0, count - 1)
    redis.call('PEXPIRE', KEYS[i + 1], ${2 * minute})
  end
end
return math.ceil(at - now)
`;

/** KEYS: a line's theoretical arrival time. ARGV: ms of quiet, spacing, burst. */
const holdScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local new = now + ARGV[1] + (ARGV[3] - 1) * ARGV[2]
if new > tonumber(redis.call('GET', KEYS[1]) or 0) then
  redis.call('SET', KEYS[1], string.format('%.3f', new), 'PX', math.ceil(new - now) + 1000)
end
`;

const evenKey = ({ key }: Line): string => `peerspark:rate:${key}`;

/** A Redis that is away stops nobody from sending: all are told so by `undefined`. */
export function redisRates(url: string, log: Log): SharedRates & { close(): void } {
  const redis = new Redis(url, {
    commandTimeout: answerWithin,
    connectTimeout: 5_000,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (times) => Math.min(100 * 2 ** times, 5_000),
  });
  redis.on("error", () => undefined);
  let restsUntil = 0;

  async function asked<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (performance.now() < restsUntil) return undefined;
    try {
      return await work();
    } catch (error) {
      if (restsUntil === 0 || performance.now() > restsUntil + 60_000)
        log.warn({}, "Redis does not say how fast all processes may send; each goes by its own pace", error);
      restsUntil = performance.now() + rest;
      return undefined;
    }
  }

  return {
    take(lines, patienceMs) {
      const keys = lines.flatMap((line) => [evenKey(line), `${evenKey(line)}:sent`]);
      const rates = lines.flatMap(({ spacing, burst, perMinute = 0 }) => [spacing, burst, perMinute]);
      return asked(async () => Number(await redis.eval(takeScript, keys.length, ...keys, patienceMs, ...rates)));
    },
    async hold(line, ms) {
      await asked(() => redis.eval(holdScript, 1, evenKey(line), ms, line.spacing, line.burst));
    },
    close: () => redis.disconnect(),
  };
}
