// Who administers a group, remembered for a minute.
import type { Clock } from "../../../core/ports/clock.ts";
import type { Account, Place } from "../../../core/ports/platform.ts";
import { bounded } from "../bounded.ts";
import { noWhereRefused } from "../refused.ts";
import type { Api } from "./api.ts";

const freshFor = 60_000;
const mostRemembered = 1_000;

/** A check that fails is made again the next time. */
export function administrators(api: Api, clock: Clock): (account: Account, place: Place) => Promise<boolean> {
  const known = bounded<string, { readonly until: number; readonly is: boolean }>(mostRemembered);
  return async ({ userId }, { channel, kind }) => {
    if (kind === "direct") return channel === userId;
    const key = `${channel}/${userId}`;
    const remembered = known.get(key);
    if (remembered && remembered.until > clock.now()) return remembered.is;
    try {
      const { status } = await api.call("getChatMember", { chat_id: channel, user_id: Number(userId) });
      const is = status === "creator" || status === "administrator";
      known.set(key, { until: clock.now() + freshFor, is });
      return is;
    } catch (error) {
      return noWhereRefused(error);
    }
  };
}
