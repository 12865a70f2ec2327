// The queue on Redis against BullMQ by itself, on a Redis of the benchmark's own; and a sweep over reminders that lack nothing.
import { Queue as BullQueue, Worker as BullWorker } from "bullmq";
import { Redis } from "ioredis";
import { systemClock } from "../src/adapters/clock.ts";
import { cryptoSecrets } from "../src/adapters/secrets.ts";
import { bullmqQueue } from "../src/jobs/drivers/bullmq.ts";
import { silentLog } from "../tests/support/queue-log.ts";
import { redisServer } from "../tests/support/redis-server.ts";
import { sweepMs } from "./bullmq/sweep.ts";
import { type Figure, median, milliseconds, percentile, perSecond } from "./table.ts";

const many = 10_000;
const rounds = 5;
const concurrency = 50;
/** Both sides have their jobs in place by then (ms). */
const dueIn = 4_000;
const delayed = 5_000;
const input = { reminder: "01jc2q4w7e8r9t0y1v2b3n4m5k", member: "01jc2q4w7e8r9t0y1v2b3n4m5p", occurrence: 1 };
const clock = systemClock();
const keyOf = (n: number) => `reminder:01jc2q4w7e8r9t0y1v2b3n4m5k:${1_790_000_000_000 + n}`;

/** Medians of five alternating rounds; handlers do nothing, every job has a key. */
export async function bullmqBench(): Promise<Figure[]> {
  const server = await redisServer();
  try {
    const [speed, lateness] = [sides(), sides()];
    for (let round = 0; round < rounds; round++) {
      for (const [side, run] of [
        ["bare", bare],
        ["ours", ours],
      ] as const) {
        await server.flush();
        speed[side].push((await run(server.url)).perSecond);
        await server.flush();
        lateness[side].push(percentile((await run(server.url, Date.now() + dueIn)).late, 0.99));
      }
    }
    const bytes = { bare: await bytesEach(server, fillBare), ours: await bytesEach(server, fillOurs) };
    const name = `p99 lateness of ${many} jobs due at once`;
    return [
      perSecond(`BullMQ: jobs a second, ${concurrency} at once`, median(speed.ours), median(speed.bare), 0.8),
      milliseconds(`BullMQ: ${name}`, median(lateness.ours), median(lateness.bare), 1.3),
      {
        name: "BullMQ: bytes of Redis for a delayed job",
        ours: bytes.ours.toFixed(0),
        against: `${bytes.bare.toFixed(0)} (bare BullMQ)`,
        ratio: bytes.ours / bytes.bare,
        target: 1.2,
        sense: "most",
      },
      await sweepFigure(server.url, () => server.flush(), "in the next sixty days", 60 * 24 * 3_600_000),
      await sweepFigure(server.url, () => server.flush(), "in the next minute", 60_000),
    ];
  } finally {
    await server.close();
  }
}

const sides = () => ({ bare: [] as number[], ours: [] as number[] });

async function sweepFigure(url: string, flush: () => Promise<void>, when: string, within: number): Promise<Figure> {
  await flush();
  const took = await sweepMs(url, 100_000, within);
  const name = `a sweep over 100 000 pending reminders due ${when}, none missing`;
  return milliseconds(name, took, 1000, 1);
}

interface Run {
  readonly perSecond: number;
  /** ms from the due time to the handler's start. */
  readonly late: readonly number[];
}

const exactNow = () => performance.timeOrigin + performance.now();

/** Counts what is handled, and from when on. */
function counting(runAt: number) {
  const late: number[] = [];
  const done = Promise.withResolvers<void>();
  const begun = performance.now();
  const handle = async (): Promise<undefined> => {
    if (late.push(exactNow() - runAt) === many) done.resolve();
  };
  const over = async (): Promise<Run> => {
    await done.promise;
    return { perSecond: (many / (performance.now() - begun)) * 1000, late };
  };
  return { handle, over };
}

async function ours(url: string, runAt = Date.now()): Promise<Run> {
  const queue = await bullmqQueue({ url, clock, secrets: cryptoSecrets("bench", clock), log: silentLog, concurrency });
  await queue.enqueue(jobs((n) => ({ job: "bench.job", input: { ...input, n }, key: keyOf(n), runAt })));
  const { handle, over } = counting(runAt);
  queue.start(handle);
  const run = await over();
  await queue.stop(10_000);
  queue.close();
  return run;
}

async function bare(url: string, runAt?: number): Promise<Run> {
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  const queue = new BullQueue("bare", { connection: redis });
  const delay = runAt === undefined ? 0 : runAt - Date.now();
  await bulk(queue, delay);
  const { handle, over } = counting(runAt ?? Date.now());
  const worker = new BullWorker("bare", handle, { connection: redis, concurrency, removeOnComplete: { count: 0 } });
  const run = await over();
  await worker.close();
  redis.disconnect();
  return run;
}

const jobs = <T>(make: (n: number) => T, count = many): T[] => Array.from({ length: count }, (_, n) => make(n));

async function bulk(queue: BullQueue, delay: number, count = many): Promise<void> {
  const all = jobs(
    (n) => ({ name: "bench.job", data: { ...input, n }, opts: { delay, jobId: keyOf(n).replaceAll(":", "-") } }),
    count,
  );
  for (let at = 0; at < count; at += 500) await queue.addBulk(all.slice(at, at + 500));
}

async function bytesEach(
  { url, flush, ask }: Awaited<ReturnType<typeof redisServer>>,
  fill: (url: string) => Promise<void>,
): Promise<number> {
  await flush();
  const redis = new Redis(url);
  const used = async () => Number(/used_memory:(\d+)/.exec(await redis.info("memory"))![1]);
  await ask("SCRIPT FLUSH");
  const before = await used();
  await fill(url);
  const after = await used();
  redis.disconnect();
  return (after - before) / delayed;
}

async function fillOurs(url: string): Promise<void> {
  const queue = await bullmqQueue({ url, clock, secrets: cryptoSecrets("bench", clock), log: silentLog });
  const runAt = Date.now() + 40 * 24 * 3_600_000;
  const correlation = "01jc2q4w7e8r9t0y1v2b3n4m5q";
  await queue.enqueue(
    jobs((n) => ({ job: "bench.job", input: { ...input, n }, key: keyOf(n), runAt: runAt + n, correlation }), delayed),
  );
  queue.close();
}

async function fillBare(url: string): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  // Its stream of events is kept as short as ours, so that jobs alone are weighed.
  await bulk(
    new BullQueue("bare", { connection: redis, streams: { events: { maxLen: 100 } } }),
    40 * 24 * 3_600_000,
    delayed,
  );
  redis.disconnect();
}
