// The queue on Redis, for any number of processes: BullMQ keeps the jobs, and what Redis loses the sweeps put back.
import { Queue as BullQueue, Worker as BullWorker } from "bullmq";
import { AppError } from "../../core/errors.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { JobRequest, Queue } from "../../core/ports/queue.ts";
import type { Secrets } from "../../core/ports/secrets.ts";
import { checked, checkInterval } from "../request.ts";
import { jobTexts } from "../texts.ts";
import type { boardOf } from "./bullmq/board.ts";
import { checkRedis, connections, inTime, isFull, unavailable } from "./bullmq/connection.ts";
import { type LetterData, lettersIn } from "./bullmq/dead.ts";
import { absent, idOfKey, type JobData, jobOf, type NewJob, newJob, overdue } from "./bullmq/record.ts";
import { recurring as recurringIn } from "./bullmq/recurring.ts";
import { turns } from "./bullmq/turns.ts";

export interface BullmqOptions {
  /** `redis://` or `rediss://`. */
  readonly url: string;
  readonly clock: Clock;
  readonly secrets: Pick<Secrets, "id">;
  readonly log: Log;
  /** Turns under way at once: 32. */
  readonly concurrency?: number;
  /** A turn whose process died is given again after this long: 30 s. */
  readonly leaseMs?: number;
  /** How often is looked whether recurring jobs are still there: every 15 s. */
  readonly watchMs?: number;
}

export interface BullmqQueue extends Queue {
  /** Lets go of Redis when that has answered what it was asked, or has not within a second; nothing is asked any more. */
  close(): Promise<void>;
  /** Its pages for the operator, an express router. @param path where it is mounted. */
  board(path: string): Promise<ReturnType<typeof boardOf>>;
}

const prefix = "peerspark";
/** As many jobs go to Redis in one transaction. */
const batch = 500;
const many = 50;
/** ms that a Redis which does not answer holds up the end of the process. */
const leaveWithin = 1_000;

/**
 * Turns are given at least once: one that ended right before its process died is given again.
 * @throws AppError `unavailable` where Redis does not answer, `unsupported` where it would drop jobs.
 */
