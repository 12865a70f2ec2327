// What keeps the bot from writing in a group: it is not in it, it was muted, or only administrators write there.
import { isClosed, isGone } from "../../../core/errors.ts";
import type { Address } from "../../../core/ports/platform.ts";
import type { Sentence } from "../../../core/text.ts";
import type { Api } from "./api.ts";
import { telegramTexts } from "./texts.ts";

export function obstacles(api: Api, self: () => Promise<{ readonly id: number }>) {
  async function mayWrite(chat_id: string): Promise<boolean> {
    const member = await api.call("getChatMember", { chat_id, user_id: (await self()).id });
    if (member.status === "creator" || member.status === "administrator") return true;
    if (member.status === "restricted") return member.is_member && member.can_send_messages;
    if (member.status !== "member") return false;
    const chat = await api.call("getChat", { chat_id });
    return !("permissions" in chat) || chat.permissions?.can_send_messages !== false;
  }

  return async ({ channel }: Address): Promise<Sentence | undefined> => {
    if (!channel.startsWith("-")) return undefined;
    const may = await mayWrite(channel).catch((error) => {
      if (isGone(error) || isClosed(error)) return false;
      throw error;
    });
    return may ? undefined : telegramTexts.say("letMeWrite");
  };
}
