// What changes calendars: an event, where its pod is at home, how a space is set up. Each is heard at least once.
import { eventCancelled, eventCreated, eventEnded } from "../events/facts.ts";
import { events } from "../events/read.ts";
import { on } from "../kernel/fact.ts";
import type { Context } from "../kernel/house.ts";
import { pages } from "../kernel/pages.ts";
import { podArchived, podBound, podUnbound } from "../pods/facts.ts";
import { bindings, bindingsOf } from "../pods/read.ts";
import { spaceChanged } from "../spaces/facts.ts";
import { type CalendarPlace, eventListings } from "./listing.ts";
import { type Settled, settleListing } from "./settle-listing.ts";

const pageSize = 100;

const settleEvent = async (ctx: Context, eventId: string): Promise<void> => {
  const event = await ctx.store.get(events, eventId);
  if (event) await eachInTurn(await spotsOf(ctx, event), (spot) => settleListing(ctx, event.id, spot));
};

/** Where its pod is at home, and where it is listed now. */
async function spotsOf({ store, messenger }: Context, { id, podId }: { id: string; podId: string }) {
  const spots = new Map<string, CalendarPlace>();
  const add = ({ platform, space }: CalendarPlace) => {
    if (messenger.hasCalendar(platform)) spots.set(`${platform} ${space}`, { platform, space });
  };
  for await (const bound of bindingsOf(store, podId)) bound.forEach(add);
  (await store.find(eventListings, { where: { eventId: id }, limit: 500 })).rows.forEach(add);
  return [...spots.values()];
}

/** One that fails does not keep the others waiting. @throws the first failure, when all were tried. */
async function eachInTurn<T>(items: readonly T[], settle: (item: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) await settle(item).catch((error: unknown) => failures.push(error));
  if (failures.length) throw failures[0];
}

async function* comingOf({ store, clock }: Context, podId: string): AsyncGenerator<readonly string[]> {
  const where = { podId, startTime: { gt: clock.now() } };
  for await (const rows of pages(store, events, { where, orderBy: { field: "startTime" }, limit: pageSize }))
    yield rows.filter(({ status }) => status === "scheduled").map(({ id }) => id);
}

async function settlePod(ctx: Context, podId: string): Promise<void> {
  for await (const ids of comingOf(ctx, podId)) await eachInTurn(ids, (id) => settleEvent(ctx, id));
}

/** What is listed there, and what is to be; it ends where the right to list is found missing. */
export async function settleSpace(ctx: Context, spot: CalendarPlace): Promise<void> {
  const stopped = (settled: Settled) => settled === "shut";
  for await (const ids of listedIn(ctx, spot))
    for (const id of ids) if (stopped(await settleListing(ctx, id, spot))) return;
  for (const podId of await podsIn(ctx, spot))
    for await (const ids of comingOf(ctx, podId))
      for (const id of ids) if (stopped(await settleListing(ctx, id, spot))) return;
}

async function* listedIn({ store }: Context, { platform, space }: CalendarPlace): AsyncGenerator<readonly string[]> {
  for await (const rows of pages(store, eventListings, { where: { platform, space }, limit: pageSize }))
    yield rows.map(({ eventId }) => eventId);
}

async function podsIn({ store }: Context, { platform, space }: CalendarPlace): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for await (const rows of pages(store, bindings, { where: { platform, space, goneAt: null }, limit: pageSize }))
    for (const { podId } of rows) found.add(podId);
  return found;
}

export const listCreated = on(eventCreated, "list-created-event", (ctx, { subject }) => settleEvent(ctx, subject));
export const unlistCancelled = on(eventCancelled, "unlist-cancelled-event", (ctx, { subject }) =>
  settleEvent(ctx, subject),
);
export const unlistEnded = on(eventEnded, "unlist-ended-event", (ctx, { subject }) => settleEvent(ctx, subject));
export const listBound = on(podBound, "list-bound-pod", (ctx, { subject }) => settlePod(ctx, subject));
export const unlistUnbound = on(podUnbound, "unlist-unbound-pod", (ctx, { subject }) => settlePod(ctx, subject));
export const unlistArchived = on(podArchived, "unlist-archived-pod", (ctx, { subject }) => settlePod(ctx, subject));
export const settleChanged = on(spaceChanged, "settle-changed-calendar", (ctx, { platform, space }) =>
  settleSpace(ctx, { platform, space }),
);
