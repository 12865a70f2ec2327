// Embedded queues over one SQLite file and one clock of the test's own, each instance as a process of its own would be.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqlite } from "../../src/adapters/store/sqlite.ts";
import type { Clock } from "../../src/core/ports/clock.ts";
import type { Log } from "../../src/core/ports/log.ts";
import type { Store } from "../../src/core/ports/store.ts";
import { type EmbeddedOptions, embeddedQueue, jobCollections } from "../../src/jobs/drivers/embedded.ts";
import type { QueueProcess, QueueStand } from "../contracts/queue.ts";
import { type TestClock, testClock } from "./clock.ts";
import { seededSecrets } from "./secrets.ts";

type StandOptions = Partial<EmbeddedOptions> & { readonly alone?: boolean };

export interface EmbeddedStand extends QueueStand {
  readonly clock: TestClock;
  open(options?: StandOptions): Promise<QueueProcess & { readonly store: Store }>;
}

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  with: () => silentLog,
};

export async function embeddedStand(): Promise<EmbeddedStand> {
  const folder = await mkdtemp(join(tmpdir(), "peerspark-queue-"));
  const clock = testClock();
  const stores: Store[] = [];
  const processes: (QueueProcess & { readonly store: Store })[] = [];
  return {
    clock,
    now: clock.now,
    jump: clock.jump,
    pass: clock.advance,
    async open(options = {}) {
      const store = await openSqlite({ path: join(folder, "queue.db"), collections: jobCollections });
      stores.push(store);
      const { alone, ...rest } = options;
      const more = alone ? { pollMs: Number.POSITIVE_INFINITY, ...rest } : rest;
      const process = mortal(store, clock, processes.length + 1, more);
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

/** A queue that can be killed: from then on its timers do not ring and its store does not answer. */
function mortal(store: Store, clock: Clock, seed: number, options: Partial<EmbeddedOptions>) {
  let dead = false;
  const never = new Promise<never>(() => {});
  const own: Clock = {
    now: clock.now,
    after: (ms, callback) => clock.after(ms, () => dead || callback()),
  };
  const cut = new Proxy(options.store ?? store, {
    get(target, name: keyof Store) {
      const method = target[name] as (...given: unknown[]) => Promise<unknown>;
      return (...given: unknown[]) =>
        dead ? never : method.apply(target, given).then((answer) => (dead ? never : answer));
    },
  });
  const secrets = seededSecrets(clock, seed);
  const queue = embeddedQueue({ clock: own, secrets, log: silentLog, ...options, store: cut });
  return { queue, store, crash: () => void (dead = true) };
}
