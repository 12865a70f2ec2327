// Who may do what where: computed here once more, on its own, so that a mistake of the adapter's shows.
import { refuse } from "./refusal.ts";
import type { Channel, Guild, State } from "./state.ts";

export const right = {
  administrator: 1n << 3n,
  manageGuild: 1n << 5n,
  addReactions: 1n << 6n,
  view: 1n << 10n,
  send: 1n << 11n,
  manageMessages: 1n << 13n,
  attachFiles: 1n << 15n,
  readHistory: 1n << 16n,
  manageEvents: 1n << 33n,
  sendInThreads: 1n << 38n,
  createEvents: 1n << 44n,
} as const;

/** What a bot is commonly invited with. */
export const usual = [
  "addReactions",
  "view",
  "send",
  "attachFiles",
  "readHistory",
  "manageEvents",
  "sendInThreads",
  "createEvents",
].reduce((sum, name) => sum | right[name as keyof typeof right], 0n);

export function mayIn(guild: Guild, who: string, channel?: Channel): bigint {
  const all = (1n << 60n) - 1n;
  if (guild.owner === who) return all;
  const roles = guild.members.get(who) ?? new Set();
  let may = guild.roles.get(guild.id)!.permissions;
  for (const role of roles) may |= guild.roles.get(role)!.permissions;
  if (may & right.administrator) return all;
  const overwrites = (channel?.parent ?? channel)?.overwrites ?? [];
  const apply = (of: (id: string) => boolean) => {
    const fitting = overwrites.filter(({ id }) => of(id));
    for (const { deny } of fitting) may &= ~BigInt(deny);
    for (const { allow } of fitting) may |= BigInt(allow);
  };
  apply((id) => id === guild.id);
  apply((id) => roles.has(id));
  apply((id) => id === who);
  return may;
}

/** Refuses what the bot may not do in this channel. */
export function needs(state: State, channel: Channel, ...wanted: (keyof typeof right)[]): void {
  if (!channel.guild) return;
  if (!channel.guild.joined) refuse(50001);
  const may = mayIn(channel.guild, state.bot.id, channel);
  if (!(may & right.view)) refuse(50001);
  for (const one of wanted) if (!(may & right[one])) refuse(50013);
}

export function channelOf(state: State, id: string | undefined): Channel {
  return state.channels.get(id ?? "") ?? refuse(10003);
}

export function guildOf(state: State, id: string | undefined): Guild {
  const guild = state.guilds.get(id ?? "");
  return guild?.joined ? guild : refuse(guild ? 50001 : 10004);
}
