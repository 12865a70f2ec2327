// RSVPs: who comes, who may, who waits for a seat, and the rule of the seats.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { pages } from "../kernel/pages.ts";
import { just } from "../plain-shapes.ts";
import type { Row, Store } from "../ports/store.ts";
import type { EventRow } from "./event.ts";

export const Answer = z.enum(["going", "maybe", "declined"]);
export type Answer = z.infer<typeof Answer>;
/** What people say for it. */
export const answerWords: Readonly<Record<Answer, readonly string[]>> = {
  going: ["yes", "coming", "ja", "komme", "dabei", "bin dabei", "zusage"],
  maybe: ["perhaps", "vielleicht"],
  declined: ["no", "can't", "cannot", "can't come", "not going", "nein", "absage", "kann nicht", "komme nicht"],
};
export const RsvpStatus = z.enum(["going", "maybe", "declined", "waitlisted"]);
export type RsvpStatus = z.infer<typeof RsvpStatus>;

export const rsvps = collection(
  "pod_rsvps",
  z.object({
    eventId: just.string,
    memberId: just.string,
    status: RsvpStatus,
    role: z.enum(["attendee", "speaker", "organizer", "volunteer"]).default("attendee"),
    /** The event's revision at which this was answered: no two are equal, so it is the order of the waitlist. */
    ticket: just.int,
    createdAt: just.int,
  }),
  {
    unique: [["eventId", "memberId"]],
    indexes: [["eventId", "status", "ticket"], ["memberId"]],
    members: ["memberId"],
  },
);
export type Rsvp = Row<typeof rsvps>;

type Counts = Pick<EventRow, "attendeesCount" | "maybeCount" | "waitlistCount">;
type Seats = Pick<EventRow, "attendeesCount" | "maxAttendees">;

/** One person's way from a status (undefined: had not answered) to another. */
export type Move = readonly [from: RsvpStatus | undefined, to: RsvpStatus | undefined];

const isFull = ({ attendeesCount, maxAttendees }: Seats) =>
  maxAttendees !== undefined && attendeesCount >= maxAttendees;

/** What an answer comes to: "going" waits in line when all seats are taken, and keeps its place there. */
export function seatFor(event: Seats, had: RsvpStatus | undefined, answer: Answer): RsvpStatus {
  if (answer !== "going") return answer;
  if (had === "going" || had === "waitlisted") return had;
  return isFull(event) ? "waitlisted" : "going";
}

/** Whether a move gives a seat to the first in line. */
export const frees = ([from, to]: Move): boolean => from === "going" && to !== "going";

const counters: Partial<Record<RsvpStatus, keyof Counts>> = {
  going: "attendeesCount",
  maybe: "maybeCount",
  waitlisted: "waitlistCount",
};

export function countsAfter({ attendeesCount, maybeCount, waitlistCount }: Counts, moves: readonly Move[]): Counts {
  const counts = { attendeesCount, maybeCount, waitlistCount };
  for (const [from, to] of moves) {
    const [left, entered] = [from && counters[from], to && counters[to]];
    if (left) counts[left]--;
    if (entered) counts[entered]++;
  }
  return counts;
}

export async function firstInLine(store: Store, eventId: string): Promise<Rsvp | undefined> {
  const where = { eventId, status: "waitlisted" } as const;
  return (await store.find(rsvps, { where, orderBy: { field: "ticket" }, limit: 1 })).rows[0];
}

/** 1 for the first in line. */
export const placeInLine = async (store: Store, { eventId, ticket }: Rsvp): Promise<number> =>
  1 + (await store.count(rsvps, { eventId, status: "waitlisted", ticket: { lt: ticket } }));

/** Everybody with one of these answers. */
export async function memberIdsOf(
  store: Store,
  eventId: string,
  statuses: readonly RsvpStatus[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const rows of pages(store, rsvps, { where: { eventId, status: { in: statuses } }, limit: 500 }))
    found.push(...rows.map((row) => row.memberId));
  return found;
}
