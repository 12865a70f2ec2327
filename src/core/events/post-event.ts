// A new event is shown wherever its pod is at home: once in every bound channel.
import { refreshCard } from "../kernel/card.ts";
import { on } from "../kernel/fact.ts";
import { addressOf, bindings, channelPost, postEverywhere } from "../pods/read.ts";
import { eventCard } from "./event-card.ts";
import { eventCreated } from "./facts.ts";
import { forgetEventsOf } from "./forget-cards.ts";

export const postNewEvent = on(eventCreated, "post-event", (ctx, { subject, pod }) =>
  postEverywhere(ctx, postEvent, subject, pod),
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
