// Embedded queues over one SQLite file and one clock of the test's own, each instance as a process of its own would be.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqlite } from "../../src/adapters/store/sqlite.ts";
import { bound } from "../../src/core/kernel/outbox.ts";
import type { Clock } from "../../src/core/ports/clock.ts";
import type { Store } from "../../src/core/ports/store.ts";
import { type EmbeddedOptions, embeddedQueue, jobCollections } from "../../src/jobs/drivers/embedded.ts";
import type { QueueProcess, QueueStand } from "../contracts/queue.ts";
import { type TestClock, testClock } from "./clock.ts";
import { silentLog } from "./queue-log.ts";
import { seededSecrets } from "./secrets.ts";

type StandOptions = Partial<Omit<EmbeddedOptions, "store">> & {
  readonly alone?: boolean;
  /** A store that misbehaves, around the real one. */
  readonly around?: (store: Store) => Store;
};

export interface EmbeddedStand extends QueueStand {
  readonly clock: TestClock;
  /** The SQLite file. */
  readonly path: string;
  open(options?: StandOptions): Promise<QueueProcess & { readonly store: Store }>;
}

/** @param startIso what the clock says first. */
export async function embeddedStand(startIso?: string): Promise<EmbeddedStand> {
  const folder = await mkdtemp(join(tmpdir(), "peerspark-queue-"));
  const clock = testClock(startIso);
  const path = join(folder, "queue.db");
  const stores: Store[] = [];
  const processes: (QueueProcess & { readonly store: Store })[] = [];
  return {
    clock,
    path,
    now: clock.now,
    jump: clock.jump,
    pass: clock.advance,
    async open(options = {}) {
      const store = await openSqlite({ path, collections: jobCollections });
      stores.push(store);
      const { alone, around = same, ...rest } = options;
      const more = alone ? { pollMs: Number.POSITIVE_INFINITY, ...rest } : rest;
      const process = mortal(around(store), clock, processes.length + 1, more);
      processes.push(process);
      return process;
    },
    async close() {
      for (const { crash } of processes) crash();
      for (const store of stores) await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const same = (store: Store): Store => store;

/** Writes down what is asked of a store: "get jobs", "find jobs", "commit". */
export function counted(store: Store, asked: string[]): Store {
  return {
    ...bound(store),
    get(collection, id) {
      asked.push(`get ${collection.name}`);
      return store.get(collection, id);
    },
    find(collection, query) {
      asked.push(`find ${collection.name}`);
      return store.find(collection, query);
    },
    commit(changes) {
      asked.push("commit");
      return store.commit(changes);
    },
  };
}

/** A queue that can be killed: from then on its timers do not ring and its store does not answer. */
function mortal(store: Store, clock: Clock, seed: number, options: StandOptions) {
  let dead = false;
  const never = new Promise<never>(() => {});
  const own: Clock = {
    now: clock.now,
    after: (ms, callback) => clock.after(ms, () => dead || callback()),
  };
  const cut = new Proxy(store, {
    get(target, name: keyof Store) {
      const method = target[name] as (...given: unknown[]) => Promise<unknown>;
      return (...given: unknown[]) =>
        dead ? never : method.apply(target, given).then((answer) => (dead ? never : answer));
    },
  });
  const secrets = seededSecrets(clock, seed);
  const queue = embeddedQueue({ secrets, log: silentLog, clock: own, ...options, store: cut });
  const crash = () => {
    dead = true;
  };
  return { queue, store, crash };
}
