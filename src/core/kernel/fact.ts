// A fact: what happened, written in the same commit as the change it speaks of and handed to every listener.
import { z } from "zod";
import { just, maybe } from "../plain-shapes.ts";
import type { Change, Row } from "../ports/store.ts";
import { insert } from "./change.ts";
import { collection } from "./collection.ts";
import type { Context, Fact, Listener } from "./house.ts";

/** Facts that happened, each a row for every listener that has yet to hear it, where its turns are not rows of the store. */
export const outbox = collection(
  "outbox",
  z.object({
    fact: just.string,
    /** Null until it is known who listens. */
    listener: just.string.nullable().default(null),
    payload: z.record(just.string, z.unknown()),
    correlation: just.string,
    at: just.int,
    /** Since when its turn is a dead letter: it is kept for a replay, and not swept. */
    diedAt: maybe.int,
  }),
  { indexes: [["diedAt", "at"]] },
);
export type OutboxRow = Row<typeof outbox>;

/**
 * Called, it makes the change that states the fact, to be committed with what it speaks of: `commit([patch(…), podChanged(ctx, { subject })])`.
 * @throws ZodError for a payload of another shape.
 */
export function defineFact<S extends z.ZodObject>(name: `${string}.${string}`, payload: S): Fact<S> {
  const state = (ctx: Pick<Context, "secrets" | "clock" | "correlation">, said: z.input<S>): Change =>
    insert(outbox, {
      id: ctx.secrets.id(),
      fact: name,
      payload: payload.parse(said) as Record<string, unknown>,
      correlation: ctx.correlation,
      at: ctx.clock.now(),
    });
  Object.defineProperty(state, "name", { value: name });
  return Object.assign(state, { payload }) as Fact<S>;
}

/** @param name unique in the house: with the fact's it is the key of its jobs. */
export const on = <S extends z.ZodObject>(
  fact: Fact<S>,
  name: string,
  hear: (ctx: Context, payload: z.output<S>, factId: string) => Promise<void>,
): Listener => ({ name, fact: fact.name, hear });
