// Carrying people's messages: posted in their author's name with their files, changed, reacted to, and their files fetched.

import type { ContextBlock, RichTextBlock, RichTextElement } from "@slack/types";
import { AppError } from "../../../core/errors.ts";
import type { Address, MessageRef, Platform, Post } from "../../../core/ports/platform.ts";
import { cutTo } from "../../../core/text.ts";
import { codeAndText } from "../coded.ts";
import type { Wire } from "../pooled-wire.ts";
import { refAt, spotOf } from "./address.ts";
import type { Client } from "./client.ts";
import { downloads } from "./download.ts";
import { nameOfEmoji } from "./emoji.ts";
import { quiet } from "./messages.ts";
import type { Once } from "./once.ts";
import { postFiles } from "./post-files.ts";
import { label } from "./render.ts";
import { clean, escaped, isBlank, isLink, textRun, visible } from "./rich-text.ts";
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

const most = { text: 8_000, quote: 500, author: 80, context: 300, notification: 300 } as const;

export function postsOver(parts: PostParts): Pick<Platform, "post" | "repost" | "react" | "download"> {
  const { client, once } = parts;
  const kept = postFiles(client, parts.wire);
  return {
    async post(to, post, key) {
      const spot = spotOf(to);
      const thread = post.repliesTo ? (post.repliesTo.thread ?? post.repliesTo.message) : to.thread;
      const shown = contentOf(post);
      const send = async (metadata?: object): Promise<MessageRef> => {
        const given = { channel: spot.channel, thread_ts: thread, ...authorOf(post), ...shown, ...quiet, metadata };
        const sent = await client.call(spot.team, "chat.postMessage", given);
        return refAt(spot, sent.ts ?? "", thread);
      };
      const at: Address = { ...to, ...(thread && { thread }) };
      const ids = await kept.put(spot.team, post.files);
      const ref = await (key === undefined ? send() : once.send(at, key, send));
      await kept.attach(ref, shown, ids, post.files);
      return ref;
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

const nameOf = ({ author }: Post): string => visible(clean(author)).replaceAll("\n", " ");
const signed = (post: Post): string => `${nameOf(post)} (${post.from})`;

const authorOf = (post: Post) => ({
  username: signed(post).length > most.author ? cutTo(nameOf(post), most.author) : signed(post),
  ...(post.avatar && isLink(post.avatar) && { icon_url: post.avatar }),
});

interface Content {
  readonly text: string;
  readonly blocks: readonly (ContextBlock | RichTextBlock)[];
}

/** What is not the author's own stands in a small line: the app, where the name leaves no room for it, and the file of an empty text. */
function contentOf(post: Post): Content {
  const wordless = isBlank(post.text);
  const app = signed(post).length > most.author ? [post.from] : [];
  const filed = wordless ? [`📎 ${post.files.map(({ name }) => name).join(", ")}`.trim()] : [];
  const small = [...app, ...filed].join(" · ");
  const said = saidIn(post, wordless ? "" : cutTo(post.text, most.text));
  return {
    text: escaped(cutTo(wordless ? small : post.text, most.notification)),
    blocks: [
      ...(small ? [{ type: "context" as const, elements: [label(small, most.context)] }] : []),
      ...(said.length ? [{ type: "rich_text" as const, elements: said }] : []),
    ],
  };
}

function saidIn({ quote }: Post, text: string): RichTextBlock["elements"] {
  const quoted = quote && !isBlank(quote) ? textRun(cutTo(quote, most.quote)) : [];
  const said: RichTextBlock["elements"] = quoted.length ? [{ type: "rich_text_quote", elements: quoted }] : [];
  let words: RichTextElement[] = [];
  const endSection = () => {
    if (words.length) said.push({ type: "rich_text_section", elements: words });
    words = [];
  };
  for (const piece of codeAndText(text)) {
    if ("text" in piece) words.push(...textRun(piece.text));
    else if (!piece.block) words.push(...textRun(piece.code, { code: true }));
    else {
      endSection();
      said.push({ type: "rich_text_preformatted", elements: [{ type: "text", text: visible(clean(piece.code)) }] });
    }
  }
  endSection();
  return said;
}

/** It is as it should be already. */
function unlessSo(error: unknown): void {
  const reason = error instanceof AppError ? (error.detail.reason ?? "") : "";
  if (["already_reacted", "no_reaction"].includes(reason)) return;
  if (!["invalid_name", "too_many_emoji", "too_many_reactions"].includes(reason)) throw error;
  throw new AppError("unsupported", slackTexts.say("noEmoji"), { cause: error });
}
