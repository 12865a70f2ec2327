// Watches over a store that is reached by a network: notices when it stops answering, says so once, and tries until it answers.
import { isStoreAway } from "../../core/errors.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { Store } from "../../core/ports/store.ts";
import type { StoreWatch } from "../../core/ports/store-watch.ts";

/** ms that a call may take before the store counts as slow. */
const slowAfter = 1_000;
/** ms between tries: ¼, 1, 2, 4, 5, 5 … s. */
const pauseAfter = (tries: number) => (tries === 0 ? 250 : Math.min(5_000, 500 * 2 ** tries));
/** ms between the lines of the log that remind of an outage. */
const remindEvery = 5 * 60_000;

interface Outage {
  readonly since: number;
  readonly over: PromiseWithResolvers<void>;
  reminded: number;
}

/** One line in the log when an outage begins, one when it ends, and one every five minutes in between. */
export function watched(
  driver: Store,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): { readonly store: Store; readonly watch: StoreWatch } {
  /** The calls under way, oldest first. */
  const flights = new Set<{ readonly since: number }>();
  const listening: (() => void)[] = [];
  let outage: Outage | undefined;
  let cancel = () => {};
  let stopped = false;

  async function asked<T>(ask: () => Promise<T>): Promise<T> {
    const flight = { since: clock.now() };
    flights.add(flight);
    try {
      return await ask();
    } catch (error) {
      if (isStoreAway(error)) begin(error);
      throw error;
    } finally {
      flights.delete(flight);
    }
  }

  function begin(error: unknown): void {
    if (outage || stopped) return;
    const since = clock.now();
    outage = { since, reminded: since, over: Promise.withResolvers() };
    log.warn({}, "the store does not answer; what comes in is kept, and it is tried again and again", error);
    tryLater(outage, 0);
  }

  function tryLater(now: Outage, tries: number): void {
    cancel = clock.after(pauseAfter(tries), () => {
      driver.ping().then(
        () => end(now),
        (error) => stopped || goOn(now, tries, error),
      );
    });
  }

  function goOn(now: Outage, tries: number, error: unknown): void {
    if (clock.now() - now.reminded >= remindEvery) {
      now.reminded = clock.now();
      log.warn({ seconds: secondsSince(now) }, "the store still does not answer", error);
    }
    tryLater(now, tries + 1);
  }

  function end(now: Outage): void {
    if (stopped) return;
    outage = undefined;
    log.info({ seconds: secondsSince(now) }, "the store answers again");
    now.over.resolve();
    for (const told of listening) told();
  }

  const secondsSince = ({ since }: Outage) => Math.round((clock.now() - since) / 1000);

  const isSlow = (): boolean => {
    const [oldest] = flights;
    return oldest !== undefined && clock.now() - oldest.since >= slowAfter;
  };

  return {
    store: {
      get: (collection, id) => asked(() => driver.get(collection, id)),
      getMany: (collection, ids) => asked(() => driver.getMany(collection, ids)),
      getBy: (collection, key) => asked(() => driver.getBy(collection, key)),
      find: (collection, query) => asked(() => driver.find(collection, query)),
      count: (collection, where) => asked(() => driver.count(collection, where)),
      commit: (changes) => asked(() => driver.commit(changes)),
      ping: () => asked(() => driver.ping()),
      close: () => driver.close(),
    },
    watch: {
      state: () => (outage ? "no answer" : isSlow() ? "slow" : "ok"),
      whenBack: (told) => void listening.push(told),
      answering: () => outage?.over.promise ?? Promise.resolve(),
      stop() {
        stopped = true;
        cancel();
      },
    },
  };
}
