// Hands facts to their listeners: one job a listener, named by fact and listener, so that nothing is heard twice or never.
import { z } from "zod";
import { just, maybe } from "../plain-shapes.ts";
import type { JobRequest, Queue } from "../ports/queue.ts";
import { type Change, mostChanges, type NewRow, type Store } from "../ports/store.ts";
import { insert, patch, remove } from "./change.ts";
import { type OutboxRow, outbox } from "./fact.ts";
import type { House } from "./house.ts";
import { defineJob } from "./job.ts";
import { pages } from "./pages.ts";

/** One listener's turn with one fact. */
export const hearFact = defineJob({
  name: "fact.hear",
  input: z.object({
    fact: just.string,
    factId: just.string,
    listener: just.string,
    payload: z.record(just.string, z.unknown()),
    /** The row that keeps it from being lost with the queue. */
    row: maybe.string,
    /** Another turn may have ended right before this one was put back. */
    again: maybe.boolean,
  }),
  async run(ctx, { fact, factId, listener, payload, row, again }) {
    if (row && again && !(await ctx.store.get(outbox, row))) return;
    const hears = ctx.house.listeners.get(fact)?.find((candidate) => candidate.name === listener);
    if (hears) await hears.hear(ctx, payload as never, factId);
    else ctx.log.warn({ fact, listener }, "a fact has lost its listener");
    if (row) await ctx.store.commit([remove(outbox, row)]);
  },
  /** Its row stays, so that a replay finds it. */
  givenUp: ({ store, clock }, { row }) => mark(store, row, clock.now()),
  /** Swept like any other from now on. */
  replayed: ({ store }, { row }) => mark(store, row, undefined),
});

async function mark(store: Store, id: string | undefined, diedAt: number | undefined): Promise<void> {
  const kept = id && (await store.get(outbox, id));
  if (kept) await store.commit([patch(outbox, kept, { diedAt })]);
}

const pageSize = 500;
const mostPages = 20;

/** Puts back the turns that the queue has lost, or that its process died before it could enqueue. */
export const sweepOutbox = defineJob({
  name: "outbox.sweep",
  input: z.object({}),
  every: 30_000,
  /** What is not heard yet, the oldest first, 10 000 at most; dead letters are left alone. */
  async run({ store, queue, clock }) {
    const now = clock.now();
    const query = { where: { diedAt: null }, orderBy: { field: "at" }, limit: pageSize } as const;
    for await (const rows of pages(store, outbox, query, mostPages)) {
      const left = rows.filter((row) => isLeftOver(row, now));
      await restate(
        store,
        left.filter(({ listener }) => listener === null),
      );
      const turns = left.filter(({ listener }) => listener !== null).map((row) => turnOf(row, true));
      if (turns.length > 0) await queue.enqueue(turns);
    }
  },
});

/** Older than any hand-over under way takes, or stated before the clock was set back. */
const isLeftOver = ({ at }: OutboxRow, now: number) => at <= now - 5_000 || at > now;

/** As many as there are dead letters on Redis. */
const mostDead = 1000;

/** Forgets those whose dead letters are gone: all but the latest. */
export const forgetDead = defineJob({
  name: "outbox.forget",
  input: z.object({}),
  every: 24 * 3600_000,
  async run({ store }) {
    const query = {
      where: { diedAt: { gt: 0 } },
      orderBy: { field: "diedAt", direction: "desc" },
      limit: 500,
    } as const;
    let after: string | undefined;
    for (let seen = 0; seen < mostDead; seen += query.limit) {
      after = (await store.find(outbox, { ...query, after })).next;
      if (!after) return;
    }
    while (after) {
      const page = await store.find(outbox, { ...query, limit: mostChanges, after });
      if (page.rows.length) await store.commit(page.rows.map((row) => remove(outbox, row)));
      after = page.next;
    }
  },
});

const isFact = (change: Change) => change.kind === "insert" && change.in === outbox;

const statedIn = (changes: readonly Change[]) =>
  changes.flatMap((change) => (change.kind === "insert" && isFact(change) ? [change.row as unknown as OutboxRow] : []));

type Listeners = Pick<House, "listeners">;

/** A row for each listener of the facts among these, numbered: the listener itself stands in the row, since a later version may have them in another order. */
const splitUp = ({ listeners }: Listeners, rows: readonly OutboxRow[]): OutboxRow[] =>
  rows.flatMap((row) => {
    if (row.listener !== null && row.listener !== undefined) return [row];
    return (listeners.get(row.fact) ?? []).map(({ name }, n) => ({ ...row, id: `${row.id}.${n}`, listener: name }));
  });

/** What was stated when there was no room for its turns, or by an older version: said again, by a store that hands over. */
async function restate(store: Store, facts: readonly OutboxRow[]): Promise<void> {
  for (const { rev: _, ...fact } of facts) await store.commit([remove(outbox, fact.id), insert(outbox, fact)]);
}

const keep = (row: NewRow<typeof outbox>): Change => insert(outbox, row);

function hearing({ id, fact, payload, correlation, listener }: OutboxRow, kept: { row?: string; again?: true } = {}) {
  const [factId = id] = id.split(".");
  const input = { fact, factId, listener: listener ?? "", payload, ...kept };
  return hearFact.request(input, { key: `${factId}.${listener}`, correlation });
}

const turnOf = (row: OutboxRow, again = false): JobRequest => hearing(row, { row: row.id, ...(again && { again }) });

/**
 * A store whose commits hand their facts over: as jobs of the very same commit where the queue lives in the store, else
 * as rows of it, which stay until they are heard. A hand-over that fails is left to the sweep, as is what the queue loses.
 */
export function withOutbox(store: Store, queue: Queue, house: Listeners, failed: (error: unknown) => void): Store {
  const handsOver: Store = {
    ...bound(store),
    async commit(changes) {
      const facts = statedIn(changes);
      if (facts.length === 0) return store.commit(changes);
      const rest = changes.filter((change) => !isFact(change));
      const rows = splitUp(house, facts);
      const turns = queue.inCommit(rows.map((row) => hearing(row)));
      if (turns && rest.length + turns.changes.length <= mostChanges) {
        await store.commit([...rest, ...turns.changes]);
        return turns.committed();
      }
      if (rest.length + rows.length > mostChanges) {
        await store.commit(changes);
        return restate(handsOver, facts).catch(failed);
      }
      if (rest.length + rows.length > 0) await store.commit([...rest, ...rows.map(keep)]);
      if (rows.length === 0) return;
      const over = queue.enqueue(rows.map((row) => turnOf(row))).catch(failed);
      if (turns) await over;
    },
  };
  return handsOver;
}

/** The store's methods as plain functions, so that one of them can be replaced. */
export function bound(store: Store): Store {
  return {
    get: (collection, id) => store.get(collection, id),
    getMany: (collection, ids) => store.getMany(collection, ids),
    getBy: (collection, key) => store.getBy(collection, key),
    find: (collection, query) => store.find(collection, query),
    count: (collection, where) => store.count(collection, where),
    commit: (changes) => store.commit(changes),
    ping: () => store.ping(),
    close: () => store.close(),
  };
}
