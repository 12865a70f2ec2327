// One chaos run: thousands of reminders over three apps, while workers die, Redis dies and is emptied, and sends meet with accidents.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { programs } from "../support/program.ts";
import { redisServer } from "../support/redis-server.ts";
import { apps } from "./apps.ts";
import { dice } from "./dice.ts";
import type { Accident, AppName } from "./front.ts";
import { openStoreIn, planned } from "./members.ts";
import { type Verdict, verdict, waiting } from "./verdict.ts";
import { workers } from "./workers.ts";

export interface ChaosOptions {
  readonly seed: number;
  readonly people: number;
  /** Reminders each. */
  readonly each: number;
  /** ms in which they fall due. */
  readonly lasts: number;
  /** ms after the last is due in which all must be settled. */
  readonly settles: number;
  readonly say: (line: string) => void;
}

export interface Outcome extends Verdict {
  readonly kills: number;
  readonly accidents: Readonly<Partial<Record<Accident, number>>>;
  /** What still waited at the end; 0 in a good run. */
  readonly waiting: number;
}

/** Of the sends that meet with one; deaths among them are rarer than a process takes to come back. */
const shares: Readonly<Record<Accident, number>> = {
  "killed before": 0.003,
  "killed when acted": 0.003,
  "killed when answered": 0.004,
  limited: 0.03,
  broken: 0.015,
  hangs: 0.001,
  "hangs when acted": 0.001,
  cut: 0.008,
  "cut when acted": 0.008,
};
const platforms = ["discord", "slack", "telegram"] as const satisfies readonly AppName[];

export async function chaos({ seed, people, each, lasts, settles, say }: ChaosOptions): Promise<Outcome> {
  const chance = dice(seed);
  const [redis, world, house] = await Promise.all([redisServer({ durable: true }), apps(), programs()]);
  await mkdir(join(house.folder, "data"), { recursive: true });
  const store = await openStoreIn(house.folder);
  const accidents: Partial<Record<Accident, number>> = {};
  const env = { REDIS_URL: redis.url, LOG_LEVEL: "error" };
  let raging = true;
  const accident = () => {
    const met = raging ? chance.one(shares) : undefined;
    if (met) accidents[met] = (accidents[met] ?? 0) + 1;
    return met;
  };
  const everybody = Array.from({ length: people }, (_, index) =>
    world.person(platforms[index % 3]!, `Member ${index}`),
  );
  const from = Date.now() + 8_000;
  const told = await planned(store, { people: everybody, each, from, until: from + lasts });
  const chat = await house.serve({ ...env, ...world.env(world.urls), ROLES: "chat,http" });
  const crew = await workers({ house, apps: world, env, count: 3, accident });
  const at = (share: number) => pause(Math.max(0, from + lasts * share - Date.now()));
  try {
    const troubles: readonly (readonly [share: number, what: string, act: () => Promise<void>])[] = [
      [0.1, "a worker is restarted", () => crew.restart(0)],
      [
        0.2,
        "Redis is killed and comes back",
        async () =>
          redis
            .kill()
            .then(() => pause(2_000))
            .then(() => redis.start()),
      ],
      [0.3, "a worker is killed", async () => crew.kill(1)],
      [0.4, "Redis stands still", async () => void redis.freeze()],
      [0.48, "Redis goes on", async () => void redis.thaw()],
      [0.6, "Redis is flushed", () => redis.flush()],
      [0.7, "all workers are killed", async () => [0, 1, 2].forEach(crew.kill)],
      [0.8, "a new, empty Redis", async () => redis.kill().then(() => redis.start({ empty: true }))],
      [0.9, "all workers are restarted", async () => void (await Promise.all([0, 1, 2].map(crew.restart)))],
    ];
    for (const [share, what, act] of troubles) {
      await at(share);
      say(`${what}; ${await waiting(store)} of ${people * each} wait`);
      await act();
    }
    await at(1);
    raging = false;
    for (const end = Date.now() + settles; Date.now() < end && (await waiting(store)) > 0; ) await pause(1_000);
    const left = await waiting(store);
    return { ...(await verdict(store, told)), kills: crew.kills, accidents, waiting: left };
  } finally {
    chat.signal("SIGTERM");
    await Promise.all([crew.close(), chat.ended]);
    await store.close();
    await Promise.all([house.close(), world.close(), redis.close()]);
  }
}
