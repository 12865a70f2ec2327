// Leases: how a process that uses a store is seen by one that is about to move it, and learns that it has been.
import { hostname } from "node:os";
import { z } from "zod";
import { AppError, isStoreAway } from "../../core/errors.ts";
import { insert, patch, remove } from "../../core/kernel/change.ts";
import { collection } from "../../core/kernel/collection.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { mostChanges, type Row, type Store } from "../../core/ports/store.ts";
import { readMark, refusalOfUse } from "./mark.ts";
import { migrationTexts } from "./texts.ts";

/** One for each process, the terminals included; it is not moved. */
export const leases = collection(
  "service_leases",
  z.object({
    /** Of the machine, with the process's number. */
    process: z.string(),
    /** Epoch ms. */
    until: z.number().int(),
  }),
  { indexes: [["until"]] },
);
export type Lease = Row<typeof leases>;

const leaseMs = 90_000;
const renewedEveryMs = 30_000;
/** How long (ms) a process that ends waits for its lease to be given back. */
const patienceMs = 2_000;

export interface Occupied {
  /** The same store; closing it gives the lease back. */
  readonly store: Store;
  /** Never resolves; rejects when the store is moved in spite of it, as after a sleep longer than the lease. */
  readonly evicted: Promise<never>;
}

export interface OccupyParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly id: string;
}

/**
 * The lease is written before the mark is read, and whoever moves a store marks it before looking for leases: one of the two
 * sees the other. @throws AppError `unsupported` when the store has been moved, or is being moved.
 */
export async function occupy({ store, clock, log, id }: OccupyParts): Promise<Occupied> {
  const evicted = Promise.withResolvers<never>();
  evicted.promise.catch(() => undefined);
  const until = () => clock.now() + leaseMs;
  await store.commit([insert(leases, { id, process: `${hostname()}, process ${process.pid}`, until: until() })]);
  const giveBack = () => store.commit([remove(leases, id)]);
  const refusal = refusalOfUse(await readMark(store));
  if (refusal) {
    await giveBack();
    throw refusal;
  }
  let swept = false;
  const renew = async () => {
    if (!swept) await sweepLeases(store, clock.now());
    swept = true;
    await store.commit([patch(leases, id, { until: until() })]);
  };
  let stopRenewing: () => void;
  const renewing = () => {
    stopRenewing = clock.after(renewedEveryMs, () => {
      renew().then(renewing, (error) => {
        // Whoever moves the store takes away the leases that have run out.
        if (error instanceof AppError && error.code === "not_found")
          return evicted.reject(new AppError("unsupported", migrationTexts.say("evicted")));
        if (!isStoreAway(error)) log.warn({}, "the lease on the store is not renewed", error);
        renewing();
      });
    });
  };
  renewing();
  return {
    evicted: evicted.promise,
    store: {
      ...store,
      async close() {
        stopRenewing();
        await within(clock, patienceMs, giveBack());
        await store.close();
      },
    },
  };
}

/** Resolves when the work is over, failed or not, or the time. */
function within(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    const over = () => {
      cancel();
      resolve();
    };
    work.then(over, over);
  });
}

/** Those that have not run out, the longest first. */
export async function liveLeases(store: Store, now: number): Promise<readonly Lease[]> {
  const orderBy = { field: "until", direction: "desc" } as const;
  return (await store.find(leases, { where: { until: { gt: now } }, orderBy, limit: mostChanges })).rows;
}

/** Removes those that have run out: whoever had them can no longer go on. */
export async function sweepLeases(store: Store, now: number): Promise<void> {
  const { rows } = await store.find(leases, { where: { until: { lte: now } }, limit: mostChanges });
  if (rows.length) await store.commit(rows.map((row) => remove(leases, row)));
}
