// What spaces offer to other features and to the chat edge.
export { noteJoined, noteLeft, noteMoved } from "./note-arrivals.ts";
export { administersPlace, placeOf } from "./own-place.ts";
export { CalendarShut, type Space, spaceIdOf, spaces } from "./space.ts";
