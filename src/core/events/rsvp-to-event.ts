// Saying whether you come. Who is not in an open pod yet joins it by that.
import { z } from "zod";
import { defineAction } from "../kernel/action.ts";
import type { ActionContext } from "../kernel/house.ts";
import { ask, saidAs } from "../kernel/input.ts";
import { join, outsideView, type Pod, pods } from "../pods/read.ts";
import type { Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import { eventRef, noSuchEvent, type SeenEvent } from "./event-ref.ts";
import { Answer, answerWords } from "./rsvp.ts";
import { refuseUnlessOpen, type Seat, takeSeat } from "./take-seat.ts";
import { eventTexts } from "./texts.ts";

export const rsvpToEvent = defineAction({
  name: "event.rsvp",
  summary: eventTexts.say("rsvpSummary"),
  title: eventTexts.say("rsvpTitle"),
  examples: {
    en: ["/event rsvp Eigenvalues", "/event rsvp EV7K2Q maybe"],
    de: ["/event rsvp Eigenwerte", "/event rsvp EV7K2Q vielleicht"],
  },
  who: "member",
  input: z.object({
    event: ask(eventTexts.say("askEvent"), eventRef),
    answer: ask(eventTexts.say("askAnswer"), saidAs(answerWords, Answer.default("going"))),
  }),
  async run(ctx, { event, answer }) {
    if (event.insider) return { seat: await takeSeat(ctx, event, ctx.actor.id, answer) };
    return answerFromOutside(ctx, event, answer);
  },
  view: answeredView,
});

type Answered =
  /** `joined`: the pod they came into by it. */
  | { readonly seat: Seat; readonly joined?: Pod }
  /** They have to come into the pod first, and nothing has changed. */
  | { readonly outside: Pod };

/** Two commits: who joined and has no seat yet, after a crash, presses once more. */
async function answerFromOutside(ctx: ActionContext, event: SeenEvent, answer: Answer): Promise<Answered> {
  const pod = await ctx.store.get(pods, event.podId);
  if (!pod) throw noSuchEvent();
  refuseUnlessOpen(event, ctx.clock.now());
  if (pod.joinPolicy !== "open" || answer === "declined") return { outside: pod };
  await join(ctx, { pod });
  return { seat: await takeSeat(ctx, event, ctx.actor.id, answer), joined: pod };
}

function answeredView(answered: Answered, reader: Reader): View {
  if ("outside" in answered) return outsideView(answered.outside, reader);
  const { seat, joined } = answered;
  const { event, status, place, unchanged } = seat;
  const t = eventTexts(reader);
  const said = t[unchanged ? "answeredAlready" : "answered"];
  const sentence = said({ status, title: event.title, startTime: event.startTime, place });
  return { ...note(joined ? t.joinedToo({ pod: joined.name, answered: sentence }) : sentence), brief: true };
}
