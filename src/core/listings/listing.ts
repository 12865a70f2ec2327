// An event in a space's own calendar: the row of each, and what it is to show.
import { z } from "zod";
import { type EventRow, events, stateOf } from "../events/read.ts";
import { collection } from "../kernel/collection.ts";
import type { Context } from "../kernel/house.ts";
import { just } from "../plain-shapes.ts";
import { type Binding, bindings, type Pod, placeNames, pods } from "../pods/read.ts";
import type { Listing } from "../ports/platform.ts";
import type { Row, Store } from "../ports/store.ts";
import { type Space, spaces } from "../spaces/read.ts";
import { plain, type Reader } from "../text.ts";
import { listingTexts } from "./texts.ts";

/** Claimed before it is listed, so that a retry does not list it twice. */
export const eventListings = collection(
  "event_listings",
  z.object({
    eventId: just.string,
    platform: just.string,
    /** The platform's id of the space. */
    space: just.string,
    /** The platform's id of the listing; absent while it is on its way there. */
    listingId: just.string.max(100).optional(),
    /** What it shows, signed: another text asks for a change. */
    shown: just.string.max(64).optional(),
    claimedAt: just.int,
  }),
  { unique: [["eventId", "platform", "space"]], indexes: [["platform", "space"]] },
);
export type EventListing = Row<typeof eventListings>;

/** One calendar: a space by the platform's id. */
export interface CalendarPlace {
  readonly platform: string;
  readonly space: string;
}

/** What a calendar is to show of an event: this, whatever it shows now, or nothing. */
export type Wanted =
  | { readonly kind: "this"; readonly listing: Listing; readonly pod: string }
  | { readonly kind: "as it is" }
  | { readonly kind: "nothing"; readonly reachable: boolean };

/** A private pod's events are never listed: everybody in the space sees its calendar. */
export async function wantedOf(ctx: Context, eventId: string, { platform, space }: CalendarPlace): Promise<Wanted> {
  const { store, clock, messenger } = ctx;
  const known = await store.getBy(spaces, { platform, externalId: space });
  const reachable = known?.goneAt === undefined && messenger.hasCalendar(platform);
  const event = await store.get(events, eventId);
  if (!event || event.endTime <= clock.now()) return { kind: "nothing", reachable };
  if (!reachable) return { kind: "as it is" };
  const state = stateOf(event, clock.now());
  if (state === "cancelled") return { kind: "nothing", reachable };
  const pod = await store.get(pods, event.podId);
  if (!known?.calendar || !pod?.isActive || pod.privacy !== "public") return { kind: "nothing", reachable };
  const home = await homeIn(store, pod.id, { platform, space });
  if (!home) return { kind: "nothing", reachable };
  if (state === "ongoing") return { kind: "as it is" };
  return { kind: "this", listing: listingOf({ event, pod, home }, known), pod: pod.id };
}

async function homeIn(store: Store, podId: string, spot: CalendarPlace): Promise<Binding | undefined> {
  return (await store.find(bindings, { where: { podId, ...spot, goneAt: null }, limit: 1 })).rows[0];
}

interface Shown {
  readonly event: EventRow;
  readonly pod: Pod;
  /** Where its card is. */
  readonly home: Binding;
}

/** In the space's language. A calendar shows the time itself, in each reader's zone. */
function listingOf({ event, pod, home }: Shown, { language, platform }: Space): Listing {
  const reader: Reader = { language, zone: pod.timezone, platform };
  const place = placeNames([home], reader);
  const { title, description, startTime: start, endTime: end, location, meetingUrl, code } = event;
  const about = [description, `${pod.name} · ${code}`, meetingUrl, plain(listingTexts(reader).answer(place), reader)];
  return {
    title,
    description: about.filter((line) => line !== undefined).join("\n"),
    start,
    end,
    where: location ?? meetingUrl ?? place,
  };
}
