// Sending, editing and removing messages on Discord, and opening direct chats.

import { createHash, randomBytes } from "node:crypto";
import { Routes } from "discord-api-types/v10";
import { reasonOf } from "../../../core/errors.ts";
import type { Account, Address, Fitted, MessageRef } from "../../../core/ports/platform.ts";
import { bounded } from "../bounded.ts";
import { latestEdit } from "../latest-edit.ts";
import type { Api, CallOptions } from "./api.ts";
import { targetOf } from "./directory.ts";
import { render } from "./render.ts";

export interface Messages {
  /** @param answers the message it replies to, where that is still there. */
  send(to: Address, view: Fitted, options?: { readonly key?: string; readonly answers?: string }): Promise<MessageRef>;
  edit(ref: MessageRef, view: Fitted): Promise<void>;
  remove(ref: MessageRef): Promise<void>;
  direct(account: Pick<Account, "userId">): Promise<Address>;
  /** Whether it was removed by this process: Discord tells of it as of any other. */
  removed(message: string): boolean;
}

const mostRemembered = 2_000;

export function messagesOver(api: Api): Messages {
  const inTurn = latestEdit();
  const homes = bounded<string, string>(mostRemembered);
  const removals = bounded<string, true>(mostRemembered);

  return {
    async send(to, view, { key, answers } = {}) {
      return writeMessage(api, to, { ...render(view), ...nonceFor(to, key) }, { answers });
    },
    edit: (ref, view) =>
      inTurn(`${targetOf(ref)}/${ref.message}`, async () => {
        await api.call("PATCH", Routes.channelMessage(targetOf(ref), ref.message), { body: render(view) });
      }),
    async remove(ref) {
      removals.set(ref.message, true);
      await api.call("DELETE", Routes.channelMessage(targetOf(ref), ref.message)).catch((error) => {
        if (reasonOf(error) !== "gone") throw error;
      });
    },
    async direct({ userId }) {
      const known = homes.get(userId);
      if (known) return { platform: "discord", channel: known };
      const opened = await api.call<{ id: string }>("POST", Routes.userChannels(), { body: { recipient_id: userId } });
      homes.set(userId, opened.id);
      return { platform: "discord", channel: opened.id };
    },
    removed: (message) => removals.get(message) !== undefined,
  };
}

export const refIn = ({ channel, thread }: Address, message: string): MessageRef => ({
  platform: "discord",
  channel,
  ...(thread && { thread }),
  message,
});

/**
 * Discord shows a repeated nonce once, for some minutes. Without a key the nonce is by chance: a send can be made again
 * when no answer came. At most 25 characters.
 */
export const nonceFor = (to: Address, key: string | undefined) => ({
  nonce:
    key === undefined
      ? randomBytes(18).toString("base64url")
      : createHash("sha256")
          .update(`${targetOf(to)} ${key}`)
          .digest("base64url")
          .slice(0, 24),
  enforce_nonce: true,
});

/** A reply where that may be: Discord lets nobody reply who may not read the history. @param answers the message it replies to. */
export async function writeMessage(
  api: Api,
  to: Address,
  body: object,
  { answers, ...options }: { readonly answers?: string | undefined } & Pick<CallOptions, "files">,
): Promise<MessageRef> {
  const write = (reply: object) =>
    api.call<{ id: string }>("POST", Routes.channelMessages(targetOf(to)), { ...options, body: { ...body, ...reply } });
  const reply = { message_reference: { message_id: answers, fail_if_not_exists: false } };
  const sent = await write(answers ? reply : {}).catch((error) => {
    if (reasonOf(error) !== "noReply") throw error;
    return write({});
  });
  return refIn(to, sent.id);
}
