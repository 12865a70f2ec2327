// Guilds that PeerSpark comes into and leaves. One that merely becomes available again is no news.
import type { Place } from "../../../core/ports/platform.ts";
import { type Around, type Decoded, type Dispatch, updateOf } from "./decoded.ts";
import { type Channel, Guild, GuildGone } from "./incoming.ts";
import { has, permissionsAt } from "./permissions.ts";

export function decodeGuild({ t, s, session, d }: Dispatch, around: Around): readonly Decoded[] {
  if (t === "GUILD_CREATE") {
    const { id, unavailable, joined_at } = GuildGone.parse(d);
    // Most come with the connection, of guilds that are known: those are not read any further.
    if (unavailable || around.wasIn(id, joined_at)) return [];
    const guild = Guild.parse(d);
    const deed = { kind: "joined", language: guild.preferred_locale } as const;
    return [updateOf(`joined.${guild.id}.${guild.joined_at ?? session}`, entrance(guild, around.self), deed)];
  }
  if (t !== "GUILD_DELETE") return [];
  const { id, unavailable } = GuildGone.parse(d);
  const space = { id, title: around.guildName(id) ?? id };
  const place: Place = { platform: "discord", channel: id, kind: "channel", title: space.title, space };
  return unavailable ? [] : [updateOf(`left.${session}.${s}`, place, { kind: "left" })];
}

const textChannel = 0;

/** Where PeerSpark says hello: the channel for such messages, else the first in which it may. */
function entrance(guild: Guild, self: string): Place {
  const me = { id: self, roles: guild.members.find(({ user }) => user?.id === self)?.roles ?? [] };
  const mayWrite = (channel: Channel) => has(permissionsAt(guild, me, channel), "viewChannel", "sendMessages");
  const writable = guild.channels
    .filter((channel) => channel.type === textChannel && mayWrite(channel))
    .toSorted((one, other) => (one.position ?? 0) - (other.position ?? 0));
  const found = writable.find(({ id }) => id === guild.system_channel_id) ?? writable[0];
  return {
    platform: "discord",
    channel: found?.id ?? guild.system_channel_id ?? guild.id,
    kind: "channel",
    title: found?.name ?? guild.name,
    space: { id: guild.id, title: guild.name },
  };
}