export async function bullmqQueue(options: BullmqOptions): Promise<BullmqQueue> {
  const { url, clock, secrets, log, concurrency = 32, leaseMs = 30_000, watchMs = 15_000 } = options;
  const redis = connections(url, log);
  const { commands } = redis;
  const refuse = (error: unknown): never => {
    redis.close();
    throw error;
  };
  await checkRedis(redis, log).catch(refuse);
  // Nobody reads BullMQ's stream of events.
  const quiet = { prefix, connection: commands, streams: { events: { maxLen: 100 } } } as const;
  const jobs = new BullQueue<JobData>("jobs", quiet);
  const letters = new BullQueue<LetterData>("dead", quiet);
  for (const each of [jobs, letters]) each.on("error", () => undefined);
  const recurring = recurringIn(jobs, commands, clock);
  let running: { stop(withinMs: number): Promise<void> } | undefined;
  /** What was asked of Redis and is not answered yet; who asked may not wait for it. */
  const calls = new Set<Promise<unknown>>();

  const asked = <T>(work: Promise<T>): Promise<T> =>
    inTime(work).catch((error) => {
      throw error instanceof AppError ? error : unavailable(error);
    });

  // What BullMQ asks of Redis first it does not ask again: a Redis that stands still just then would leave it without an answer.
  await asked(Promise.all([jobs.waitUntilReady(), letters.waitUntilReady()])).catch(refuse);

  function noted<T>(call: Promise<T>): Promise<T> {
    calls.add(call);
    const over = () => calls.delete(call);
    call.then(over, over);
    return call;
  }

  /** Many at once come from sweeps, and as a rule all of them are there: so that is asked first, in one command. */
  async function add(some: readonly NewJob[]): Promise<void> {
    const missing = some.length < many ? some : await absent(commands, jobs, some);
    if (missing.length > 0) await jobs.addBulk([...missing]);
  }

  /** Looks after the recurring jobs as long as this process works; so it finds out that Redis is full. */
  function watch(): () => void {
    let cancel = () => {};
    let full = false;
    const look = () => {
      cancel = clock.after(watchMs, look);
      inTime(recurring.restore()).then(
        () => {
          full = false;
        },
        (error) => {
          if (isFull(error) && !full) log.warn({}, "Redis is full: no job is given its turn until it has room", error);
          else log.debug({ error: undefined }, `not restored: ${error.message}`);
          full ||= isFull(error);
        },
      );
    };
    if (watchMs < Number.POSITIVE_INFINITY) cancel = clock.after(watchMs, look);
    return () => cancel();
  }

  async function enqueue(requests: readonly JobRequest[]): Promise<void> {
    const now = clock.now();
    const all = requests.map((request) => jobOf(checked(request, now, secrets.id), now, secrets.id));
    for (let at = 0; at < all.length; at += batch) await asked(add(all.slice(at, at + batch)));
  }

  return {
    enqueue: (requests) => noted(enqueue(requests)),

    inCommit: () => undefined,
    cancelInCommit: () => undefined,

    async cancel(key) {
      await noted(asked(jobs.remove(idOfKey(key))));
    },

    async repeat(name, everyMs, request) {
      checkInterval(everyMs);
      const { job, input, priority, correlation } = checked(request, clock.now(), () => name);
      await asked(recurring.define(name, { job, input, priority, correlation, every: everyMs }));
    },

    start(work) {
      if (running) throw new Error("the queue has started already");
      const { process, held, abandon } = turns({ recurring, letters, clock, log }, work);
      const worker = new BullWorker<JobData>(jobs.name, process, {
        prefix,
        connection: redis.work(),
        concurrency,
        lockDuration: leaseMs,
        skipLockRenewal: true,
        stalledInterval: leaseMs / 2,
        // How often a job may be given again the worker decides, by its attempts.
        maxStalledCount: Number.MAX_SAFE_INTEGER,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
        runRetryDelay: 1000,
      });
      worker.on("error", (error) => log.debug({}, `BullMQ: ${error.message}`));
      // BullMQ's own renewal goes by the wall clock and rests for an hour when that is set back by one.
      const renewal = setInterval(() => {
        const { ids, tokens } = held();
        if (ids.length > 0) worker.extendJobLocks(ids, tokens, leaseMs).catch(() => undefined);
      }, leaseMs / 3);
      const unwatch = watch();
      running = {
        async stop(withinMs) {
          unwatch();
          const closed = worker.close();
          const late = Promise.withResolvers<void>();
          const cancel = clock.after(withinMs, late.resolve);
          await Promise.race([closed, late.promise]);
          cancel();
          clearInterval(renewal);
          abandon();
          await inTime(closed, leaveWithin).catch(() => undefined);
        },
      };
    },

    async stop(withinMs) {
      const stopping = running;
      running = undefined;
      await stopping?.stop(withinMs);
    },

    async counts() {
      const now = clock.now();
      const [{ prioritized = 0, wait = 0, active = 0, delayed = 0 }, late, ticking, dead] = await asked(
        Promise.all([
          jobs.getJobCounts("prioritized", "wait", "active", "delayed"),
          overdue(commands, jobs, now),
          recurring.counts(),
          letters.getWaitingCount(),
        ]),
      );
      const due = prioritized + wait + active;
      return { pending: due + delayed - ticking.all, due: due + late - ticking.due, dead };
    },

    board: async (path) => (await import("./bullmq/board.ts")).boardOf([jobs, letters], path),

    async close() {
      await inTime(Promise.allSettled(calls), leaveWithin).catch(() => undefined);
      redis.close();
    },

    dead: (limit) => asked(lettersIn(letters, limit)),

    async replay(id) {
      const letter = await asked(letters.getJob(id));
      if (!letter) throw new AppError("not_found", jobTexts.say("noLetter", id));
      const { jobId, input, correlation, priority } = letter.data;
      if (await asked(jobs.getJob(jobId))) throw new AppError("conflict", jobTexts.say("waiting"));
      const again = newJob(jobId, letter.name, { i: input, c: correlation, r: clock.now() }, { priority, delay: 0 });
      await asked(jobs.add(again.name, again.data, again.opts));
      await asked(letters.remove(id));
    },
  };
}
