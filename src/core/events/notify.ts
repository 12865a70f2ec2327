// What members are told of events: a reminder, that it is off, that they have a seat.
import { button } from "../kernel/action.ts";
import type { Context, NotificationKind } from "../kernel/house.ts";
import { preferencesOfMany, settingsOf } from "../notifications/read.ts";
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";
import { type EventRow, events, reminderAt, stateOf } from "./event.ts";
import { answerButtons, linkTo, spanOf } from "./event-card.ts";
import { eventCancelled, eventComesUp, eventPromoted } from "./facts.ts";
import { memberIdsOf, type RsvpStatus, rsvps } from "./rsvp.ts";
import { showEvent } from "./show-event.ts";
import { eventTexts } from "./texts.ts";

interface Told {
  readonly [key: string]: unknown;
  readonly event: string;
  /** Not kept with what was told long ago. */
  readonly pod?: string;
  readonly title: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly place?: string;
  readonly link?: string;
}

const toldOf = ({ id, podId, title, startTime, endTime, location, meetingUrl }: EventRow): Told => ({
  event: id,
  pod: podId,
  title,
  startTime,
  endTime,
  ...(location && { place: location }),
  ...(meetingUrl && { link: meetingUrl }),
});

const timed = {
  subject: ({ event }: Told) => event,
  podOf: ({ pod }: Told) => pod,
  startsAt: ({ startTime }: Told) => startTime,
  pastAt: ({ endTime }: Told) => endTime,
};

/** Stated later than this (ms) it says so. */
const lateAfter = 2 * 60_000;

const minutesTo = (startTime: number, from: number) => Math.ceil((startTime - from) / 60_000);

interface Reminded extends Told {
  readonly plannedFor: number;
  /** From the telling to the start; the offset itself when it is on time. Not above zero: it has begun. */
  readonly minutes: number;
  readonly late: boolean;
}

export const eventReminder: NotificationKind<typeof eventComesUp.payload, Reminded> = {
  type: "event",
  group: "events",
  urgency: "soon",
  late: "newest",
  ...timed,
  plannedFor: ({ plannedFor }) => plannedFor,
  async stillTrue(ctx, { event: id, startTime }, memberId) {
    const event = await openEvent(ctx, id);
    return event?.startTime === startTime && (await isAnswered(ctx, id, memberId, ["going", "maybe"]));
  },
  fact: eventComesUp,
  async prepare(ctx, { subject, offset, others, startTime, at }) {
    const event = await openEvent(ctx, subject);
    if (!event || event.startTime !== startTime) return undefined;
    const due = [offset, ...others];
    const own = due.filter((one) => event.reminderOffsets.includes(one));
    const plannedFor = reminderAt(startTime, Math.max(...(own.length ? own : due)));
    const late = at - plannedFor > lateAfter;
    const minutes = late ? minutesTo(startTime, at) : offset;
    return {
      to: await remindedAt(ctx, event, due),
      data: { ...toldOf(event), plannedFor, minutes, late },
    };
  },
  gist: () => "",
  view(data, reader, now = 0) {
    const t = eventTexts(reader);
    const { title, startTime, late } = data;
    const minutes = now - data.plannedFor > lateAfter ? minutesTo(startTime, now) : data.minutes;
    const begun = minutes <= 0;
    return {
      title: begun ? t.hasBegun(title) : t.comesUp({ title, minutes }),
      body: [...(begun ? [{ paragraph: t.beganAt(startTime) }] : []), ...(late ? [{ paragraph: t.late }] : [])],
      fields: fieldsOf(data, reader),
      buttons: [[...detailsButton(data, reader), ...(begun ? [] : answerButtons(data.event, reader, ["declined"]))]],
    };
  },
};

/** Of those who come, or may, the ones who want to be reminded then: as they have chosen, else as the event has it. */
async function remindedAt({ store }: Context, event: EventRow, offsets: readonly number[]): Promise<readonly string[]> {
  const coming = await memberIdsOf(store, event.id, ["going", "maybe"]);
  const wanted: string[] = [];
  for (let at = 0; at < coming.length; at += 100) {
    const some = coming.slice(at, at + 100);
    const chosen = await preferencesOfMany(store, some);
    const own = (id: string) => settingsOf(chosen.get(id)).reminders ?? event.reminderOffsets;
    wanted.push(...some.filter((id) => own(id).some((offset) => offsets.includes(offset))));
  }
  return wanted;
}

async function isAnswered(
  { store }: Pick<Context, "store">,
  eventId: string,
  memberId: string,
  answers: readonly RsvpStatus[],
): Promise<boolean> {
  const rsvp = await store.getBy(rsvps, { eventId, memberId });
  return rsvp !== undefined && answers.includes(rsvp.status);
}

/** An event that is neither over nor called off. */
async function openEvent(
  { store, clock }: Pick<Context, "store" | "clock">,
  id: string,
): Promise<EventRow | undefined> {
  const event = await store.get(events, id);
  return event && ["scheduled", "ongoing"].includes(stateOf(event, clock.now())) ? event : undefined;
}

const detailsButton = ({ event }: Told, reader: Reader) => [button(eventTexts(reader).details, showEvent, { event })];

function fieldsOf({ startTime, endTime, place, link }: Told, reader: Reader): NonNullable<View["fields"]> {
  const t = eventTexts(reader);
  const url = linkTo(link);
  return [
    { name: t.when, value: spanOf(startTime, endTime, reader) },
    ...(place ? [{ name: t.where, value: place }] : []),
    ...(url ? [{ name: t.link, value: url }] : []),
  ];
}

export const eventCancellation: NotificationKind<typeof eventCancelled.payload, Told> = {
  type: "event_cancelled",
  group: "events",
  urgency: "soon",
  late: "tell",
  ...timed,
  fact: eventCancelled,
  async prepare({ store }, { subject, by }) {
    const event = await store.get(events, subject);
    if (!event) return undefined;
    const told = await memberIdsOf(store, subject, ["going", "maybe", "waitlisted"]);
    return { to: told, data: toldOf(event), by };
  },
  view({ title, startTime }, reader) {
    const t = eventTexts(reader);
    return { title: t.wasCancelled(title), body: [{ paragraph: t.wasPlanned(startTime) }] };
  },
};

export const eventSeat: NotificationKind<typeof eventPromoted.payload, Told> = {
  type: "event_waitlist",
  group: "events",
  urgency: "soon",
  late: "tell",
  ...timed,
  stillTrue: async (ctx, { event }, memberId) =>
    (await openEvent(ctx, event)) !== undefined && (await isAnswered(ctx, event, memberId, ["going"])),
  fact: eventPromoted,
  async prepare(ctx, { subject, member }) {
    const event = await openEvent(ctx, subject);
    return event && { to: [member], data: toldOf(event) };
  },
  gist: () => "",
  view(data, reader) {
    const t = eventTexts(reader);
    return {
      title: t.hasSeat(data.title),
      body: [{ paragraph: t.cannotComeNow }],
      fields: fieldsOf(data, reader),
      buttons: [[...detailsButton(data, reader), ...answerButtons(data.event, reader, ["declined"])]],
    };
  },
};
