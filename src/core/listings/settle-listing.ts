// Brings one event in one calendar in line with what is: lists it, changes it, takes it off. Safe to run twice and at once.
import { AppError, isClosed, isConflict, isShutOut, reasonOf } from "../errors.ts";
import { insert, patch, remove, untilSettled } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import type { Listing } from "../ports/platform.ts";
import { type CalendarShut, spaces } from "../spaces/read.ts";
import { calendarShut } from "./facts.ts";
import { type CalendarPlace, type EventListing, eventListings, type Wanted, wantedOf } from "./listing.ts";

/** `shut`: nothing can be listed there now, so that others need not be tried. */
export type Settled = "settled" | "shut";

/** @throws what the platform throws when the same should be tried again later. */
export const settleListing = (ctx: Context, eventId: string, spot: CalendarPlace): Promise<Settled> =>
  ctx.inTurn(`listing:${eventId}:${spot.platform}:${spot.space}`, () => settle(ctx, eventId, spot));

/** Whoever has listed or changed it looks again, since others who came meanwhile have left it to them. */
async function settle(ctx: Context, eventId: string, spot: CalendarPlace): Promise<Settled> {
  const wanted = await wantedOf(ctx, eventId, spot);
  const row = await ctx.store.getBy(eventListings, { eventId, ...spot });
  if (wanted.kind === "as it is") return "settled";
  if (wanted.kind === "nothing") return row ? takeOff(ctx, row, wanted.reachable) : "settled";
  const shown = ctx.secrets.sign(JSON.stringify(wanted.listing), 32);
  if (row && (!row.listingId || row.shown === shown)) return "settled";
  const outcome = row
    ? await change(ctx, row, wanted.listing, shown)
    : await list(ctx, { eventId, spot, wanted, shown });
  return outcome === "again" ? settle(ctx, eventId, spot) : outcome;
}

interface New {
  readonly eventId: string;
  readonly spot: CalendarPlace;
  readonly wanted: Extract<Wanted, { kind: "this" }>;
  readonly shown: string;
}

/**
 * A claim that was never closed means that a process died or the platform timed out in the middle of it, and nobody knows
 * whether it is listed. It is not listed again: one that is missing is in the chat all the same, a second one would look
 * like a second event. Turning the calendar off and on lists it anew.
 */
async function list(ctx: Context, { eventId, spot, wanted, shown }: New): Promise<Settled | "again"> {
  const { store, secrets, clock, messenger } = ctx;
  const claim = { id: secrets.id(), eventId, ...spot, claimedAt: clock.now() };
  try {
    await store.commit([insert(eventListings, claim)]);
  } catch (error) {
    if (isConflict(error)) return "settled";
    throw error;
  }
  try {
    const listingId = await messenger.list(spot.platform, spot.space, wanted.listing);
    await store.commit([patch(eventListings, claim.id, { listingId, shown })]);
  } catch (error) {
    const { unknown = true } = error instanceof AppError ? { unknown: false, ...error.detail } : {};
    if (!unknown) await store.commit([remove(eventListings, claim.id)]);
    return afterRefusal(ctx, spot, wanted.pod, error);
  }
  await noteOpen(ctx, spot);
  return "again";
}

/** One that somebody has taken off by hand is left alone, or listed anew under another id: as the app has it. */
async function change(ctx: Context, row: EventListing, listing: Listing, shown: string): Promise<Settled | "again"> {
  const { platform, space } = row;
  let { listingId } = row;
  try {
    listingId = await ctx.messenger.list(platform, space, listing, listingId);
  } catch (error) {
    if (reasonOf(error) !== "gone") return afterRefusal(ctx, row, undefined, error);
  }
  await ctx.store.commit([patch(eventListings, row, { listingId, shown })]).catch(ignoreConflict);
  return "again";
}

/** One that is on its way there is taken off by whoever lists it; left so by a dead process, it is forgotten. */
async function takeOff(ctx: Context, row: EventListing, reachable: boolean): Promise<Settled> {
  const { platform, space, listingId, claimedAt } = row;
  if (!listingId && ctx.clock.now() - claimedAt < underWay) return "settled";
  try {
    if (listingId && reachable) await ctx.messenger.unlist(platform, space, listingId);
  } catch (error) {
    if (isClosed(error)) return "shut";
    if (!isShutOut(error)) throw error;
  }
  await ctx.store.commit([remove(eventListings, row.id)]);
  return "settled";
}

/** Listing takes less (ms). */
const underWay = 2 * 60_000;

async function afterRefusal(
  ctx: Context,
  spot: CalendarPlace,
  pod: string | undefined,
  error: unknown,
): Promise<Settled> {
  if (isShutOut(error)) return "shut";
  const why = isClosed(error) ? "closed" : reasonOf(error) === "full" ? "full" : undefined;
  if (!why) throw error;
  if (pod) await noteShut(ctx, spot, { pod, why });
  return "shut";
}

/** Stated once for as long as it lasts. */
const noteShut = (
  ctx: Context,
  { platform, space }: CalendarPlace,
  { pod, why }: { readonly pod: string; readonly why: CalendarShut },
): Promise<void> =>
  untilSettled(async () => {
    const known = await ctx.store.getBy(spaces, { platform, externalId: space });
    if (!known || known.calendarShutAt !== undefined) return;
    const shut = patch(spaces, known, { calendarShutAt: ctx.clock.now(), calendarShut: why });
    await ctx.store.commit([shut, calendarShut(ctx, { platform, space, pod, why })]);
  });

async function noteOpen({ store }: Context, { platform, space }: CalendarPlace): Promise<void> {
  const known = await store.getBy(spaces, { platform, externalId: space });
  if (known?.calendarShutAt !== undefined) await store.commit([patch(spaces, known.id, { calendarShutAt: undefined })]);
}

function ignoreConflict(error: unknown): void {
  if (!isConflict(error)) throw error;
}
