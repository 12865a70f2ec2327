// Creates the event of a preview. Its id was made with the preview, so pressing twice makes one event.
import { z } from "zod";
import { AppError, isConflict } from "../errors.ts";
import { defineAction } from "../kernel/action.ts";
import { insert } from "../kernel/change.ts";
import type { ActionContext } from "../kernel/house.ts";
import { isId, withFreshCode } from "../kernel/short-code.ts";
import { visibleText } from "../kernel/visible-text.ts";
import { isZone } from "../members/read.ts";
import { offeredReminders } from "../notifications/read.ts";
import { just } from "../plain-shapes.ts";
import { type Binding, homesOf, isAt, placeNames, podRef, requireMember } from "../pods/read.ts";
import type { NewRow } from "../ports/store.ts";
import { md, type Reader, type Text } from "../text.ts";
import { note, type View } from "../view.ts";
import {
  atEveryMoment,
  type EventRow,
  events,
  longestLength,
  longestTitle,
  nextReminder,
  usualReminders,
} from "./event.ts";
import { eventView, type ShownEvent, shownOf } from "./event-card.ts";
import { noSuchEvent } from "./event-ref.ts";
import { eventCreated } from "./facts.ts";
import { rsvps } from "./rsvp.ts";
import { eventTexts } from "./texts.ts";

const instant = just.int.min(0).max(8.64e15);
/** What one may say of an event besides its time; the question of each is event.create's. */
export const details = {
  capacity: just.int.min(1).max(10_000),
  place: visibleText(200),
  link: z.url({ protocol: /^https?$/ }).max(255),
  description: just.string.trim().min(1).max(2000),
};

const Draft = z.object({
  id: just.string.refine(isId),
  pod: podRef,
  start: instant,
  end: instant,
  zone: just.string.refine(isZone),
  title: visibleText(longestTitle),
  capacity: details.capacity.optional(),
  place: details.place.optional(),
  link: details.link.optional(),
  description: details.description.optional(),
  reminders: z
    .array(
      z
        .number()
        .int()
        .refine((minutes) => offeredReminders.includes(minutes)),
    )
    .optional(),
});
type Draft = z.output<typeof Draft>;

export const publishEvent = defineAction({
  name: "event.publish",
  command: false,
  who: "member",
  input: Draft,
  async run(ctx, input) {
    const { store } = ctx;
    // A new one is still to come; of one that was made before, the commit says so.
    const known = input.start < ctx.clock.now() ? await store.get(events, input.id) : undefined;
    const event = known ?? (await publish(ctx, input));
    if (event.podId !== input.pod.id || event.organizerId !== ctx.actor.id) throw noSuchEvent();
    const [shown, homes] = await Promise.all([
      // A new one has one seat taken, and by whom is known.
      shownOf(ctx, event, event.rev === 1 ? [ctx.actor.displayName] : undefined),
      homesOf(store, event.podId),
    ]);
    const open = homes.filter(({ closedAt }) => closedAt === undefined);
    return { shown, open, homes, here: open.some((home) => ctx.place && isAt(home, ctx.place)) };
  },
  view: publishedView,
});

async function publish(ctx: ActionContext, draft: Draft): Promise<EventRow> {
  await requireMember(ctx, draft.pod);
  refuseTimes(draft, ctx.clock.now());
  try {
    return await withFreshCode(events, ctx.secrets, async (code) => {
      const row = rowOf(ctx, draft, code);
      await ctx.store.commit(stepsOf(ctx, row));
      return { ...events.shape.parse(row), id: draft.id, rev: 1 };
    });
  } catch (error) {
    if (!isConflict(error) || error.detail.collection !== events.name) throw error;
    const known = await ctx.store.get(events, draft.id);
    if (!known) throw error;
    return known;
  }
}

const horizon = 5 * 366 * 24 * 3600_000;

function refuseTimes({ start, end }: Draft, now: number): void {
  if (start < now) throw new AppError("invalid", eventTexts.say("past"));
  if (end <= start || end - start > longestLength || start > now + horizon)
    throw new AppError("invalid", eventTexts.say("badTimes"));
}

function rowOf({ actor, clock }: ActionContext, draft: Draft, code: string): NewRow<typeof events> & { id: string } {
  const { id, pod, start: startTime, end: endTime, zone, title, capacity, place, link, description } = draft;
  const createdAt = clock.now();
  const reminderOffsets = [...(draft.reminders ?? usualReminders)];
  const nextReminderAt = nextReminder(atEveryMoment({ startTime, reminderOffsets }), createdAt);
  const what = { title, description, startTime, endTime, timezone: zone, location: place, meetingUrl: link };
  return {
    id,
    code,
    podId: pod.id,
    organizerId: actor.id,
    ...what,
    maxAttendees: capacity,
    attendeesCount: 1,
    reminderOffsets,
    nextReminderAt,
    createdAt,
  };
}

function stepsOf(ctx: ActionContext, row: ReturnType<typeof rowOf>) {
  const { id: eventId, podId: pod, organizerId: memberId, createdAt } = row;
  const seat = { eventId, memberId, status: "going", role: "organizer", ticket: 0, createdAt } as const;
  return [
    insert(events, row),
    insert(rsvps, { id: ctx.secrets.id(), ...seat }),
    eventCreated(ctx, { subject: eventId, pod, organizer: memberId }),
  ];
}

interface Published {
  readonly shown: ShownEvent;
  readonly homes: readonly Binding[];
  /** Those of them that it is posted in. */
  readonly open: readonly Binding[];
  /** It is posted in this very place. */
  readonly here: boolean;
}

/** Its organizer has a card of their own, unless it comes up right beside. */
function publishedView({ shown, here, ...where }: Published, reader: Reader): View {
  const lead = md`${eventTexts(reader).created(shown.event.code)} ${postedWhere(shown, where, reader)}`;
  if (here) return { ...note(lead), replaces: true };
  const view = eventView(shown, reader);
  return { ...view, body: [{ paragraph: lead }, ...(view.body ?? [])], replaces: true };
}

function postedWhere({ pod }: ShownEvent, { homes, open }: Pick<Published, "homes" | "open">, reader: Reader): Text {
  const t = eventTexts(reader);
  if (open.length) return t.postedIn(placeNames(open, reader));
  return homes.length ? t.notPostedIn(placeNames(homes, reader)) : t.postedNowhere(pod?.code ?? "");
}
