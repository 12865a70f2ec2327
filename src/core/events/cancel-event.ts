// Calling an event off, after asking whether that is meant.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { button, defineAction } from "../kernel/action.ts";
import { patch, untilSettled } from "../kernel/change.ts";
import type { ActionContext } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { profiles } from "../members/read.ts";
import { maybe } from "../plain-shapes.ts";
import { pods, requireRole } from "../pods/read.ts";
import type { Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import { dismissQuestion } from "./dismiss-question.ts";
import { type EventRow, events, stateOf } from "./event.ts";
import { eventRef, noSuchEvent } from "./event-ref.ts";
import { eventCancelled } from "./facts.ts";
import { rsvps } from "./rsvp.ts";
import { eventTexts } from "./texts.ts";

interface Outcome {
  readonly event: EventRow;
  readonly became: "asked" | "cancelled" | "cancelledAlready";
  /** How many others would be told. */
  readonly others?: number;
}

export const cancelEvent = defineAction({
  name: "event.cancel",
  summary: eventTexts.say("cancelSummary"),
  examples: { en: ["/event cancel Eigenvalues"], de: ["/event cancel Eigenwerte"] },
  who: "member",
  input: z.object({
    event: ask(eventTexts.say("askEvent"), eventRef),
    sure: maybe.boolean,
  }),
  async run(ctx, { event, sure }): Promise<Outcome> {
    await requireSay(ctx, event);
    return untilSettled(() => cancel(ctx, event.id, sure ?? false));
  },
  view: cancelView,
});

/** @throws AppError `forbidden` unless the caller organises it or moderates its pod. */
async function requireSay(ctx: ActionContext, event: EventRow): Promise<void> {
  if (event.organizerId === ctx.actor.id) return;
  const pod = await ctx.store.get(pods, event.podId);
  if (!pod) throw noSuchEvent();
  try {
    await requireRole(ctx, pod, "moderator");
  } catch (error) {
    if (!(error instanceof AppError && error.code === "forbidden")) throw error;
    const organizer = await ctx.store.get(profiles, event.organizerId);
    const name = organizer?.displayName ?? "…";
    throw new AppError("forbidden", eventTexts.say("notYours", name), { cause: error });
  }
}

async function cancel(ctx: ActionContext, id: string, sure: boolean): Promise<Outcome> {
  const event = await ctx.store.get(events, id);
  if (!event) throw noSuchEvent();
  const state = stateOf(event, ctx.clock.now());
  if (state === "cancelled") return { event, became: "cancelledAlready" };
  if (state === "completed") throw new AppError("conflict", eventTexts.say("overAlready", event.title));
  if (!sure) return { event, became: "asked", others: await othersWhoAnswered(ctx, event) };
  await ctx.store.commit([
    patch(events, event, { status: "cancelled", nextReminderAt: undefined }),
    eventCancelled(ctx, { subject: id, by: ctx.actor.id }),
  ]);
  return { event, became: "cancelled" };
}

/** How many would be told: all who come, may come or wait, but for the one who cancels. */
async function othersWhoAnswered({ store, actor }: ActionContext, event: EventRow): Promise<number> {
  const mine = await store.getBy(rsvps, { eventId: event.id, memberId: actor.id });
  const counted = event.attendeesCount + event.maybeCount + event.waitlistCount;
  return mine && mine.status !== "declined" ? counted - 1 : counted;
}

function cancelView({ event, became, others = 0 }: Outcome, reader: Reader): View {
  const t = eventTexts(reader);
  if (became !== "asked") return { ...note(t[became](event.title)), replaces: true };
  const { title, startTime } = event;
  return {
    ...note(t.sure({ title, startTime, told: others })),
    buttons: [
      [
        button(t.cancelIt, cancelEvent, { event: event.id, sure: true }, "danger"),
        button(t.keepIt, dismissQuestion, {}),
      ],
    ],
  };
}
