// Answers for one member, in one commit: their RSVP, the counts, and the seat that may go to the first in line.
import { AppError } from "../errors.ts";
import { asRaceFor, insert, patch, untilSettled } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { type EventRow, events, stateOf } from "./event.ts";
import { noSuchEvent } from "./event-ref.ts";
import { eventPromoted, eventRsvped } from "./facts.ts";
import {
  type Answer,
  countsAfter,
  firstInLine,
  frees,
  type Move,
  placeInLine,
  type RsvpStatus,
  rsvps,
  seatFor,
} from "./rsvp.ts";
import { eventTexts } from "./texts.ts";

export interface Seat {
  readonly event: EventRow;
  readonly status: RsvpStatus;
  /** In the waitlist, from 1; 0 outside it. */
  readonly place: number;
  /** They had answered the same already. */
  readonly unchanged: boolean;
}

/**
 * Every change of an RSVP moves the event's revision, so what is read after the event is still so when the commit
 * passes at that revision: capacity holds, and a free seat and somebody in line never exist together.
 * @throws AppError `conflict` when the event has begun, is over or was cancelled.
 */
export function takeSeat(ctx: Context, seen: EventRow, memberId: string, answer: Answer): Promise<Seat> {
  let known: EventRow | undefined = seen;
  const attempt = async () => {
    const event = known ?? (await ctx.store.get(events, seen.id));
    known = undefined;
    if (!event) throw noSuchEvent();
    refuseUnlessOpen(event, ctx.clock.now());
    return answerOn(ctx, event, memberId, answer).catch(asRaceFor(rsvps));
  };
  // In turn, a crowd that answers at once in this process does not use up its tries on one another.
  return ctx.inTurn(`event:${seen.id}`, () => untilSettled(attempt));
}

/** @throws AppError `conflict` */
export function refuseUnlessOpen(event: EventRow, now: number): void {
  const state = stateOf(event, now);
  if (state !== "scheduled") throw new AppError("conflict", eventTexts.say("closed", { title: event.title, state }));
}

async function answerOn(ctx: Context, event: EventRow, memberId: string, answer: Answer): Promise<Seat> {
  const { store, clock, secrets } = ctx;
  const had = await store.getBy(rsvps, { eventId: event.id, memberId });
  const status = seatFor(event, had?.status, answer);
  if (had?.status === status)
    return { event, status, place: status === "waitlisted" ? await placeInLine(store, had) : 0, unchanged: true };
  const move: Move = [had?.status, status];
  const promotion = frees(move) && event.waitlistCount > 0 ? await promotionOf(ctx, event) : undefined;
  const counts = countsAfter(event, promotion ? [move, ["waitlisted", "going"]] : [move]);
  const set = { status, ticket: event.rev };
  await store.commit([
    patch(events, event, counts),
    had
      ? patch(rsvps, had, set)
      : insert(rsvps, { id: secrets.id(), eventId: event.id, memberId, createdAt: clock.now(), ...set }),
    eventRsvped(ctx, { subject: event.id, member: memberId, answer: status }),
    ...(promotion ?? []),
  ]);
  const after = { ...event, ...counts, rev: event.rev + 1 };
  return { event: after, status, place: status === "waitlisted" ? counts.waitlistCount : 0, unchanged: false };
}

/** The steps that give a seat to the first in line. */
export async function promotionOf(ctx: Context, event: EventRow) {
  const first = await firstInLine(ctx.store, event.id);
  if (!first) return undefined;
  return [
    patch(rsvps, first, { status: "going" }),
    eventPromoted(ctx, { subject: event.id, member: first.memberId }),
  ] as const;
}
