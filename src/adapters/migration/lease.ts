// Leases: how a process that uses a store is seen by one that is about to move it, and learns that it has been.
import { hostname } from "node:os";
import { z } from "zod";
import { AppError, isStoreAway } from "../../core/errors.ts";
import { insert, patch, remove } from "../../core/kernel/change.ts";
import { collection } from "../../core/kernel/collection.ts";
import { just } from "../../core/plain-shapes.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { mostChanges, type Row, type Store } from "../../core/ports/store.ts";
import { readMark, refusalOfUse } from "./mark.ts";

/** One for each process, the terminals included; it is not moved. */
export const leases = collection(
  "service_leases",
  z.object({
    /** Of the machine, with the process's number. */
    process: just.string,
    /** Epoch ms. */
    until: just.int,
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
  /** Never resolves; rejects with why it may be used no more: it was moved in spite of the lease, as while the process slept. */
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
  const lease = ownLease(store, clock, id);
  const refused = await lease.take();
  if (refused) throw refused;
  let swept = false;
  const renew = async () => {
    if (!swept) await sweepLeases(store, clock.now());
    swept = true;
    return lease.renew();
  };
  let stopRenewing: () => void;
  const renewing = () => {
    stopRenewing = clock.after(renewedEveryMs, () => {
      renew().then(
        (refusal) => (refusal ? evicted.reject(refusal) : renewing()),
        (error) => {
          if (!isStoreAway(error)) log.warn({}, "the lease on the store is not renewed", error);
          renewing();
        },
      );
    });
  };
  renewing();
  return {
    evicted: evicted.promise,
    store: {
      ...store,
      async close() {
        stopRenewing();
        await within(clock, patienceMs, lease.giveBack());
        await store.close();
      },
    },
  };
}

/** What takes and renews it answers why the store may not be used, the lease being given back then. */
function ownLease(store: Store, clock: Clock, id: string) {
  /** The mark has been read since the lease was written. */
  let looked = false;
  let over = false;
  const until = () => clock.now() + leaseMs;

  async function giveBack(): Promise<void> {
    over = true;
    await store.commit([remove(leases, id)]);
  }

  async function look(): Promise<AppError | undefined> {
    const refusal = refusalOfUse(await readMark(store));
    looked = true;
    if (refusal) await giveBack().catch(() => undefined);
    return refusal;
  }

  async function take(): Promise<AppError | undefined> {
    looked = false;
    await store.commit([insert(leases, { id, process: `${hostname()}, process ${process.pid}`, until: until() })]);
    return look();
  }

  async function renew(): Promise<AppError | undefined> {
    try {
      await store.commit([patch(leases, id, { until: until() })]);
    } catch (error) {
      // One that has run out, as in a sleep, is taken away by whoever starts next, or moves the store.
      if (error instanceof AppError && error.code === "not_found" && !over) return take();
      throw error;
    }
    return looked ? undefined : look();
  }

  return { take, renew, giveBack };
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
