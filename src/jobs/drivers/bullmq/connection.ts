// Connections to Redis: how long they wait, how they come back, and whether that Redis may hold jobs at all.
import { Redis, type RedisOptions } from "ioredis";
import { AppError } from "../../../core/errors.ts";
import type { Log } from "../../../core/ports/log.ts";
import { jobTexts } from "../../texts.ts";

export interface Connections {
  /** For everything but the worker: no command takes longer than five seconds, answered or not. */
  readonly commands: Redis;
  /** For the worker, which waits for as long as Redis is away. */
  work(): Redis;
  /** Why Redis could not be reached last. */
  trouble(): string | undefined;
  /** At once; what is under way goes unheard. */
  close(): void;
}

/** ms. */
const answerWithin = 5_000;
/** ms; a worker's longest wait for a job is ten seconds, so a connection that is silent for longer is dead. */
const silentFor = 30_000;

/** A replica that was a master a moment ago says READONLY: connect anew, to whoever has its name now, and say it again. */
const shared: RedisOptions = {
  connectTimeout: 5_000,
  keepAlive: 10_000,
  retryStrategy: (times) => Math.min(50 * 2 ** times, 2_000),
  reconnectOnError: ({ message }) => (message.startsWith("READONLY") ? 2 : false),
};

export function connections(url: string, log: Log): Connections {
  const open: Redis[] = [];
  let trouble: string | undefined;
  const connected = (options: RedisOptions): Redis => {
    const redis = new Redis(url, { ...shared, ...options });
    let away = false;
    redis.on("error", (error) => {
      trouble = error.message;
      if (!away) log.warn({}, "Redis does not answer; PeerSpark keeps trying", error);
      away = true;
    });
    redis.on("ready", () => {
      if (away) log.info({}, "Redis answers again");
      away = false;
    });
    open.push(redis);
    return redis;
  };
  return {
    commands: connected({ commandTimeout: answerWithin, maxRetriesPerRequest: null }),
    trouble: () => trouble,
    work: () => connected({ socketTimeout: silentFor, maxRetriesPerRequest: null }),
    close() {
      for (const redis of open) redis.disconnect();
    },
  };
}

/** What Redis does when its memory is full; undefined where it may be asked by neither CONFIG nor INFO. */
export async function evictionPolicy(redis: Pick<Redis, "config" | "info">): Promise<string | undefined> {
  try {
    const answer = (await redis.config("GET", "maxmemory-policy")) as string[];
    if (answer[1]) return answer[1];
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  try {
    return /^maxmemory_policy:(\S+)/m.exec(await redis.info("memory"))?.[1];
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return undefined;
  }
}

/** Hosted ones hide CONFIG, and an ACL may forbid either. */
const isRefusal = (error: unknown) =>
  error instanceof Error && /^(NOPERM|ERR unknown|ERR.*not allowed)/i.test(error.message);

/** @throws AppError `unavailable` where Redis does not answer, `unsupported` where it would drop jobs. */
export async function checkRedis({ commands, trouble }: Connections, log: Log): Promise<void> {
  const policy = await inTime(evictionPolicy(commands)).catch((error: Error) => {
    throw new AppError("unavailable", jobTexts.say("noRedisAt", trouble() ?? error.message), { cause: error });
  });
  if (policy === undefined)
    log.warn({}, "Redis does not say its maxmemory-policy: make sure that it is noeviction, or jobs may be dropped");
  else if (policy !== "noeviction") throw new AppError("unsupported", jobTexts.say("evicts", policy));
}

/** Commands that wait for a connection are not timed by the client, so this does. What was sent may still happen. */
export async function inTime<T>(work: Promise<T>, ms = answerWithin): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no answer within ${ms / 1000} s`)), ms);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

/** Its memory is used up: it refuses what would take more, as every job does. */
export const isFull = ({ message }: Error): boolean => /\bOOM\b/.test(message);

/** Whether Redis did what it was asked is unknown; keys make it safe to ask again. */
export const unavailable = (cause: Error): AppError =>
  isFull(cause)
    ? new AppError("unavailable", jobTexts.say("full"), { cause })
    : new AppError("unavailable", jobTexts.say("noRedis"), { cause, detail: { unknown: true } });
