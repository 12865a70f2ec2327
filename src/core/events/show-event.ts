// Everything about one event.
import { z } from "zod";
import { defineAction } from "../kernel/action.ts";
import type { ActionContext } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";
import type { EventRow } from "./event.ts";
import { eventView, type ShownEvent, shownOf } from "./event-card.ts";
import { eventRef } from "./event-ref.ts";
import { rsvps } from "./rsvp.ts";
import { eventTexts } from "./texts.ts";

export const showEvent = defineAction({
  name: "event.info",
  summary: eventTexts.say("infoSummary"),
  examples: ["/event info Eigenvalues", "/event info EV7K2Q"],
  who: "member",
  input: z.object({ event: ask(eventTexts.say("askEvent"), eventRef) }),
  async run(ctx, { event }): Promise<Shown> {
    const [shown, place] = await Promise.all([shownOf(ctx, event), ownPlace(ctx, event)]);
    return { ...shown, place };
  },
  view: shownView,
});

interface Shown extends ShownEvent {
  /** The reader's in the waitlist, from 1; 0 outside of its first hundred. */
  readonly place: number;
}

async function ownPlace({ store, actor }: ActionContext, { id, waitlistCount }: EventRow): Promise<number> {
  if (waitlistCount === 0) return 0;
  const where = { eventId: id, status: "waitlisted" } as const;
  const { rows } = await store.find(rsvps, { where, orderBy: { field: "ticket" }, limit: 100 });
  return 1 + rows.findIndex(({ memberId }) => memberId === actor.id);
}

function shownView({ place, ...shown }: Shown, reader: Reader): View {
  const view = eventView(shown, reader);
  if (place === 0 || shown.state !== "scheduled") return view;
  return { ...view, body: [...(view.body ?? []), { paragraph: eventTexts(reader).yourPlace(place) }] };
}
