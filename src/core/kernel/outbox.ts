// Hands facts to their listeners: one job a listener, named by fact and listener, so that nothing is heard twice or never.
import { z } from "zod";
import type { JobRequest, Queue } from "../ports/queue.ts";
import { type Change, mostChanges, type Store } from "../ports/store.ts";
import { remove } from "./change.ts";
import { type OutboxRow, outbox } from "./fact.ts";
import type { Context, House } from "./house.ts";
import { defineJob } from "./job.ts";

/** One listener's turn with one fact. */
export const hearFact = defineJob({
  name: "fact.hear",
  input: z.object({
    fact: z.string(),
    factId: z.string(),
    listener: z.string(),
    payload: z.record(z.string(), z.unknown()),
  }),
  async run(ctx, { fact, factId, listener, payload }) {
    const hears = ctx.house.listeners.get(fact)?.find((candidate) => candidate.name === listener);
    if (!hears) return ctx.log.warn({ fact, listener }, "a fact has lost its listener");
    await hears.hear(ctx, payload as never, factId);
  },
});

/** Picks up facts whose process died between the commit and the hand-over. */
export const sweepOutbox = defineJob({
  name: "outbox.sweep",
  input: z.object({}),
  every: 30_000,
  async run(ctx) {
    const now = ctx.clock.now();
    let after: string | undefined;
    do {
      const page = await ctx.store.find(outbox, { limit: 100, after });
      await handOver(
        ctx,
        page.rows.filter((row) => isLeftOver(row, now)),
      );
      after = page.next;
    } while (after);
  },
});

/** Older than any hand-over under way takes, or stated before the clock was set back. */
const isLeftOver = ({ at }: OutboxRow, now: number) => at <= now - 5_000 || at > now;

const isFact = (change: Change) => change.kind === "insert" && change.in === outbox;

const statedIn = (changes: readonly Change[]) =>
  changes.flatMap((change) => (change.kind === "insert" && isFact(change) ? [change.row as unknown as OutboxRow] : []));

export async function handOver(
  { store, queue, house }: Pick<Context, "store" | "queue"> & { house: Pick<House, "listeners"> },
  facts: readonly OutboxRow[],
): Promise<void> {
  if (facts.length === 0) return;
  await queue.enqueue(facts.flatMap((fact) => turnsOf(house, fact)));
  await store.commit(facts.map((fact) => remove(outbox, fact.id)));
}

const turnsOf = (house: Pick<House, "listeners">, { id, fact, payload, correlation }: OutboxRow): JobRequest[] =>
  (house.listeners.get(fact) ?? []).map((listener) =>
    hearFact.request(
      { fact, factId: id, listener: listener.name, payload },
      { key: `${id}.${listener.name}`, correlation },
    ),
  );

/**
 * A store whose commits hand their facts over: as jobs of the very same commit where the queue lives in the store, else
 * by the outbox, as soon as they are durable. A hand-over that fails is left to the sweep.
 */
export function withOutbox(
  store: Store,
  queue: Queue,
  house: Pick<House, "listeners">,
  failed: (error: unknown) => void,
): Store {
  return {
    ...bound(store),
    async commit(changes) {
      const facts = statedIn(changes);
      if (facts.length === 0) return store.commit(changes);
      const turns = queue.inCommit(facts.flatMap((fact) => turnsOf(house, fact)));
      const rest = turns && changes.filter((change) => !isFact(change));
      if (turns && rest && rest.length + turns.changes.length <= mostChanges) {
        await store.commit([...rest, ...turns.changes]);
        return turns.committed();
      }
      await store.commit(changes);
      await handOver({ store, queue, house }, facts).catch(failed);
    },
  };
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
