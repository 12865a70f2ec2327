// A person's message from another platform as Discord's: escapedMarkdown, with its author's name, never longer than Discord takes.

import type { Post } from "../../../core/ports/platform.ts";
import { cutTo } from "../../../core/text.ts";
import { disarmed, escapedMarkdown } from "./escape.ts";
import { isInvisible } from "./render.ts";

const most = { content: 2_000, name: 80, quote: 100 } as const;

/** What Discord refuses in the name of a webhook (discord.com/developers/docs/resources/webhook#create-webhook). */
const refusedNames = /discord|clyde|```/gi;

/** "Ada (Slack)" */
export function nameOf({ author, from }: Post): string {
  const origin = allowed(` (${from.slice(0, 1).toUpperCase()}${from.slice(1)})`);
  const words = allowed(
    author
      .toWellFormed()
      .replaceAll(/[\s\p{C}]+/gu, " ")
      .trim(),
  );
  return cutTo(isInvisible(words) ? "?" : words, most.name - origin.length) + origin;
}

const allowed = (name: string) => name.replaceAll(refusedNames, (found) => `${found[0]}·${found.slice(1)}`);

/** @param lead our own markup in front of the text, in lines of its own. */
export function contentOf({ text, quote, files }: Post, lead: readonly string[] = []): string {
  const quoted = quote ? [`> ${line(cutTo(quote, most.quote))}`] : [];
  const before = [...lead, ...quoted].join("\n");
  const room = most.content - before.length - 1;
  const content = disarmed([before, fitted(text, room)].filter(Boolean).join("\n"));
  return isInvisible(content) && files.length === 0 ? "…" : cutEscaped(content, most.content);
}

/** In bold, for where the message is PeerSpark's own. */
export const bylineOf = (post: Post): string => `**${line(nameOf(post))}**`;

const line = (text: string) => escapedMarkdown(text.replaceAll(/\s+/g, " "), "", false);

/** As much of it as has room when it is escapedMarkdown, with "…" where something is missing. */
function fitted(text: string, room: number): string {
  const whole = escapedMarkdown(text, "", true);
  return whole.length <= room ? whole : `${cutEscaped(whole, room - 1)}…`;
}

/** Not between a backslash and what it escapes, nor inside a character. */
const cutEscaped = (markup: string, most: number): string =>
  markup.length <= most
    ? markup
    : markup
        .slice(0, most)
        .replace(/(?<!\\)((?:\\\\)*)\\$/, "$1")
        .toWellFormed()
        .replace(/\ufffd$/, "");
