// What happens to events. `subject` is the event's id, so that its cards know what to refresh.
import { z } from "zod";
import { defineFact } from "../kernel/fact.ts";
import { just } from "../plain-shapes.ts";
import { RsvpStatus } from "./rsvp.ts";

const subject = just.string;

export const eventCreated = defineFact(
  "event.created",
  z.object({ subject, pod: just.string, organizer: just.string }),
);
/** `answer` is what it came to, so "waitlisted" is among them. */
export const eventRsvped = defineFact("event.rsvped", z.object({ subject, member: just.string, answer: RsvpStatus }));
/** A seat became free for the first in line. An event.rsvped by somebody else is always stated with it. */
export const eventPromoted = defineFact("event.promoted", z.object({ subject, member: just.string }));
export const eventCancelled = defineFact("event.cancelled", z.object({ subject, by: just.string }));
export const eventBegan = defineFact("event.began", z.object({ subject }));
export const eventEnded = defineFact("event.ended", z.object({ subject }));
/** `offset` in minutes before `startTime`; `others` were missed and are stated with it. `at` is when it was stated, which is later when the service was down. */
export const eventComesUp = defineFact(
  "event.comes_up",
  z.object({
    subject,
    offset: just.int,
    others: z.array(just.int).default([]),
    startTime: just.int,
    at: just.int,
  }),
);
