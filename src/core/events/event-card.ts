// The card of an event: when, where, who comes, and the buttons to answer. It stays current wherever it was posted.
import { button } from "../kernel/action.ts";
import type { Card, Context } from "../kernel/house.ts";
import { profiles } from "../members/read.ts";
import { type Pod, pods } from "../pods/read.ts";
import { md, type Reader, type Text, time } from "../text.ts";
import { wallClockOf } from "../time/wall-clock.ts";
import type { Block, Button, View } from "../view.ts";
import { type EventRow, type EventStatus, events, stateOf } from "./event.ts";
import { eventBegan, eventCancelled, eventEnded, eventRsvped } from "./facts.ts";
import { type Answer, rsvps } from "./rsvp.ts";
import { rsvpToEvent } from "./rsvp-to-event.ts";
import { eventTexts } from "./texts.ts";

export interface ShownEvent {
  readonly rev: number;
  readonly event: EventRow;
  readonly state: EventStatus;
  readonly pod?: Pod;
  /** Of the first who said they come. */
  readonly names: readonly string[];
}

const mostNames = 10;

export const eventCard: Card<ShownEvent> = {
  name: "event",
  async load(ctx, id) {
    const event = await ctx.store.get(events, id);
    return event && shownOf(ctx, event);
  },
  view: (shown, reader) => ({ ...eventView(shown, reader), audience: "channel", live: liveOf(shown) }),
  isOver: ({ state }) => isOver(state),
  changedBy: [eventRsvped, eventCancelled, eventBegan, eventEnded],
};

/** @param known the names, where they need not be looked up. */
export async function shownOf(
  { store, clock }: Pick<Context, "store" | "clock">,
  event: EventRow,
  known?: readonly string[],
): Promise<ShownEvent> {
  const [pod, names] = await Promise.all([store.get(pods, event.podId), known ?? namesOf(store, event)]);
  return { rev: event.rev, event, state: stateOf(event, clock.now()), pod, names };
}

async function namesOf(store: Context["store"], event: EventRow): Promise<readonly string[]> {
  if (event.attendeesCount === 0) return [];
  const where = { eventId: event.id, status: "going" } as const;
  const { rows } = await store.find(rsvps, { where, orderBy: { field: "ticket" }, limit: mostNames });
  return (
    await store.getMany(
      profiles,
      rows.map((row) => row.memberId),
    )
  ).map((profile) => profile.displayName);
}

const isOver = (state: EventStatus) => state === "cancelled" || state === "completed";
const liveOf = ({ event, rev }: ShownEvent) => ({ card: "event", id: event.id, rev });

/** Stays current only where everybody may see it: who reads it in private may leave a private pod. */
export function eventView(shown: ShownEvent, reader: Reader): View {
  const { event, state, pod, names } = shown;
  const t = eventTexts(reader);
  const lead: Block[] = state === "scheduled" ? [] : [{ paragraph: md`**${t.state(state)}**` }];
  const about: Block[] = event.description ? [{ paragraph: event.description }] : [];
  const field = (name: Text, value: Text | undefined) => (value === undefined ? [] : [{ name, value }]);
  return {
    title: event.title,
    body: [...lead, ...about],
    fields: [
      ...field(t.when, spanOf(event.startTime, event.endTime, reader)),
      ...field(t.where, event.location),
      ...field(t.link, linkTo(event.meetingUrl)),
      ...field(t.seats, event.maxAttendees === undefined ? undefined : seatsOf(event, reader)),
      ...field(t.goingCounted(event.attendeesCount), namesIn({ event, names }, reader)),
      ...field(t.maybe, event.maybeCount ? `${event.maybeCount}` : undefined),
    ],
    footer: [pod?.name, event.code].filter(Boolean).join(" · "),
    buttons: state === "scheduled" ? [answerButtons(event.id, reader)] : [],
    ...(pod?.privacy === "public" && !isOver(state) && { live: liveOf(shown) }),
  };
}

/** In the reader's zone; the day of the end is said where it is another. */
export function spanOf(start: number, end: number, reader: Reader): Text {
  const [from, to] = [start, end].map((instant) => wallClockOf(instant, reader.zone).toPlainDate());
  return md`${time(start)} – ${time(end, from!.equals(to!) ? "time" : "full")}`;
}

export const linkTo = (url: string | undefined): Text | undefined => (url ? [{ link: [url], url }] : undefined);

export const seatsOf = ({ attendeesCount, maxAttendees, waitlistCount }: EventRow, reader: Reader): string =>
  eventTexts(reader).seatsTaken({ taken: attendeesCount, of: maxAttendees, waiting: waitlistCount }) as string;

function namesIn({ event, names }: Pick<ShownEvent, "event" | "names">, reader: Reader): Text {
  const t = eventTexts(reader);
  return names.length ? t.names({ names, more: event.attendeesCount - names.length }) : t.nobody;
}

export function answerButtons(
  event: string,
  reader: Reader,
  answers: readonly Answer[] = ["going", "maybe", "declined"],
): Button[] {
  const t = eventTexts(reader);
  return answers.map((answer) =>
    button(t[answer], rsvpToEvent, { event, answer }, answer === "going" ? "primary" : "plain"),
  );
}
