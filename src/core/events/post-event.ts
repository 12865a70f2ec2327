// A new event is shown wherever its pod is at home: once in every bound channel.
import { refreshCard } from "../kernel/card.ts";
import { on } from "../kernel/fact.ts";
import { podPlaceOpened } from "../pods/facts.ts";
import { addressOf, bindings, channelPost, postEverywhere, postIn } from "../pods/read.ts";
import { events } from "./event.ts";
import { eventCard } from "./event-card.ts";
import { eventCreated } from "./facts.ts";
import { forgetEventsOf } from "./forget-cards.ts";

export const postNewEvent = on(eventCreated, "post-event", (ctx, { subject, pod }) =>
  postEverywhere(ctx, postEvent, subject, pod),
);

const mostMissed = 20;
/** For so long (ms) a new event may have been tried before the place was found closed. */
const triedBefore = 3 * 3600_000;

/** What could not be posted in a place, and is still to come, is posted when it can be. */
export const postMissedEvents = on(
  podPlaceOpened,
  "post-missed-events",
  async (ctx, { subject, binding: id, since }) => {
    const binding = await ctx.store.get(bindings, id);
    if (binding?.podId !== subject) return;
    const where = {
      podId: subject,
      status: "scheduled",
      startTime: { gt: ctx.clock.now() },
      createdAt: { gte: since - triedBefore },
    } as const;
    const { rows } = await ctx.store.find(events, { where, orderBy: { field: "startTime" }, limit: mostMissed });
    for (const event of rows) await postIn(ctx, postEvent, event.id, [binding]);
  },
);

export const postEvent = channelPost({
  name: "event.post",
  async show(ctx, event, { binding, reader }) {
    const shown = await eventCard.load(ctx, event);
    if (!shown || eventCard.isOver?.(shown) || shown.event.podId !== binding.podId) return undefined;
    return eventCard.view(shown, reader);
  },
  /** The channel may be another pod's by now, and the event another than what was sent. */
  async posted(ctx, event, { binding }) {
    const still = await ctx.store.get(bindings, binding.id);
    if (still?.podId !== binding.podId) return forgetEventsOf(ctx, binding.podId, addressOf(binding));
    await refreshCard(ctx, eventCard, event);
  },
});
