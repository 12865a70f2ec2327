// What events offer to other features.
export { type EventRow, type EventStatus, events, stateOf } from "./event.ts";
export { spanOf } from "./event-card.ts";
export { eventRef, maySeeEvent, type SeenEvent } from "./event-ref.ts";
export { listEvents } from "./list-events.ts";
export { type Rsvp, type RsvpStatus, rsvps } from "./rsvp.ts";
export { showEvent } from "./show-event.ts";
