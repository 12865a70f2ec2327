// A space: a Telegram group, a Discord server, a Slack workspace where PeerSpark is installed.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { just, maybe } from "../plain-shapes.ts";
import type { Place } from "../ports/platform.ts";
import type { Row } from "../ports/store.ts";
import { languages } from "../text.ts";

/** "closed": PeerSpark lacks the right to list events; "full": the app takes no more. */
export const CalendarShut = z.enum(["closed", "full"]);
export type CalendarShut = z.infer<typeof CalendarShut>;

export const spaces = collection(
  "spaces",
  z.object({
    platform: just.string,
    /** The platform's id of it. */
    externalId: just.string,
    title: just.string.max(200).optional(),
    /** Where PeerSpark can say something to all of it. */
    channel: just.string,
    joinedBy: maybe.string,
    joinedAt: just.int,
    language: z.enum(languages).default("en"),
    /** Its pods' events are listed in its own calendar. */
    calendar: just.boolean.default(false),
    /** That is not possible, since then, and why. */
    calendarShutAt: maybe.int,
    calendarShut: CalendarShut.optional(),
    /** PeerSpark was thrown out of it, since then. */
    goneAt: maybe.int,
  }),
  { often: true, unique: [["platform", "externalId"]], indexes: [["calendar"]], members: ["joinedBy"] },
);
export type Space = Row<typeof spaces>;

/** What a place's space is called, as far as the platform tells it. */
export const titleOf = ({ space, title }: Pick<Place, "space" | "title">): string | undefined =>
  [...(space?.title ?? title ?? "")].slice(0, 100).join("") || undefined;

/** The platform's id of the space a place is in; a group that is its own space goes by its channel. */
export const spaceIdOf = ({ space, channel }: Pick<Place, "space" | "channel">): string => space?.id ?? channel;
