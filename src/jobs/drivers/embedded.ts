// The embedded queue: jobs are rows of the store, so it needs nothing else, and several processes may share them.
import { AppError, isConflict } from "../../core/errors.ts";
import { insert, patch, remove, untilSettled } from "../../core/kernel/change.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { JobRequest, Queue } from "../../core/ports/queue.ts";
import type { Secrets } from "../../core/ports/secrets.ts";
import { type Change, mostChanges, type NewRow, type Store } from "../../core/ports/store.ts";
import { type CheckedRequest, checked, checkInterval } from "../request.ts";
import { jobTexts } from "../texts.ts";
import { type Line, line } from "./embedded/line.ts";
import { deadJobs, isRunning, jobs, letterOf } from "./embedded/rows.ts";

export { jobCollections } from "./embedded/rows.ts";

export interface EmbeddedOptions {
  /** Keeps `jobCollections`. */
  readonly store: Store;
  readonly clock: Clock;
  readonly secrets: Pick<Secrets, "id">;
  readonly log: Log;
  /** Turns under way at once: 32. */
  readonly concurrency?: number;
  /** A turn whose process died is given again after this long: 30 s. */
  readonly leaseMs?: number;
  /** How often other processes' jobs are looked for: every second while there are some, else every four; Infinity where the store is this process's own. */
  readonly pollMs?: number;
}

type Recurring = Omit<JobRequest, "key" | "runAt">;

/** Turns are given at least once: one that ended right before its process died is given again. */
export function embeddedQueue(options: EmbeddedOptions): Queue {
  const { store, clock, secrets, log, concurrency = 32, leaseMs = 30_000, pollMs = 1000 } = options;
  const recurring = new Map<string, { readonly everyMs: number; readonly request: Recurring }>();
  let running: Line | undefined;

  const rowOf = (request: CheckedRequest): NewRow<typeof jobs> => ({
    ...request,
    id: secrets.id(),
    key: request.key ?? null,
    turnAt: request.runAt,
    attempt: 0,
    owner: null,
    every: null,
  });

  function rowsOf(requests: readonly JobRequest[]): readonly NewRow<typeof jobs>[] {
    const now = clock.now();
    return withoutTwins(requests.map((request) => checked(request, now, secrets.id))).map(rowOf);
  }

  async function repeat(name: string, everyMs: number, request: Recurring): Promise<void> {
    checkInterval(everyMs);
    const now = clock.now();
    const key = `repeat:${name}`;
    const { job, input, priority, correlation } = checked(request, now, () => name);
    const wanted = { job, input, priority, correlation, every: everyMs };
    const next = await untilSettled(async () => {
      const row = await store.getBy(jobs, { key });
      if (!row) {
        const first = { ...wanted, id: secrets.id(), key, runAt: now, turnAt: now, attempt: 0, owner: null };
        return addMissing([first]).then(() => now);
      }
      const late = !isRunning(row, now) && row.turnAt > now + everyMs ? { runAt: now, turnAt: now } : {};
      await store.commit([patch(jobs, row, { ...wanted, ...late })]);
      return now;
    });
    running?.wake(next);
  }

  async function takingBack(keys: readonly string[]): Promise<readonly Change[]> {
    if (keys.length === 0) return [];
    const now = clock.now();
    const { rows } = await store.find(jobs, { where: { key: { in: keys } }, limit: mostChanges });
    return rows.filter((row) => !isRunning(row, now)).map((row) => remove(jobs, row));
  }

  /** Adds the rows whose key is free. */
  async function addMissing(rows: readonly NewRow<typeof jobs>[]): Promise<void> {
    let missing = rows;
    while (missing.length > 0) {
      try {
        return await store.commit(missing.map((row) => insert(jobs, row)));
      } catch (error) {
        if (!isKeyTaken(error)) throw error;
      }
      const keys = missing.flatMap(({ key }) => key ?? []);
      const { rows: taken } = await store.find(jobs, { where: { key: { in: keys } }, limit: mostChanges });
      const known = new Set(taken.map(({ key }) => key));
      missing = missing.filter(({ key }) => key === null || !known.has(key));
    }
  }

  return {
    repeat(name, everyMs, request) {
      recurring.set(name, { everyMs, request });
      return repeat(name, everyMs, request);
    },

    inCommit(requests) {
      const rows = rowsOf(requests);
      const here = running;
      const taken = here?.claimed(rows) ?? [];
      const left = rows.slice(taken.length);
      return {
        changes: [...taken, ...left].map((row) => insert(jobs, row)),
        committed() {
          if (taken.length > 0) here!.begin(taken);
          if (left.length > 0) running?.wake(Math.min(...left.map(({ turnAt }) => turnAt)));
        },
      };
    },

    async enqueue(requests) {
      const rows = rowsOf(requests);
      for (let at = 0; at < rows.length; at += mostChanges) {
        const some = rows.slice(at, at + mostChanges);
        await addMissing(some);
        running?.wake(Math.min(...some.map(({ turnAt }) => turnAt)));
      }
    },

    cancelInCommit: takingBack,

    cancel: (key) => untilSettled(async () => store.commit(await takingBack([key]))),

    start(work) {
      if (running) throw new Error("the queue has started already");
      const clockWentBack = async () => {
        for (const [name, { everyMs, request }] of recurring) await repeat(name, everyMs, request);
      };
      running = line({ store, clock, secrets, log, concurrency, leaseMs, pollMs, clockWentBack }, work);
      running.wake(clock.now());
    },

    async stop(withinMs) {
      const stopping = running;
      running = undefined;
      await stopping?.stop(withinMs);
    },

    async counts() {
      const now = clock.now();
      const [pending, ready, running, dead] = await Promise.all([
        store.count(jobs, { every: null }),
        store.count(jobs, { every: null, turnAt: { lte: now } }),
        store.count(jobs, { every: null, turnAt: { gt: now }, owner: { gt: "" } }),
        store.count(deadJobs),
      ]);
      return { pending, due: ready + running, dead };
    },

    async dead(limit) {
      const orderBy = { field: "diedAt", direction: "desc" } as const;
      const { rows } = await store.find(deadJobs, { orderBy, limit });
      return rows.map(letterOf);
    },

    async replay(id) {
      const letter = await store.get(deadJobs, id);
      if (!letter) throw new AppError("not_found", jobTexts.say("noLetter", id));
      const { rev: _, reason: __, diedAt: ___, ...rest } = letter;
      const now = clock.now();
      const row = { ...rest, id: secrets.id(), runAt: now, turnAt: now, attempt: 0, owner: null, every: null };
      const once = patch(deadJobs, letter, { diedAt: letter.diedAt });
      await store.commit([once, remove(deadJobs, id), insert(jobs, row)]).catch((error) => {
        throw isKeyTaken(error) ? new AppError("conflict", jobTexts.say("waiting"), { cause: error }) : error;
      });
      running?.wake(now);
    },
  };
}

const isKeyTaken = (error: unknown) =>
  isConflict(error) && error.detail.collection === jobs.name && error.detail.key === "key";

/** Of several requests with one key, the first. */
function withoutTwins(requests: readonly CheckedRequest[]): readonly CheckedRequest[] {
  const seen = new Set<string>();
  return requests.filter(({ key }) => key === undefined || (!seen.has(key) && seen.add(key)));
}
