// Recurring jobs in Redis: one job for good under its name, which waits for its next turn when one ends.
import type { Redis } from "ioredis";
import { z } from "zod";
import { just } from "../../../core/plain-shapes.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import { nextTurn } from "../../request.ts";
import { dueAt, idOfRecurring, type JobQueue, newJob, type StoredJob } from "./record.ts";

const Definition = z.object({
  job: just.string,
  input: z.record(just.string, z.unknown()),
  correlation: just.string,
  priority: z.number(),
  /** ms from turn to turn. */
  every: z.number(),
});
export type Definition = z.output<typeof Definition>;

export interface Recurring {
  /** From now on the job runs so; a turn that would come later than it should comes now. */
  define(name: string, definition: Definition): Promise<void>;
  /** Puts back what Redis has lost of those defined here, and calls what waits too long, as after a clock was set back. */
  restore(): Promise<void>;
  /** How the job is defined by now; undefined when it is none of these. */
  of(job: StoredJob): Promise<Definition | undefined>;
  /** Ends a turn: the job waits for the next. */
  again(job: StoredJob, token: string, every: number): Promise<void>;
  /** How many there are, and how many of them have their turn or should. */
  counts(): Promise<{ readonly all: number; readonly due: number }>;
}

/** BullMQ's own schedulers can lose a job that is replaced while it runs, and let its turns overlap. */
export function recurring(queue: JobQueue, redis: Redis, clock: Clock): Recurring {
  const known = new Map<string, Definition>();
  const definitions = queue.toKey("recurring");

  async function place(id: string, { job, input, correlation, priority, every }: Definition): Promise<void> {
    const now = clock.now();
    const first = newJob(id, job, { i: input, c: correlation, r: now, b: 0 }, { priority, delay: 0 });
    await queue.add(first.name, first.data, first.opts);
    const next = await dueAt(redis, queue, id);
    if (next === undefined || next <= now + every) return;
    const waiting = await queue.getJob(id);
    await waiting?.updateData({ ...waiting.data, r: now });
    await waiting?.promote().catch(ignored);
  }

  return {
    async define(name, definition) {
      const id = idOfRecurring(name);
      known.set(id, definition);
      await redis.hset(definitions, id, JSON.stringify(definition));
      await place(id, definition);
    },
    async restore() {
      for (const [id, definition] of known) {
        await redis.hsetnx(definitions, id, JSON.stringify(definition));
        await place(id, definition);
      }
    },
    async of({ id }) {
      if (!id!.startsWith("r")) return undefined;
      const kept = await redis.hget(definitions, id!);
      return kept === null ? known.get(id!) : Definition.parse(JSON.parse(kept));
    },
    async again(job, token, every) {
      const next = nextTurn(job.data.r, every, clock.now());
      await job.updateData({ ...job.data, r: next, b: job.attemptsStarted });
      await job.moveToDelayed(next, token);
    },
    async counts() {
      const ids = await redis.hkeys(definitions);
      const now = clock.now();
      const waits = await Promise.all(ids.map((id) => dueAt(redis, queue, id)));
      return { all: ids.length, due: waits.filter((at) => at === undefined || at <= now).length };
    },
  };
}

/** It had its turn meanwhile. */
const ignored = () => undefined;
