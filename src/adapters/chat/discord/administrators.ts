// Who administers a server, remembered for a minute; an interaction tells it of its caller by itself.
import { Routes } from "discord-api-types/v10";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Account, Place } from "../../../core/ports/platform.ts";
import { noWhereRefused } from "../refused.ts";
import { rememberedForAMinute } from "../remembered-for-a-minute.ts";
import type { Api } from "./api.ts";
import type { Directory } from "./directory.ts";
import { administersWith, type GuildRights, permissionsIn } from "./permissions.ts";

export interface Administrators {
  administers(account: Account, place: Place): Promise<boolean>;
  /** @param permissions as Discord writes them. */
  note(account: Pick<Account, "userId">, guild: string, permissions: string): void;
}

export function administrators(api: Api, clock: Clock, places: Directory): Administrators {
  const remembered = rememberedForAMinute(clock);
  const keyOf = (guild: string, userId: string) => `${guild}/${userId}`;

  async function ask(guild: string, userId: string): Promise<boolean> {
    const [found, member] = await Promise.all([
      api.call<GuildRights>("GET", Routes.guild(guild)),
      api.call<{ roles: readonly string[] }>("GET", Routes.guildMember(guild, userId)),
    ]);
    return administersWith(permissionsIn(found, { id: userId, roles: member.roles }));
  }

  return {
    async administers({ userId }, { channel, kind, space }) {
      try {
        if (kind === "direct") return (await places.channel(channel)).recipients?.includes(userId) ?? false;
        const guild = space?.id ?? (await places.channel(channel)).guild;
        if (!guild) return false;
        return await remembered.answer(keyOf(guild, userId), () => ask(guild, userId));
      } catch (error) {
        return noWhereRefused(error);
      }
    },
    note: ({ userId }, guild, permissions) => remembered.note(keyOf(guild, userId), administersWith(permissions)),
  };
}
