// Notices what other processes commit to the collections that are read often: a counter each, counted up by every such commit.
import { isPassingFailure } from "./failure.ts";
import { counterOf } from "./own-tables.ts";
import { type Connection, countersOf, heldAndCounters, heldById } from "./read.ts";
import type { AppwriteTable, Held } from "./table.ts";

/** For how long the counters are believed after they were read, ms. */
export const believedMs = 100;
/** For how long answers are still given while the server can't be asked, ms. */
const believedInNeedMs = 300_000;
/** How long the server may take before it counts as one that can't be asked, ms. */
const patienceMs = 1_000;

export interface Versions {
  /** Resolves when nothing is kept that another process changed more than `believedMs` ago. */
  current(): Promise<void>;
  /** Looks up a row of the table that the counters stand in: by the request that asks for them, where that is due. */
  lookUp(table: AppwriteTable, id: string): Promise<Held | undefined>;
  /** Runs a commit of this process, which answers the tables it has written to: what it counts up itself is no news. */
  during(tables: Iterable<AppwriteTable>, commit: () => Promise<ReadonlySet<AppwriteTable>>): Promise<void>;
}

/** Of one collection. */
interface Count {
  /** As last read, and counted up by this process since; undefined when that can't be told. */
  expected: number | undefined;
  underWay: number;
  /** Commits of this process that have counted it up. */
  done: number;
}

/** @param changed is told of each collection that others may have changed. */
export function versionsOf(
  at: Connection,
  tables: readonly AppwriteTable[],
  changed: (table: AppwriteTable) => void,
): Versions {
  const counts = new Map(
    tables.map((table): [AppwriteTable, Count] => [table, { expected: undefined, underWay: 0, done: 0 }]),
  );
  const counters = tables.map(({ name }) => counterOf(name));
  let asking: Promise<void> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let heardAt = Number.NEGATIVE_INFINITY;

  /** Whoever waits for a slow server waits once: the next are given what is at hand until it has answered. */
  let late: Promise<void> | undefined;

  const isDue = (ms: number): boolean => !asking || at.now() - askedAt >= ms;

  function ask(read: Promise<ReadonlyMap<string, number>>): Promise<void> {
    askedAt = at.now();
    asking = hearAll(read);
    asking.catch(() => undefined);
    return asking;
  }

  function inTime(asked: Promise<void>): Promise<void> {
    if (at.now() - heardAt > believedInNeedMs) return asked;
    let timer: NodeJS.Timeout;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        const over = () => {
          late = undefined;
        };
        late ??= asked.then(over, over);
        resolve();
      }, patienceMs);
    });
    return Promise.race([asked, enough]).finally(() => clearTimeout(timer));
  }

  async function hearAll(read: Promise<ReadonlyMap<string, number>>): Promise<void> {
    const before = new Map([...counts].map(([table, { done }]) => [table, done]));
    try {
      const found = await read;
      for (const [table, count] of counts)
        hear(table, count, found.get(counterOf(table.name)), before.get(table) !== count.done);
      heardAt = at.now();
    } catch (error) {
      if (!isPassingFailure(error) || at.now() - heardAt > believedInNeedMs) throw error;
    }
  }

  /** @param moved whether a commit of this process ended meanwhile: then nobody knows if it is in the number. */
  function hear(table: AppwriteTable, count: Count, n: number | undefined, moved: boolean): void {
    if (!moved && n !== undefined && n === count.expected) return;
    changed(table);
    count.expected = moved || count.underWay > 0 ? undefined : n;
  }

  return {
    async current() {
      if (late && at.now() - heardAt <= believedInNeedMs) return;
      await inTime(isDue(believedMs) ? ask(countersOf(at, counters)) : asking!);
    },
    async lookUp(table, id) {
      if (counters.length === 0 || !isDue(believedMs / 2)) return heldById(at, table, id);
      const reading = heldAndCounters(at, table, id, counters);
      ask(reading.then(({ counts }) => counts)).catch(() => undefined);
      return (await reading).held;
    },
    async during(touched, commit) {
      const own = [...touched].flatMap((table) => counts.get(table) ?? []);
      for (const count of own) count.underWay++;
      try {
        for (const table of await commit()) {
          const count = counts.get(table);
          if (!count) continue;
          count.done++;
          if (count.expected !== undefined) count.expected++;
        }
      } finally {
        for (const count of own) count.underWay--;
      }
    },
  };
}
