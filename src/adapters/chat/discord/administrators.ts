// Who administers a server, remembered for a minute; an interaction tells it of its caller by itself.
import { Routes } from "discord-api-types/v10";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Account, Place } from "../../../core/ports/platform.ts";
import { bounded } from "../bounded.ts";
import { noWhereRefused } from "../refused.ts";
import type { Api } from "./api.ts";
import type { Directory } from "./directory.ts";
import { administersWith, permissionsIn } from "./permissions.ts";

export interface Administrators {
  /** A check that fails is made again the next time. */
  administers(account: Account, place: Place): Promise<boolean>;
  /** @param permissions as Discord writes them. */
  note(account: Pick<Account, "userId">, guild: string, permissions: string): void;
}

const freshFor = 60_000;
const mostRemembered = 1_000;

interface WireGuild {
  readonly id: string;
  readonly owner_id: string;
  readonly roles: readonly { readonly id: string; readonly permissions: string }[];
}

export function administrators(api: Api, clock: Clock, places: Directory): Administrators {
  const known = bounded<string, { readonly until: number; readonly is: boolean }>(mostRemembered);
  const remember = (guild: string, userId: string, is: boolean) => {
    known.set(`${guild}/${userId}`, { until: clock.now() + freshFor, is });
    return is;
  };

  async function ask(guild: string, userId: string): Promise<boolean> {
    const [found, member] = await Promise.all([
      api.call<WireGuild>("GET", Routes.guild(guild)),
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
        const remembered = known.get(`${guild}/${userId}`);
        if (remembered && remembered.until > clock.now()) return remembered.is;
        return remember(guild, userId, await ask(guild, userId));
      } catch (error) {
        return noWhereRefused(error);
      }
    },
    note: ({ userId }, guild, permissions) => void remember(guild, userId, administersWith(permissions)),
  };
}
