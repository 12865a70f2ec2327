// Listings: a pod's events in the own calendars of the spaces it is at home in.
import type { Feature } from "../kernel/house.ts";
import { calendarShut } from "./facts.ts";
import { eventListings } from "./listing.ts";
import { calendarShutNotification } from "./notify.ts";
import {
  listBound,
  listCreated,
  settleChanged,
  unlistArchived,
  unlistCancelled,
  unlistEnded,
  unlistUnbound,
} from "./settle-calendars.ts";
import { settleCalendar, sweepCalendars } from "./sweep-listings.ts";

export const listings: Feature = {
  name: "listings",
  collections: [eventListings],
  jobs: [settleCalendar, sweepCalendars],
  facts: [calendarShut],
  listeners: [listCreated, unlistCancelled, unlistEnded, listBound, unlistUnbound, unlistArchived, settleChanged],
  notifications: [calendarShutNotification],
};
