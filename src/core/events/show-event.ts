// Everything about one event.
import { z } from "zod";
import { defineAction } from "../kernel/action.ts";
import { ask } from "../kernel/input.ts";
import { eventView, shownOf } from "./event-card.ts";
import { eventRef } from "./event-ref.ts";
import { eventTexts } from "./texts.ts";

export const showEvent = defineAction({
  name: "event.info",
  summary: eventTexts.say("infoSummary"),
  examples: ["/event info Eigenvalues", "/event info EV7K2Q"],
  who: "member",
  input: z.object({ event: ask(eventTexts.say("askEvent"), eventRef) }),
  run: (ctx, { event }) => shownOf(ctx, event),
  view: eventView,
});
