// A server's own scheduled events (discord.com/developers/docs/resources/guild-scheduled-event).

import {
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventStatus,
  Routes,
} from "discord-api-types/v10";
import { AppError, reasonOf } from "../../../core/errors.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Listing, Platform } from "../../../core/ports/platform.ts";
import { cutTo } from "../../../core/text.ts";
import type { Api } from "./api.ts";
import { disarmed, escapedMarkdown } from "./escape.ts";
import { isInvisible } from "./render.ts";
import { discordTexts } from "./texts.ts";

const most = { name: 100, description: 1_000, location: 100 } as const;
/** ms: a listed event must begin in the future, also by Discord's clock. */
const ahead = 60_000;

export function calendar(api: Api, clock: Clock): Pick<Platform, "list" | "unlist"> {
  async function made(space: string, listing: Listing): Promise<string> {
    const begin = Math.max(listing.start, clock.now() + ahead);
    if (listing.end <= begin) throw new AppError("conflict", discordTexts.say("over"));
    const body = { ...bodyOf(listing), scheduled_start_time: iso(begin) };
    return (await api.call<{ id: string }>("POST", Routes.guildScheduledEvents(space), { body, tries: 1 })).id;
  }

  /** One that has begun keeps its start; false when it is no more, or over. */
  async function changed(space: string, listing: Listing, id: string): Promise<boolean> {
    const route = Routes.guildScheduledEvent(space, id);
    try {
      const { status } = await api.call<{ status: GuildScheduledEventStatus }>("GET", route);
      if (status > GuildScheduledEventStatus.Active) return false;
      const movable = status === GuildScheduledEventStatus.Scheduled && listing.start > clock.now();
      const start = movable ? { scheduled_start_time: iso(listing.start) } : {};
      await api.call("PATCH", route, { body: { ...bodyOf(listing), ...start } });
      return true;
    } catch (error) {
      if (reasonOf(error) !== "gone") throw error;
      return false;
    }
  }

  return {
    list: (space, listing, id) =>
      (async () => (id !== undefined && (await changed(space, listing, id)) ? id : made(space, listing)))().catch(
        named,
      ),
    unlist: async (space, id) => {
      await api.call("DELETE", Routes.guildScheduledEvent(space, id)).catch((error) => {
        if (reasonOf(error) !== "gone") named(error);
      });
    },
  };
}

/** What Discord forbids here needs other rights than writing does. */
function named(error: unknown): never {
  if (reasonOf(error) !== "closed") throw error;
  throw new AppError("unavailable", discordTexts.say("mayNotList"), { cause: error, detail: { reason: "closed" } });
}

const bodyOf = ({ title, description, end, where }: Listing) => ({
  name: lineOf(title, most.name),
  description: described(description),
  scheduled_end_time: iso(end),
  privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
  entity_type: GuildScheduledEventEntityType.External,
  entity_metadata: { location: lineOf(where, most.location) },
});

const iso = (instant: number) => new Date(instant).toISOString();

const lineOf = (text: string, length: number): string => {
  const line = text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return isInvisible(line) ? "…" : cutTo(line, length);
};

/** Read as markup, so it is escaped; shortened before, by what escapes take at most. */
function described(text: string): string {
  const whole = asDescription(text);
  return whole.length <= most.description ? whole : asDescription(cutTo(text, most.description / 3));
}

/** Emoji are not read by their names there. */
const asDescription = (text: string) => disarmed(escapedMarkdown(text, "", true)).replaceAll("\\:", ":");
