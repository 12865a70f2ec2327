// Who administers a group, remembered for a minute.
import type { Clock } from "../../../core/ports/clock.ts";
import type { Account, Place } from "../../../core/ports/platform.ts";
import { noWhereRefused } from "../refused.ts";
import { rememberedForAMinute } from "../remembered-for-a-minute.ts";
import type { Api } from "./api.ts";

export function administrators(api: Api, clock: Clock): (account: Account, place: Place) => Promise<boolean> {
  const remembered = rememberedForAMinute(clock);

  async function ask(chat: string, user: string): Promise<boolean> {
    const { status } = await api.call("getChatMember", { chat_id: chat, user_id: Number(user) });
    return status === "creator" || status === "administrator";
  }

  return async ({ userId }, { channel, kind }) =>
    kind === "direct"
      ? channel === userId
      : remembered.answer(`${channel}/${userId}`, () => ask(channel, userId)).catch(noWhereRefused);
}
