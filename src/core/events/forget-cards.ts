// Cards of a pod's events in a place that is its home no more: they are left as they are.
import { forgetCards } from "../kernel/card.ts";
import { on } from "../kernel/fact.ts";
import type { Context } from "../kernel/house.ts";
import { podUnbound } from "../pods/facts.ts";
import type { Address } from "../ports/platform.ts";
import { events } from "./event.ts";

/** A thread of the place has bindings of its own and keeps its cards. */
export const forgetEventsOf = (
  { store }: Pick<Context, "store">,
  podId: string,
  { platform, channel, thread = "" }: Address,
): Promise<void> =>
  forgetCards(store, { card: "event", platform, channel, thread }, async (ids) => {
    const rows = await store.getMany(events, [...new Set(ids)]);
    return new Set(rows.filter((event) => event.podId === podId).map((event) => event.id));
  });

export const forgetUnbound = on(podUnbound, "forget-unbound-events", (ctx, { subject, ...place }) =>
  forgetEventsOf(ctx, subject, place),
);
