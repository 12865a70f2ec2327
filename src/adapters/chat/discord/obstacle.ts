// What PeerSpark itself may do in a channel of a server, and what keeps it from writing there.

import { Routes } from "discord-api-types/v10";
import { isClosed, isGone } from "../../../core/errors.ts";
import type { Address } from "../../../core/ports/platform.ts";
import type { Sentence } from "../../../core/text.ts";
import type { Api } from "./api.ts";
import { Channel } from "./incoming.ts";
import { type GuildRights, has, permissionsAt, permissionsIn, type Right } from "./permissions.ts";
import { discordTexts } from "./texts.ts";

/** As Discord's settings call them. */
const rightNames = {
  viewChannel: "View Channel",
  sendMessages: "Send Messages",
  sendInThreads: "Send Messages in Threads",
  attachFiles: "Attach Files",
  readHistory: "Read Message History",
  addReactions: "Add Reactions",
} as const satisfies Partial<Record<Right, string>>;
export type NamedRight = keyof typeof rightNames;

export async function ownRights(api: Api, self: string, guild: string, channel: Channel) {
  const [found, member] = await Promise.all([
    api.call<GuildRights & { readonly name: string }>("GET", Routes.guild(guild)),
    api.call<{ roles: readonly string[] }>("GET", Routes.guildMember(guild, self)),
  ]);
  const who = { id: self, roles: member.roles };
  const mayList = has(permissionsIn(found, who), "createEvents", "manageEvents");
  return { may: permissionsAt(found, who, channel), guild: found, mayList };
}

/** Their names, where they are lacking. */
export const lackingOf = (may: bigint, wanted: readonly NamedRight[]): string =>
  wanted
    .filter((right) => !has(may, right))
    .map((right) => rightNames[right])
    .join(", ");

/** What is needed to write there. */
export const writing = ({ thread }: Address): NamedRight[] => [
  "viewChannel",
  thread ? "sendInThreads" : "sendMessages",
];

/** PeerSpark's own rights there; undefined in a direct chat. A channel that can't be seen tells of none. */
export type RightsAt = (to: Address) => Promise<bigint | undefined>;

export const rightsAt =
  (api: Api, self: () => Promise<string>): RightsAt =>
  async ({ channel: id }) => {
    try {
      const channel = Channel.parse(await api.call("GET", Routes.channel(id)));
      if (!channel.guild_id) return undefined;
      return (await ownRights(api, await self(), channel.guild_id, channel)).may;
    } catch (error) {
      if (!isGone(error) && !isClosed(error)) throw error;
      return 0n;
    }
  };

export const obstacles =
  (rights: RightsAt) =>
  async (to: Address): Promise<Sentence | undefined> => {
    const may = await rights(to);
    const lacking = may === undefined ? "" : lackingOf(may, writing(to));
    return lacking ? discordTexts.say("letMeWrite", lacking) : undefined;
  };
