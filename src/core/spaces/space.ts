// A space: a Telegram group, a Discord server, a Slack workspace where PeerSpark is installed.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import type { Place } from "../ports/platform.ts";
import type { Row } from "../ports/store.ts";
import { languages } from "../text.ts";

export const spaces = collection(
  "spaces",
  z.object({
    platform: z.string(),
    /** The platform's id of it. */
    externalId: z.string(),
    title: z.string().max(200).optional(),
    /** Where PeerSpark can say something to all of it. */
    channel: z.string(),
    joinedBy: z.string().optional(),
    joinedAt: z.number().int(),
    language: z.enum(languages).default("en"),
    /** PeerSpark was thrown out of it, since then. */
    goneAt: z.number().int().optional(),
  }),
  { often: true, unique: [["platform", "externalId"]], members: ["joinedBy"] },
);
export type Space = Row<typeof spaces>;

/** The platform's id of the space a place is in; a group that is its own space goes by its channel. */
export const spaceIdOf = ({ space, channel }: Pick<Place, "space" | "channel">): string => space?.id ?? channel;
