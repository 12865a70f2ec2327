// A new event is shown wherever its pod is at home: once in every bound channel.
import { z } from "zod";
import { AppError, isConflict } from "../errors.ts";
import { refreshCard } from "../kernel/card.ts";
import { insert, patch, remove, untilSettled } from "../kernel/change.ts";
import { collection } from "../kernel/collection.ts";
import { on } from "../kernel/fact.ts";
import type { Context } from "../kernel/house.ts";
import { defaultRetry, defineJob } from "../kernel/job.ts";
import { addressOf, type Binding, bindings, bindingsOf } from "../pods/read.ts";
import type { Row, Store } from "../ports/store.ts";
import { spaces } from "../spaces/read.ts";
import type { Reader } from "../text.ts";
import { eventCard } from "./event-card.ts";
import { eventCreated } from "./facts.ts";
import { forgetEventsOf } from "./forget-cards.ts";

/** An event's post in one bound channel: claimed before it is sent, so that a retry does not post twice. */
export const eventPosts = collection(
  "event_posts",
  z.object({ eventId: z.string(), bindingId: z.string(), state: z.enum(["sending", "sent"]), at: z.number().int() }),
  { unique: [["eventId", "bindingId"]] },
);

export const postEverywhere = on(eventCreated, "post-event", async (ctx, { subject, pod }) => {
  for await (const bound of bindingsOf(ctx.store, pod))
    await ctx.queue.enqueue(
      bound.map(({ id }) =>
        postEvent.request(
          { event: subject, binding: id },
          { key: `event.post:${subject}:${id}`, correlation: ctx.correlation },
        ),
      ),
    );
});

export const postEvent = defineJob({
  name: "event.post",
  input: z.object({ event: z.string(), binding: z.string() }),
  async run(ctx, { event, binding: bindingId }, { attempt }) {
    const binding = await ctx.store.get(bindings, bindingId);
    if (!binding || binding.goneAt !== undefined || !ctx.messenger.has(binding.platform)) return;
    const claim = await claimed(ctx, event, binding);
    if (claim) await post(ctx, event, { binding, claim, attempt });
  },
});

/**
 * The right to post, or undefined when it is posted. A claim that was never closed means that a process died or the
 * platform timed out in the middle of it, and nobody knows whether the post is there. Where the platform shows a
 * repeated send once, it is sent again; elsewhere it is not: a missing card can be called with /event info, a second
 * one would look like a second event.
 */
async function claimed(
  { store, secrets, clock, messenger }: Context,
  eventId: string,
  { id: bindingId, platform }: Binding,
) {
  const row = { id: secrets.id(), eventId, bindingId, state: "sending" as const, at: clock.now() };
  try {
    await store.commit([insert(eventPosts, row)]);
    return { ...row, rev: 1 };
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
  const open = await store.getBy(eventPosts, { eventId, bindingId });
  return open?.state === "sending" && messenger.idempotent(platform) ? open : undefined;
}

interface Posting {
  readonly binding: Binding;
  readonly claim: Row<typeof eventPosts>;
  readonly attempt: number;
}

async function post(ctx: Context, event: string, posting: Posting): Promise<void> {
  const { binding, claim } = posting;
  const shown = await eventCard.load(ctx, event);
  if (!shown || ["cancelled", "completed"].includes(shown.state) || shown.event.podId !== binding.podId) return;
  const reader = await readerIn(ctx, binding, shown.pod?.timezone);
  try {
    await ctx.messenger.send(addressOf(binding), eventCard.view(shown, reader), reader, `event.post.${claim.id}`);
  } catch (error) {
    return notPosted(ctx, posting, error);
  }
  await ctx.store.commit([patch(eventPosts, claim.id, { state: "sent" })]);
  const still = await ctx.store.get(bindings, binding.id);
  if (still?.podId !== binding.podId) return forgetEventsOf(ctx, binding.podId, addressOf(binding));
  await refreshCard(ctx, eventCard, event);
}

/**
 * A channel that is gone is marked so; what was certainly not sent gives its claim back and is tried again, and given
 * up where the channel stays closed.
 */
async function notPosted({ store, clock }: Context, { binding, claim, attempt }: Posting, error: unknown) {
  const { reason, unknown = true } = error instanceof AppError ? { unknown: false, ...error.detail } : {};
  if (reason === "blocked" || reason === "gone") {
    await store.commit([remove(eventPosts, claim.id)]);
    return markGone(store, binding, clock.now());
  }
  if (!unknown) await store.commit([remove(eventPosts, claim.id)]);
  if (reason === "closed" && attempt > defaultRetry.length) return;
  throw error;
}

/** Unless it was bound anew, given to another pod or moved while the message was on its way. */
function markGone(store: Store, sent: Binding, goneAt: number): Promise<void> {
  return untilSettled(async () => {
    const binding = await store.get(bindings, sent.id);
    if (binding?.boundAt !== sent.boundAt || binding.podId !== sent.podId || binding.channel !== sent.channel) return;
    if (binding.goneAt === undefined) await store.commit([patch(bindings, binding, { goneAt })]).catch(asGone);
  });
}

/** Unbound meanwhile: there is nothing to mark. */
function asGone(error: unknown): void {
  if (!(error instanceof AppError && error.code === "not_found")) throw error;
}

async function readerIn({ store }: Context, { platform, space }: Binding, zone = "UTC"): Promise<Reader> {
  const known = await store.getBy(spaces, { platform, externalId: space });
  return { language: known?.language ?? "en", zone, platform };
}
