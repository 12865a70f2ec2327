// Two members who both answered turn out to be one: the stronger answer stands, and the counts follow in the same commit.
import { patch, remove, untilSettled } from "../kernel/change.ts";
import type { Context, MergeRule } from "../kernel/house.ts";
import { events, stateOf } from "./event.ts";
import { eventRsvped } from "./facts.ts";
import { countsAfter, frees, type Move, type Rsvp, type RsvpStatus, rsvps } from "./rsvp.ts";
import { promotionOf } from "./take-seat.ts";

const strength: readonly RsvpStatus[] = ["declined", "maybe", "waitlisted", "going"];

/** The stronger answer; of two in line the one that came first. */
function standing(a: Rsvp, b: Rsvp): Rsvp {
  const by = strength.indexOf(a.status) - strength.indexOf(b.status);
  return by > 0 || (by === 0 && a.ticket <= b.ticket) ? a : b;
}

export const mergeRsvps: MergeRule<typeof rsvps> = {
  of: rsvps,
  clash: (ctx, keptThen, mergedThen) => untilSettled(() => settle(ctx, keptThen, mergedThen)),
};

/** Reads the event first, as every change of an RSVP does, so that the rows read after it are still so at its commit. */
async function settle(ctx: Context, keptThen: Rsvp, mergedThen: Rsvp): Promise<void> {
  const { store, clock } = ctx;
  const event = await store.get(events, keptThen.eventId);
  const [kept, merged] = await Promise.all([store.get(rsvps, keptThen.id), store.get(rsvps, mergedThen.id)]);
  if (!merged || merged.memberId === keptThen.memberId) return;
  if (!event || !kept) return store.commit([remove(rsvps, merged)]);
  const stands = standing(kept, merged);
  const { status, ticket, role } = stands;
  const gone: Move = [(stands === kept ? merged : kept).status, undefined];
  const opens = frees(gone) && event.waitlistCount > 0 && stateOf(event, clock.now()) === "scheduled";
  const promotion = opens ? await promotionOf(ctx, event) : undefined;
  await store.commit([
    patch(events, event, countsAfter(event, promotion ? [gone, ["waitlisted", "going"]] : [gone])),
    remove(rsvps, merged),
    patch(rsvps, kept, { status, ticket, role: role === "attendee" ? kept.role : role }),
    eventRsvped(ctx, { subject: event.id, member: kept.memberId, answer: status }),
    ...(promotion ?? []),
  ]);
}
