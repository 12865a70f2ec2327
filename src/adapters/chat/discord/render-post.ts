// A person's message from another platform as Discord's: escaped, under its author's name, never longer than Discord takes.
import { ComponentType, MessageFlags } from "discord-api-types/v10";
import type { Post } from "../../../core/ports/platform.ts";
import { cutTo } from "../../../core/text.ts";
import { codeAndText, type Piece } from "../coded.ts";
import { disarmed, escapedCode, escapedMarkdown } from "./escape.ts";
import { isInvisible } from "./render.ts";

/** Two kinds of message: one of components has room for twice the text, the other shows files without their naming. */
const most = { components: 4_000, content: 2_000, author: 80, from: 20, quote: 80 } as const;

/** What the author's line and the quote take at most of a message of components, escaped as a whole. */
export const besidePost = 400;

export const asComponents = (post: Post) => ({
  flags: MessageFlags.IsComponentsV2,
  components: [{ type: ComponentType.TextDisplay, content: written(post, most.components) }],
  allowed_mentions: nobody,
});

export const asContent = (post: Post) => ({ content: written(post, most.content), allowed_mentions: nobody });

const nobody = { parse: [] };

/** "**Ada (Slack)**", what it replies to where that is not here, and the text. */
function written({ author, from, quote, text }: Post, room: number): string {
  const name = isInvisible(author) ? "?" : cutTo(oneLine(author), most.author);
  const byline = `**${line(`${name} (${cutTo(oneLine(from), most.from)})`)}**`;
  const quoted = quote && !isInvisible(quote) ? [`> ${line(cutTo(oneLine(quote), most.quote))}`] : [];
  const before = disarmed([byline, ...quoted].join("\n"));
  if (isInvisible(text)) return before;
  return `${before}\n${fitted(text, room - before.length - 1)}`;
}

const oneLine = (text: string) =>
  text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim();

const line = (text: string) => escapedMarkdown(text, "", false);

/** As much of it as has room when it is escaped, with "…" where something is missing. */
function fitted(text: string, room: number): string {
  let out = "";
  const pieces = codeAndText(text);
  for (const [index, piece] of pieces.entries()) {
    const isLast = index === pieces.length - 1;
    const { open, markup, close } = "text" in piece ? wordsOf(piece.text, out, isLast) : codeOf(piece, out, isLast);
    const whole = open + markup + close;
    const left = room - out.length - (isLast ? 0 : 1);
    if (whole.length > left) {
      const inside = room - 1 - out.length - open.length - close.length;
      return `${out}${inside > 0 ? open + cutEscaped(markup, inside) + close : ""}…`;
    }
    out += whole;
  }
  return out;
}

const wordsOf = (words: string, before: string, isLast: boolean) => ({
  open: "",
  markup: disarmed(escapedMarkdown(words, before, isLast)),
  close: "",
});

/** A block stands in lines of its own. */
function codeOf({ code, block, language = "" }: Extract<Piece, { code: string }>, before: string, isLast: boolean) {
  const markup = disarmed(escapedCode(code));
  if (!block) return { open: "`", markup, close: "`" };
  const above = before === "" || before.endsWith("\n") ? "" : "\n";
  return { open: `${above}\`\`\`${language}\n`, markup, close: `\n\`\`\`${isLast ? "" : "\n"}` };
}

/** Not between a backslash and what it escapes, nor inside a character. */
const cutEscaped = (markup: string, most: number): string =>
  markup
    .slice(0, most)
    .replace(/(?<!\\)((?:\\\\)*)\\$/, "$1")
    .toWellFormed()
    .replace(/\ufffd$/, "");
