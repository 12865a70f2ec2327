// Queues on one Redis that share a clock of the test's own: BullMQ asks Date.now(), leases alone go by real time.
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { Redis } from "ioredis";
import type { Clock } from "../../src/core/ports/clock.ts";
import type { Queue, Turn, Worker } from "../../src/core/ports/queue.ts";
import { type BullmqOptions, type BullmqQueue, bullmqQueue } from "../../src/jobs/drivers/bullmq.ts";
import type { QueueProcess, QueueStand } from "../contracts/queue.ts";
import { eventually } from "./eventually.ts";
import { silentLog } from "./queue-log.ts";
import type { RedisServer } from "./redis-server.ts";
import { seededSecrets } from "./secrets.ts";

const concurrency = 32;
/** ms of real time. */
const leaseMs = 600;
/** Once so much time (ms) has passed for the test, leases of the dead have run out. */
const leaseOver = 30_000;

const jobsKey = (name: string) => `peerspark:jobs:${name}`;

interface Instance {
  readonly queue: BullmqQueue;
  crash(): void;
  dead: boolean;
  taking: boolean;
  underWay: number;
  /** Calls that nobody may be waiting for. */
  asked: number;
}

export interface BullmqStand extends QueueStand {
  open(options?: { readonly alone?: boolean } & Partial<BullmqOptions>): Promise<QueueProcess>;
  /** FLUSHALL: turns of the dead are gone as well. */
  empty(): Promise<void>;
}

/** Empties the Redis first. */
export async function bullmqStand(server: RedisServer): Promise<BullmqStand> {
  await server.flush();
  const redis = new Redis(server.url);
  const clock = steppedClock();
  const realNow = Date.now;
  Date.now = clock.now;
  const instances: Instance[] = [];
  let orphans = 0;

  /** All that is due is under way or over, or nobody has room for it. */
  async function isSettled(): Promise<boolean> {
    const living = instances.filter(({ dead }) => !dead);
    const held = living.reduce((sum, { underWay }) => sum + underWay, 0);
    const counted = await redis
      .pipeline()
      .zcard(jobsKey("prioritized"))
      .llen(jobsKey("wait"))
      .llen(jobsKey("active"))
      .zcount(jobsKey("delayed"), 0, (clock.now() + 1) * 0x1000 - 1)
      .exec();
    const [prioritized = 0, wait = 0, active = 0, late = 0] = counted!.map(([, count]) => count as number);
    if (active !== held + orphans || living.some(({ asked }) => asked > 0)) return false;
    const room = living.some(({ taking, underWay }) => taking && underWay < concurrency);
    if (room && late > 0) await redis.zadd(jobsKey("marker"), 0, "0");
    return !room || prioritized + wait + late === 0;
  }

  async function settle(): Promise<void> {
    const until = performance.now() + 20_000;
    for (let still = 0; still < 3; ) {
      if (performance.now() > until) throw new Error("the queues do not come to rest");
      still = (await isSettled()) ? still + 1 : 0;
      await new Promise((resolve) => setTimeout(resolve, still ? 1 : 3));
    }
  }

  async function nextDue(): Promise<number> {
    const [, score] = await redis.zrangebyscore(
      jobsKey("delayed"),
      clock.now() * 0x1000 + 0x1000,
      "+inf",
      "WITHSCORES",
      "LIMIT",
      0,
      1,
    );
    return score === undefined ? Number.POSITIVE_INFINITY : Math.floor(Number(score) / 0x1000);
  }

  return {
    now: clock.now,
    jump: clock.jump,
    async pass(ms) {
      let left = ms;
      await settle();
      for (;;) {
        const someoneWorks = instances.some(({ taking, dead }) => taking && !dead);
        const due = someoneWorks ? (await nextDue()) - clock.now() : Number.POSITIVE_INFINITY;
        const step = Math.min(left, due, clock.untilNext());
        left -= step;
        clock.step(step);
        await settle();
        if (left === 0 && clock.untilNext() > 0) break;
      }
      if (ms >= leaseOver && orphans > 0) {
        orphans = 0;
        await eventually(async () => (await redis.llen(jobsKey("active"))) === 0);
        await settle();
      }
    },
    async open({ alone, ...options } = {}) {
      const tunnel = await tunnelTo(server.port);
      const seed = instances.length + 1;
      const queue = await bullmqQueue({
        url: tunnel.url,
        clock,
        secrets: seededSecrets(clock, seed),
        log: silentLog,
        concurrency,
        leaseMs,
        watchMs: alone ? Number.POSITIVE_INFINITY : 15_000,
        ...options,
      });
      const instance: Instance = {
        queue: watched(queue, () => instance),
        dead: false,
        taking: false,
        underWay: 0,
        asked: 0,
        crash() {
          orphans += instance.underWay;
          instance.dead = true;
          tunnel.close();
        },
      };
      instances.push(instance);
      return instance;
    },
    async empty() {
      await eventually(() => instances.every(({ asked, dead }) => dead || asked === 0));
      await server.flush();
      orphans = 0;
    },
    async close() {
      const stopped = instances.map(({ queue }) => queue.stop(0));
      clock.step(0);
      await Promise.all(stopped);
      for (const { queue, crash } of instances) {
        crash();
        void queue.close();
      }
      await redis.quit();
      Date.now = realNow;
    },
  };
}

/** Counts what is under way and what is asked. */
function watched(queue: BullmqQueue, of: () => Instance): BullmqQueue {
  const counting =
    (work: Worker) =>
    async (turn: Turn): ReturnType<Worker> => {
      of().underWay++;
      try {
        return await work(turn);
      } finally {
        of().underWay--;
      }
    };
  const start: Queue["start"] = (work) => {
    of().taking = true;
    queue.start(counting(work));
  };
  const stop: Queue["stop"] = (withinMs) => {
    of().taking = false;
    return queue.stop(withinMs);
  };
  const asking = async (work: Promise<void>): Promise<void> => {
    of().asked++;
    await work.finally(() => of().asked--);
  };
  const enqueue: Queue["enqueue"] = (requests) => asking(queue.enqueue(requests));
  const cancel: Queue["cancel"] = (key) => asking(queue.cancel(key));
  return { ...queue, enqueue, cancel, start, stop };
}

interface SteppedClock extends Clock {
  /** ms until the next timer rings; 0 for one that should have. */
  untilNext(): number;
  /** Lets so much time pass and rings what is due. */
  step(ms: number): void;
  jump(ms: number): void;
}

function steppedClock(): SteppedClock {
  const timers = new Map<symbol, { readonly at: number; readonly ring: () => void }>();
  let passed = 0;
  let offset = Date.parse("2026-03-02T09:00:00Z");
  return {
    now: () => passed + offset,
    after(ms, ring) {
      const id = Symbol("timer");
      timers.set(id, { at: passed + Math.max(0, ms), ring });
      return () => void timers.delete(id);
    },
    untilNext: () => Math.max(0, Math.min(...[...timers.values()].map(({ at }) => at)) - passed),
    step(ms) {
      passed += ms;
      for (const [id, { at, ring }] of [...timers]) if (at <= passed && timers.delete(id)) ring();
    },
    jump(ms) {
      offset += ms;
    },
  };
}

/** A way to Redis that can be cut for good. */
async function tunnelTo(port: number): Promise<{ readonly url: string; close(): void }> {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => open.delete(one) && other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
