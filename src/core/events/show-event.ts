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
import { placeInLine, rsvps } from "./rsvp.ts";
import { eventTexts } from "./texts.ts";

export const showEvent = defineAction({
  name: "event.info",
  summary: eventTexts.say("infoSummary"),
  examples: {
    en: ["/event info Eigenvalues", "/event info EV7K2Q"],
    de: ["/event info Eigenwerte", "/event info EV7K2Q"],
  },
  who: "member",
  input: z.object({ event: ask(eventTexts.say("askEvent"), eventRef) }),
  async run(ctx, { event }): Promise<Shown> {
    const [shown, place] = await Promise.all([shownOf(ctx, event), ownPlace(ctx, event)]);
    return { ...shown, place };
  },
  view: shownView,
});

interface Shown extends ShownEvent {
  /** The reader's in the waitlist, from 1; 0 outside it. */
  readonly place: number;
}

async function ownPlace({ store, actor }: ActionContext, { id, waitlistCount }: EventRow): Promise<number> {
  if (waitlistCount === 0) return 0;
  const own = await store.getBy(rsvps, { eventId: id, memberId: actor.id });
  return own?.status === "waitlisted" ? placeInLine(store, own) : 0;
}

function shownView({ place, ...shown }: Shown, reader: Reader): View {
  const view = eventView(shown, reader);
  if (place === 0 || shown.state !== "scheduled") return view;
  return { ...view, body: [...(view.body ?? []), { paragraph: eventTexts(reader).yourPlace(place) }] };
}
