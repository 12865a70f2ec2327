// What people wrote in bridged channels while nobody heard: asked for when a session begins, since Discord tells it to no later one.

import { Routes } from "discord-api-types/v10";
import { reasonOf } from "../../../core/errors.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Bridged, Inbox } from "../../../core/ports/platform.ts";
import type { Api } from "./api.ts";
import { targetOf } from "./directory.ts";

export interface CatchUpParts {
  readonly api: Api;
  readonly clock: Clock;
  readonly log: Log;
  readonly inbox: Pick<Inbox, "bridged">;
}

/** ms that a message is worth bringing after it was written, as in the bridge. */
const worth = 3600_000;
/** Of one channel: Discord gives the newest so many at a time. */
const most = 100;

/** Discord's ids begin with the time, in ms since 2015 (discord.com/developers/docs/reference#snowflakes). */
export const writtenAt = (id: string): number => Number(BigInt(id) >> 22n) + 1_420_070_400_000;

/** @param hear takes a message as the gateway tells it; those that were heard before are brought again, oldest first. */
export async function catchUp(
  { api, clock, log, inbox }: CatchUpParts,
  guilds: readonly string[],
  hear: (message: { readonly id: string }) => Promise<void>,
): Promise<void> {
  const from = clock.now() - worth;
  const places = await inbox.bridged("discord", guilds).catch((error) => {
    log.warn({}, "what was written meanwhile is not asked for", error);
    return [] as readonly Bridged[];
  });
  for (const { since, space, ...place } of places) {
    const route = Routes.channelMessages(targetOf(place));
    const found = await api.call<{ id: string }[]>("GET", route, { query: { limit: `${most}` } }).catch((error) => {
      log.debug({ channel: place.channel, reason: reasonOf(error) }, "what was written meanwhile is not to be had");
      return [];
    });
    const missed = found.filter(({ id }) => writtenAt(id) >= Math.max(from, since));
    for (const message of missed.toReversed()) await hear({ ...message, guild_id: space } as { id: string });
  }
}
