// Who administers a channel: its creator, and the administrators and owners of the workspace, who alone administer that; remembered for a minute.
import type { Clock } from "../../../core/ports/clock.ts";
import type { Account, Extent, Place } from "../../../core/ports/platform.ts";
import { bounded } from "../bounded.ts";
import { noWhereRefused } from "../refused.ts";
import { spotOf } from "./address.ts";
import type { Client } from "./client.ts";
import type { Messages } from "./messages.ts";
import type { ResultOf } from "./methods.ts";

const freshFor = 60_000;
const mostRemembered = 1_000;

/** A check that fails is made again the next time. */
export function administrators(client: Client, messages: Messages, clock: Clock) {
  const known = bounded<string, { readonly until: number; readonly is: boolean }>(mostRemembered);

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
      const remembered = known.get(key);
      if (remembered && remembered.until > clock.now()) return remembered.is;
      const is = await isAdministrator(account, place, extent);
      known.set(key, { until: clock.now() + freshFor, is });
      return is;
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
