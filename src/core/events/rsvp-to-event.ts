// Saying whether you come.
import { z } from "zod";
import { defineAction } from "../kernel/action.ts";
import { ask } from "../kernel/input.ts";
import { pods, requireMember } from "../pods/read.ts";
import { note } from "../view.ts";
import { eventRef, noSuchEvent } from "./event-ref.ts";
import { Answer } from "./rsvp.ts";
import { takeSeat } from "./take-seat.ts";
import { eventTexts } from "./texts.ts";

export const rsvpToEvent = defineAction({
  name: "event.rsvp",
  summary: eventTexts.say("rsvpSummary"),
  examples: ["/event rsvp Eigenvalues", "/event rsvp EV7K2Q maybe"],
  who: "member",
  input: z.object({
    event: ask(eventTexts.say("askEvent"), eventRef),
    answer: ask(eventTexts.say("askAnswer"), Answer.default("going")),
  }),
  async run(ctx, { event, answer }) {
    if (!event.insider) {
      const pod = await ctx.store.get(pods, event.podId);
      if (!pod) throw noSuchEvent();
      await requireMember(ctx, pod);
    }
    return takeSeat(ctx, event, ctx.actor.id, answer);
  },
  view({ event, status, place, unchanged }, reader) {
    const say = eventTexts(reader)[unchanged ? "answeredAlready" : "answered"];
    return { ...note(say({ status, title: event.title, startTime: event.startTime, place })), brief: true };
  },
});
