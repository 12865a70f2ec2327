// The pace of all processes with one token: Discord's fifty calls a second, and five messages in five seconds in a channel
// (discord.com/developers/docs/topics/rate-limits). What a process may send by itself, `@discordjs/rest` keeps.
import type { Clock } from "../../../core/ports/clock.ts";
import { type Line, noPace } from "../pace.ts";
import { type SharedRates, sharedPace } from "../shared-pace.ts";

export interface DiscordCall {
  readonly method: string;
  readonly route: string;
}

const all: Line = { key: "discord", spacing: 20, burst: 10 };
const message = /^\/channels\/(\d+)\/messages$/;

function linesOf({ method, route }: DiscordCall): readonly [Line, ...Line[]] {
  const channel = method === "POST" ? message.exec(route)?.[1] : undefined;
  return channel ? [{ key: `discord:${channel}`, spacing: 1_000, burst: 5 }, all] : [all];
}

export const paceOf = (clock: Clock, shared: SharedRates) => sharedPace<DiscordCall>(noPace, shared, clock, linesOf);
