// Who administers a channel: its creator, and the administrators and owners of the workspace, who alone administer that; remembered for a minute.
import type { Clock } from "../../../core/ports/clock.ts";
import type { Account, Extent, Place } from "../../../core/ports/platform.ts";
import { noWhereRefused } from "../refused.ts";
import { rememberedForAMinute } from "../remembered-for-a-minute.ts";
import { spotOf } from "./address.ts";
import type { Client } from "./client.ts";
import type { Messages } from "./messages.ts";
import type { ResultOf } from "./methods.ts";

export function administrators(client: Client, messages: Messages, clock: Clock) {
  const remembered = rememberedForAMinute(clock);

  async function isAdministrator({ workspace, userId }: Account, place: Place, extent: Extent): Promise<boolean> {
    const { team, channel } = spotOf(place);
    if (team !== workspace) return false;
    const { user } = await client.call(team, "users.info", { user: userId });
    if (user && isOf(team, user) && (user.is_admin || user.is_owner || user.is_primary_owner)) return true;
    if (extent === "space") return false;
    const { channel: info } = await client.call(team, "conversations.info", { channel });
    return info?.creator === userId;
  }

  return async (account: Account, place: Place, extent: Extent = "place"): Promise<boolean> => {
    try {
      if (place.kind === "direct") return (await messages.direct(account)).channel === place.channel;
      const key = `${extent} ${place.channel}/${account.workspace}:${account.userId}`;
      return await remembered.answer(key, () => isAdministrator(account, place, extent));
    } catch (error) {
      return noWhereRefused(error);
    }
  };
}

/** Who shares a channel from another organisation has the flags of that one. */
const isOf = (
  team: string,
  { team_id: home, enterprise_user: wide }: NonNullable<ResultOf<"users.info">["user"]>,
): boolean => home === team || (wide?.teams?.includes(team) ?? false);
