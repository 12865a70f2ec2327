// Lateness of the embedded queue: 10 000 jobs due in the same millisecond, against a bare polling loop on node:sqlite.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { systemClock } from "../src/adapters/clock.ts";
import { cryptoSecrets } from "../src/adapters/secrets.ts";
import { openSqlite } from "../src/adapters/store/sqlite.ts";
import type { Log } from "../src/core/ports/log.ts";
import { embeddedQueue, jobCollections } from "../src/jobs/drivers/embedded.ts";
import { type Figure, median, percentile, tableOf } from "./table.ts";

const many = 10_000;
const rounds = 5;
/** Both sides have their jobs in place by then (ms). */
const dueIn = 1500;
const input = { reminder: "01jc2q4w7e8r9t0y1v2b3n4m5k", member: "01jc2q4w7e8r9t0y1v2b3n4m5p", occurrence: 1 };

/** Lateness is the handler's start minus the due time, in ms; medians of five alternating rounds. */
export async function queueBench(): Promise<Figure[]> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const folder = await mkdtemp(join(tmpdir(), "peerspark-bench-"));
    try {
      bare.push(percentile99(await bareLoop(join(folder, "bare.db"))));
      ours.push(percentile99(await embedded(join(folder, "embedded.db"))));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const [mine, theirs] = [median(ours), median(bare)];
  return [
    {
      name: `embedded queue: p99 lateness of ${many} jobs due at once`,
      ours: `${mine.toFixed(0)} ms`,
      against: `${theirs.toFixed(0)} ms (bare node:sqlite loop)`,
      ratio: mine / theirs,
      target: 2,
      sense: "most",
    },
  ];
}

async function embedded(path: string): Promise<number[]> {
  const clock = systemClock();
  const store = await openSqlite({ path, collections: jobCollections });
  const queue = embeddedQueue({ store, clock, secrets: cryptoSecrets("bench", clock), log: silent });
  const runAt = Date.now() + dueIn;
  await queue.enqueue(Array.from({ length: many }, (_, n) => ({ job: "bench.job", input: { ...input, n }, runAt })));
  const done = Promise.withResolvers<void>();
  const late: number[] = [];
  queue.start(async () => {
    if (late.push(exactNow() - runAt) === many) done.resolve();
    return undefined;
  });
  await done.promise;
  await queue.stop(10_000);
  const { pending } = await queue.counts();
  if (pending > 0) throw new Error(`${pending} jobs were left`);
  await store.close();
  return late;
}

/** Select what is due, run it, delete it by id; each deletion is a commit. The pragmas are those of our store. */
async function bareLoop(path: string): Promise<number[]> {
  const db = new DatabaseSync(path);
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY");
  db.exec("CREATE TABLE jobs (id TEXT PRIMARY KEY, due INTEGER NOT NULL, job TEXT NOT NULL, input TEXT NOT NULL)");
  db.exec("CREATE INDEX jobs_due ON jobs (due)");
  const runAt = Date.now() + dueIn;
  const insert = db.prepare("INSERT INTO jobs VALUES (?, ?, ?, ?)");
  const secrets = cryptoSecrets("bench", { now: Date.now });
  db.exec("BEGIN");
  for (let n = 0; n < many; n++) insert.run(secrets.id(), runAt, "bench.job", JSON.stringify({ ...input, n }));
  db.exec("COMMIT");
  const select = db.prepare("SELECT id, job, input FROM jobs WHERE due <= ? ORDER BY due LIMIT 100");
  const remove = db.prepare("DELETE FROM jobs WHERE id = ?");
  const late: number[] = [];
  const work = async (_job: string, _input: unknown): Promise<void> => void late.push(exactNow() - runAt);
  while (late.length < many) {
    for (const { id, job, input: text } of select.all(Date.now())) {
      await work(job as string, JSON.parse(text as string));
      remove.run(id!);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  db.close();
  return late;
}

const exactNow = () => performance.timeOrigin + performance.now();
const percentile99 = (values: readonly number[]): number => percentile(values, 0.99);

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  with: () => silent,
};

if (import.meta.main) process.stdout.write(`${tableOf(await queueBench())}\n`);
