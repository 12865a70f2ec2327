// What is coming up: in the pod of this conversation, or in all of yours.
import { z } from "zod";
import { button, callOf, defineAction } from "../kernel/action.ts";
import type { ActionContext } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { just } from "../plain-shapes.ts";
import { maySee, type Pod, podHere, podRef, podsOf } from "../pods/read.ts";
import type { Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import { type EventRow, events, longestLength } from "./event.ts";
import { seatsOf } from "./event-card.ts";
import { showEvent } from "./show-event.ts";
import { eventTexts } from "./texts.ts";

const perPage = 8;
const mostPods = 100;

export const listEvents = defineAction({
  name: "event.list",
  summary: eventTexts.say("listSummary"),
  examples: {
    en: ["/event list", '/event list pod:"Linear Algebra"'],
    de: ["/event list", '/event list pod:"Lineare Algebra"'],
  },
  who: "member",
  input: z.object({
    pod: ask(eventTexts.say("askListPod"), podRef).optional(),
    after: just.string.max(500).optional(),
  }),
  async run(ctx, { pod: given, after }) {
    const listed = await podsListed(ctx, given);
    const now = ctx.clock.now();
    if (listed.length === 0) return { events: [], pod: undefined, next: undefined };
    const page = await ctx.store.find(events, {
      where: {
        podId: { in: listed.map((pod) => pod.id) },
        startTime: { gt: now - longestLength },
        endTime: { gt: now },
        status: { in: ["scheduled", "ongoing"] },
      },
      orderBy: { field: "startTime" },
      limit: perPage,
      after,
    });
    return { events: page.rows, pod: listed.length === 1 ? listed[0] : undefined, next: page.next };
  },
  view: listView,
});

async function podsListed(ctx: ActionContext, given?: Pod): Promise<readonly Pod[]> {
  const here = await podHere(ctx, given);
  if (here && (given || (await maySee(ctx, here)))) return [here];
  return (await podsOf(ctx.store, ctx.actor.id)).slice(0, mostPods);
}

function listView(
  { events, pod, next }: { events: readonly EventRow[]; pod?: Pod; next?: string },
  reader: Reader,
): View {
  const t = eventTexts(reader);
  if (events.length === 0) return note(t.listEmpty);
  return {
    title: pod ? `${t.listTitle} · ${pod.name}` : t.listTitle,
    body: [{ list: events.map((event) => t.item({ ...event, seats: seatsOf(event, reader) })) }],
    select: {
      placeholder: t.pick,
      options: events.map(({ id, title }) => ({ label: title, call: callOf(showEvent, { event: id }) })),
    },
    ...(next && { buttons: [[button(t.more, listEvents, { ...(pod && { pod: pod.id }), after: next })]] }),
  };
}
