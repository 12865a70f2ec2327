// Who administers a channel: its creator, and the administrators and owners of the workspace; remembered for a minute.
import type { Clock } from "../../../core/ports/clock.ts";
import type { Account, Place } from "../../../core/ports/platform.ts";
import { spotOf } from "./address.ts";
import type { Client } from "./client.ts";
import type { Messages } from "./messages.ts";

const freshFor = 60_000;
const mostRemembered = 1_000;

/** A check that fails answers false, and is made again the next time. */
export function administrators(client: Client, messages: Messages, clock: Clock) {
  const known = new Map<string, { readonly until: number; readonly is: boolean }>();

  async function isAdministrator({ workspace, userId }: Account, place: Place): Promise<boolean> {
    const { team, channel } = spotOf(place);
    if (team !== workspace) return false;
    const { user } = await client.call(team, "users.info", { user: userId });
    if (user?.is_admin || user?.is_owner || user?.is_primary_owner) return true;
    const { channel: info } = await client.call(team, "conversations.info", { channel });
    return info?.creator === userId;
  }

  return async (account: Account, place: Place): Promise<boolean> => {
    try {
      if (place.kind === "direct") return (await messages.direct(account)).channel === place.channel;
      const key = `${place.channel}/${account.workspace}:${account.userId}`;
      const remembered = known.get(key);
      if (remembered && remembered.until > clock.now()) return remembered.is;
      const is = await isAdministrator(account, place);
      if (known.size >= mostRemembered) known.clear();
      known.set(key, { until: clock.now() + freshFor, is });
      return is;
    } catch {
      return false;
    }
  };
}
