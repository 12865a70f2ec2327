// Sending, editing and removing messages on Telegram.
import { AppError, isGone, reasonOf } from "../../../core/errors.ts";
import type { Address, Fitted, MessageRef } from "../../../core/ports/platform.ts";
import { latestEdit } from "../latest-edit.ts";
import type { Api } from "./api.ts";
import { render } from "./render.ts";
import { telegramTexts } from "./texts.ts";

export interface Messages {
  /** @param answers the message it answers to, quoted where it is still there. */
  send(to: Address, view: Fitted, answers?: number): Promise<MessageRef>;
  edit(ref: MessageRef, view: Fitted): Promise<void>;
  remove(ref: MessageRef): Promise<void>;
}

export function messagesOver(api: Api): Messages {
  const inTurn = latestEdit();
  return {
    async send({ channel, thread }, view, answers) {
      const sent = await api.call("sendMessage", {
        chat_id: channel,
        message_thread_id: thread === undefined ? undefined : Number(thread),
        reply_parameters:
          answers === undefined ? undefined : { message_id: answers, allow_sending_without_reply: true },
        ...render(view),
      });
      return landedAt({ platform: "telegram", channel, thread }, sent);
    },
    edit: ({ channel, message }, view) =>
      inTurn(`${channel}/${message}`, async () => {
        const payload = { chat_id: channel, message_id: Number(message), ...render(view) };
        await api.call("editMessageText", payload).catch(unless(/message is not modified/i));
      }),
    async remove({ channel, message }) {
      await api.call("deleteMessage", { chat_id: channel, message_id: Number(message) }).catch((error) => {
        if (isGone(error)) return;
        if (!/can't be deleted/i.test(reasonOf(error))) throw error;
        throw new AppError("unsupported", telegramTexts.say("undeletable"), { cause: error });
      });
    },
  };
}

/** A group that became a supergroup on the way has no topics yet. */
export function landedAt(
  { channel, thread }: Address,
  sent: { readonly message_id: number; readonly chat?: { readonly id: number } },
): MessageRef {
  const landed = `${sent.chat?.id ?? channel}`;
  const message = `${sent.message_id}`;
  return { platform: "telegram", channel: landed, ...(thread && landed === channel && { thread }), message };
}

export const unless = (expected: RegExp) => (error: unknown) => {
  if (!expected.test(reasonOf(error))) throw error;
};
