// People's messages carried over: posted through a webhook in their name where that is allowed, else as PeerSpark's own.
import { Routes } from "discord-api-types/v10";
import type { Address, MessageRef, Platform, Post } from "../../../core/ports/platform.ts";
import { reasonOf } from "../reason.ts";
import type { Api } from "./api.ts";
import { type Directory, targetOf } from "./directory.ts";
import { asReplyTo, type Messages, nonceFor, refIn } from "./messages.ts";
import { bylineOf, contentOf, nameOf } from "./render-post.ts";
import type { Webhook, Webhooks } from "./webhooks.ts";

export interface PostParts {
  readonly api: Api;
  readonly messages: Messages;
  readonly places: Directory;
  readonly webhooks: Webhooks;
}

const silent = { allowed_mentions: { parse: [] } } as const;

export function posts(parts: PostParts): Pick<Platform, "post" | "repost" | "react" | "remove"> {
  const { api, messages, webhooks } = parts;

  return {
    async post(to, post, key) {
      const hook = await webhooks.of(to.channel);
      if (!hook) return asOurselves(api, to, post, key);
      try {
        return await inTheirName(parts, hook, to, post);
      } catch (error) {
        if (reasonOf(error) !== "expired") throw error;
        // The webhook was deleted. The next one is made, or found to be forbidden, when it is asked for.
        webhooks.forget(to.channel);
        return asOurselves(api, to, post, key);
      }
    },
    async repost(ref, post) {
      const hook = await webhooks.of(ref.channel);
      const content = contentOf(post, await replyLine(parts, ref, post));
      const changed =
        hook && (await found(api.call("PATCH", hookedMessage(hook, ref), byHook(ref, { content, ...silent }))));
      if (changed) return;
      const body = { content: contentOf(post, [bylineOf(post)]), ...silent };
      await api.call("PATCH", Routes.channelMessage(targetOf(ref), ref.message), { body });
    },
    async react(ref, emoji, on) {
      const route = Routes.channelMessageOwnReaction(targetOf(ref), ref.message, encodeURIComponent(emoji));
      await api.call(on ? "PUT" : "DELETE", route);
    },
    async remove(ref) {
      try {
        await messages.remove(ref);
      } catch (error) {
        if (reasonOf(error) !== "closed") throw error;
        const hook = await webhooks.of(ref.channel);
        if (!hook) throw error;
        await found(api.call("DELETE", hookedMessage(hook, ref), byHook(ref)));
      }
    },
  };
}

/** False where the message is not the webhook's, or no more. */
const found = (call: Promise<unknown>): Promise<boolean> =>
  call.then(
    () => true,
    (error) => {
      if (reasonOf(error) !== "gone" && reasonOf(error) !== "expired") throw error;
      return false;
    },
  );

const hookedMessage = ({ id, token }: Webhook, { message }: MessageRef) => Routes.webhookMessage(id, token, message);

const byHook = ({ thread }: Address, body?: object) => ({
  auth: false,
  ...(body && { body }),
  ...(thread && { query: { thread_id: thread } }),
});

/** Made once only: a webhook shows everything that it is sent. */
async function inTheirName(parts: PostParts, hook: Webhook, to: Address, post: Post): Promise<MessageRef> {
  const content = contentOf(post, await replyLine(parts, to, post));
  const body = {
    content,
    username: nameOf(post),
    ...(isPicture(post.avatar) && { avatar_url: post.avatar }),
    ...silent,
  };
  const query = { wait: "true", ...(to.thread && { thread_id: to.thread }) };
  const options = { body, query, auth: false, tries: 1, ...filesOf(post) };
  const sent = await parts.api.call<{ id: string }>("POST", Routes.webhook(hook.id, hook.token), options);
  return refIn(to, sent.id);
}

const isPicture = (url: string | undefined): url is string => /^https?:\/\/[!-~]{1,2000}$/.test(url ?? "");

/** A webhook can't reply: a line in front leads to the message that is replied to. */
async function replyLine({ places }: PostParts, to: Address, { repliesTo }: Post): Promise<readonly string[]> {
  const guild = repliesTo && (await places.channel(to.channel).catch(() => undefined))?.guild;
  if (!guild) return [];
  return [`-# [↪](https://discord.com/channels/${guild}/${targetOf(repliesTo)}/${repliesTo.message})`];
}

async function asOurselves(api: Api, to: Address, post: Post, key: string | undefined): Promise<MessageRef> {
  const replies = post.repliesTo && targetOf(post.repliesTo) === targetOf(to) ? asReplyTo(post.repliesTo.message) : {};
  const body = { content: contentOf(post, [bylineOf(post)]), ...silent, ...nonceFor(to, key), ...replies };
  const options = { body, ...filesOf(post) };
  const sent = await api.call<{ id: string }>("POST", Routes.channelMessages(targetOf(to)), options);
  return refIn(to, sent.id);
}

const mostFiles = 10;

const filesOf = ({ files }: Post) =>
  files.length
    ? {
        files: files.slice(0, mostFiles).map(({ name, type, content }) => ({ name, contentType: type, data: content })),
      }
    : {};
