// Sending, editing and removing messages on Slack, and finding a person's direct messages.
import { isGone } from "../../../core/errors.ts";
import type { Account, Address, Fitted, MessageRef } from "../../../core/ports/platform.ts";
import { bounded } from "../bounded.ts";
import { latestEdit } from "../latest-edit.ts";
import { addressAt, refAt, spotOf } from "./address.ts";
import type { CallOptions } from "./api.ts";
import type { Client } from "./client.ts";
import { offered } from "./modal.ts";
import type { Once } from "./once.ts";
import { render } from "./render.ts";

export interface Messages {
  send(to: Address, view: Fitted, key?: string): Promise<MessageRef>;
  edit(ref: MessageRef, view: Fitted): Promise<void>;
  remove(ref: MessageRef): Promise<void>;
  direct(account: Pick<Account, "workspace" | "userId">, options?: CallOptions): Promise<Address>;
}

/** Nothing is unfurled: a link in somebody's text shows as it was written. */
export const quiet = { unfurl_links: false, unfurl_media: false } as const;

const mostRemembered = 10_000;

export function messagesOver(client: Client, once: Once): Messages {
  const inTurn = latestEdit();
  const opened = bounded<string, Promise<Address>>(mostRemembered);
  return {
    async send(to, view, key) {
      const spot = spotOf(to);
      const post = async (metadata?: object) => {
        const { channel, thread } = { channel: spot.channel, thread: to.thread };
        const given = { channel, thread_ts: thread, ...render(offered(view)), ...quiet, metadata };
        const sent = await client.call(spot.team, "chat.postMessage", given);
        return refAt({ ...spot, channel: sent.channel ?? channel }, sent.ts ?? "", thread);
      };
      return key === undefined ? post() : once.send(to, key, post);
    },
    edit: (ref, view) =>
      inTurn(`${ref.channel}/${ref.message}`, async () => {
        const { team, channel } = spotOf(ref);
        await client.call(team, "chat.update", { channel, ts: ref.message, ...render(offered(view)) });
      }),
    async remove(ref) {
      const { team, channel } = spotOf(ref);
      await client.call(team, "chat.delete", { channel, ts: ref.message }).catch((error) => {
        if (!isGone(error)) throw error;
      });
    },
    direct({ workspace: team, userId }, options) {
      const key = `${team}:${userId}`;
      const known = opened.get(key);
      if (known) return known;
      const opening = client.call(team, "conversations.open", { users: userId }, options).then(({ channel }) => {
        return addressAt({ team, channel: channel?.id ?? "" });
      });
      opened.set(key, opening);
      opening.catch(() => opened.delete(key));
      return opening;
    },
  };
}
