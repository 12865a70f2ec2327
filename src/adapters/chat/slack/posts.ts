// Carrying people's messages: posted in their author's name with their files, changed, reacted to, and their files fetched.

import type { RichTextBlock } from "@slack/types";
import { AppError } from "../../../core/errors.ts";
import type { Address, MessageRef, Platform, Post } from "../../../core/ports/platform.ts";
import { cutTo } from "../../../core/text.ts";
import { type Wire, WireError } from "../pooled-wire.ts";
import { refAt, type Spot, spotOf } from "./address.ts";
import type { Client } from "./client.ts";
import { downloads } from "./download.ts";
import { nameOfEmoji } from "./emoji.ts";
import { quiet } from "./messages.ts";
import type { Once } from "./once.ts";
import { escaped, isBlank, isLink, textRun } from "./rich-text.ts";
import { slackTexts } from "./texts.ts";
import type { Tokens } from "./tokens.ts";

export interface PostParts {
  readonly client: Client;
  readonly once: Once;
  readonly tokens: Tokens;
  readonly wire: Wire;
  /** Where the Web API is: its host may be given tokens, besides Slack's own. */
  readonly root: string;
}

const most = { text: 8_000, quote: 500, author: 80, notification: 300 } as const;

export function postsOver(parts: PostParts): Pick<Platform, "post" | "repost" | "react" | "download"> {
  const { client, once } = parts;
  return {
    async post(to, post, key) {
      const spot = spotOf(to);
      const thread = post.repliesTo ? (post.repliesTo.thread ?? post.repliesTo.message) : to.thread;
      const send = async (metadata?: object): Promise<MessageRef> => {
        const given = {
          channel: spot.channel,
          thread_ts: thread,
          ...authorOf(post),
          ...contentOf(post),
          ...quiet,
          metadata,
        };
        const sent = await client.call(spot.team, "chat.postMessage", given);
        await shareFiles(parts, spot, thread, post);
        return refAt(spot, sent.ts ?? "", thread);
      };
      const at: Address = { ...to, ...(thread && { thread }) };
      return key === undefined ? send() : once.send(at, key, send);
    },
    async repost(ref, post) {
      const { team, channel } = spotOf(ref);
      await client.call(team, "chat.update", { channel, ts: ref.message, ...contentOf(post) });
    },
    async react(ref, emoji, on) {
      const name = nameOfEmoji(emoji);
      if (!name) throw new AppError("unsupported", slackTexts.say("noEmoji"));
      const { team, channel } = spotOf(ref);
      const given = { channel, timestamp: ref.message, name };
      await client.call(team, on ? "reactions.add" : "reactions.remove", given).catch(unlessSo);
    },
    download: downloads(parts),
  };
}

const authorOf = ({ author, from, avatar }: Post) => ({
  username: cutTo(`${author} (${from.charAt(0).toUpperCase()}${from.slice(1)})`, most.author),
  ...(avatar && isLink(avatar) && { icon_url: avatar }),
});

function contentOf({ text, quote, files }: Post): { text: string; blocks: RichTextBlock[] } {
  const words = isBlank(text) ? files.map(({ name }) => `📎 ${name}`).join("\n") || "…" : cutTo(text, most.text);
  const elements: RichTextBlock["elements"] = [{ type: "rich_text_section", elements: textRun(words) }];
  if (quote && !isBlank(quote))
    elements.unshift({ type: "rich_text_quote", elements: textRun(cutTo(quote, most.quote)) });
  return { text: escaped(cutTo(words, most.notification)), blocks: [{ type: "rich_text", elements }] };
}

/** Files follow the message in one of PeerSpark's own: Slack shares them in no other's name (docs.slack.dev/messaging/working-with-files). */
async function shareFiles(parts: PostParts, { team, channel }: Spot, thread: string | undefined, { files }: Post) {
  if (files.length === 0) return;
  const shared = [];
  for (const { name, content } of files) shared.push(await upload(parts, team, name, content));
  await parts.client.call(team, "files.completeUploadExternal", {
    files: shared,
    channel_id: channel,
    thread_ts: thread,
  });
}

async function upload({ client, wire }: PostParts, team: string, name: string, content: Buffer) {
  const filename = name.replace(/[\p{C}/\\]/gu, "_") || "file";
  const given = { filename, length: `${content.length}` };
  const { upload_url: url, file_id: id } = await client.call(team, "files.getUploadURLExternal", given);
  const headers = { "content-type": "application/octet-stream" };
  const request = { url: url ?? "", method: "POST", headers, body: content, timeoutMs: 60_000 } as const;
  const answer = await wire.send(request).catch((error) => {
    if (!(error instanceof WireError)) throw error;
    throw new AppError("unavailable", slackTexts.say("noAnswer"), { cause: error });
  });
  if (answer.status !== 200) throw new AppError("unavailable", slackTexts.say("noAnswer"));
  return { id, title: filename };
}

/** It is as it should be already. */
function unlessSo(error: unknown): void {
  const reason = error instanceof AppError ? (error.detail.reason ?? "") : "";
  if (["already_reacted", "no_reaction"].includes(reason)) return;
  if (!["invalid_name", "too_many_emoji", "too_many_reactions"].includes(reason)) throw error;
  throw new AppError("unsupported", slackTexts.say("noEmoji"), { cause: error });
}
