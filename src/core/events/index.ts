// Events: when a pod meets, who comes, and that nobody forgets.
import type { Feature } from "../kernel/house.ts";
import { cancelEvent } from "./cancel-event.ts";
import { createEvent } from "./create-event.ts";
import { dismissQuestion } from "./dismiss-question.ts";
import { events as rows } from "./event.ts";
import { eventCard } from "./event-card.ts";
import {
  eventBegan,
  eventCancelled,
  eventComesUp,
  eventCreated,
  eventEnded,
  eventPromoted,
  eventRsvped,
} from "./facts.ts";
import { forgetUnbound } from "./forget-cards.ts";
import { freeSeats } from "./free-seats.ts";
import { listEvents } from "./list-events.ts";
import { mergeRsvps } from "./merge-rsvps.ts";
import { moveEventOn } from "./move-on.ts";
import { eventCancellation, eventReminder, eventSeat } from "./notify.ts";
import { planTurns } from "./plan-turns.ts";
import { postEvent, postMissedEvents, postNewEvent } from "./post-event.ts";
import { publishEvent } from "./publish-event.ts";
import { remindOfEvent } from "./remind-of-event.ts";
import { rsvps } from "./rsvp.ts";
import { rsvpToEvent } from "./rsvp-to-event.ts";
import { showEvent } from "./show-event.ts";
import { sweepEvents } from "./sweep-events.ts";
import { eventTexts } from "./texts.ts";

export const events: Feature = {
  name: "events",
  title: eventTexts.say("area"),
  collections: [rows, rsvps],
  actions: [createEvent, listEvents, showEvent, rsvpToEvent, cancelEvent, publishEvent, dismissQuestion],
  jobs: [remindOfEvent, moveEventOn, postEvent, sweepEvents],
  facts: [eventCreated, eventRsvped, eventPromoted, eventCancelled, eventBegan, eventEnded, eventComesUp],
  listeners: [planTurns, postNewEvent, postMissedEvents, forgetUnbound, freeSeats],
  cards: [eventCard],
  notifications: [eventReminder, eventCancellation, eventSeat],
  merges: [mergeRsvps],
};
