// Whoever leaves a pod gives back their seats in its coming events.
import { isConflict } from "../errors.ts";
import { on } from "../kernel/fact.ts";
import { pages } from "../kernel/pages.ts";
import { podLeft } from "../pods/facts.ts";
import { membershipOf } from "../pods/read.ts";
import { events } from "./event.ts";
import { rsvps } from "./rsvp.ts";
import { takeSeat } from "./take-seat.ts";

/** Does nothing for somebody who is back, nor for an event that begins or is cancelled meanwhile. */
export const freeSeats = on(podLeft, "free-seats-of-leaver", async (ctx, { subject: podId, member }) => {
  const { store, clock } = ctx;
  if (await membershipOf(store, podId, member)) return;
  const where = { podId, startTime: { gt: clock.now() } };
  for await (const rows of pages(store, events, { where, orderBy: { field: "startTime" }, limit: 100 }))
    for (const event of rows.filter(({ status }) => status === "scheduled")) {
      const rsvp = await store.getBy(rsvps, { eventId: event.id, memberId: member });
      if (rsvp && rsvp.status !== "declined") await takeSeat(ctx, event, member, "declined").catch(unlessClosed);
    }
});

function unlessClosed(error: unknown): void {
  if (!isConflict(error) || error.detail.key === "rev") throw error;
}
