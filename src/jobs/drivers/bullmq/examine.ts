// What `npm run doctor` finds in Redis: whether it answers and drops nothing. It changes nothing.
import { Redis } from "ioredis";
import type { Finding } from "../../../core/ports/platform.ts";
import { evictionPolicy, inTime } from "./connection.ts";

/** @param at its name for people, without a password. */
export async function examineRedis(url: string, at: string): Promise<readonly Finding[]> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, connectTimeout: 5_000, retryStrategy: () => null });
  let why = "no answer";
  redis.on("error", ({ message }) => {
    why = message;
  });
  try {
    const policy = await inTime(evictionPolicy(redis));
    const version = /^redis_version:(\S+)/m.exec(await inTime(redis.info("server")).catch(() => ""))?.[1];
    const isFull = full(await inTime(redis.info("memory")).catch(() => ""));
    return [
      { state: "well", what: `${at} answers${version ? ` (Redis ${version})` : ""}` },
      ...judged(policy),
      ...(isFull ? [noRoom] : []),
    ];
  } catch {
    const remedy = "Check REDIS_URL and that Redis runs, or unset REDIS_URL to keep jobs in the store.";
    return [{ state: "broken", what: `${at} does not answer (${why})`, remedy }];
  } finally {
    redis.disconnect();
  }
}

function judged(policy: string | undefined): readonly Finding[] {
  if (policy === "noeviction") return [];
  const remedy = "Run redis-cli CONFIG SET maxmemory-policy noeviction, and set it in redis.conf or at your host too.";
  if (policy === undefined) return [{ state: "warning", what: "it does not say its maxmemory-policy", remedy }];
  return [{ state: "broken", what: `it would drop jobs: its maxmemory-policy is ${policy}`, remedy }];
}

const noRoom: Finding = {
  state: "broken",
  what: "it is full and takes no more jobs",
  remedy: "Give it more memory (maxmemory), or remove what else is in it.",
};

/** By its INFO memory, in bytes; without a limit it never is. */
function full(info: string): boolean {
  const figure = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, "m").exec(info)?.[1] ?? 0);
  return figure("maxmemory") > 0 && figure("used_memory") >= figure("maxmemory");
}
