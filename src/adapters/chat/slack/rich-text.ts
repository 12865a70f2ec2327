// Text as Slack's rich_text: every run stands there as data and is never parsed, so nothing of people's can become markup,
// a mention or an emoji, and an address in it a link to itself alone, which Slack makes of none. The one place where text goes out; `escaped` is for the plain lines of notifications.
import type { RichTextElement } from "@slack/types";
import { formatTime, type Inline, type Mention, plain, type Reader, type Rich } from "../../../core/text.ts";

type Style = NonNullable<Extract<RichTextElement, { type: "text" }>["style"]>;
type Marks = Pick<Style, "bold" | "italic" | "code">;

/** What is taken out, and half characters; where there is none of it a text stays as it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to drop
const unclean = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/;

/** Without what no screen shows or what would steer one; tabs and line breaks stay. */
export const clean = (text: string): string =>
  unclean.test(text)
    ? text
        .replace(/\r\n?/g, "\n")
        // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
        .replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, "")
        .toWellFormed()
    : text;

/** For `text`, where Slack parses & < > and nothing else unless it is asked to (docs.slack.dev/messaging/formatting-message-text#escaping). */
export const escaped = (text: string): string =>
  clean(text).replace(/[&<>]/g, (mark) => (mark === "&" ? "&amp;" : mark === "<" ? "&lt;" : "&gt;"));

/** Whether there is anything to see; Slack refuses what it takes for empty. */
export const isBlank = (text: string): boolean =>
  /^(?:[\s\p{C}\p{Z}]|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u2800|\u3164|\uffa0|\ufffc)*$/u.test(text);

export const visible = (text: string): string => (isBlank(text) ? "…" : text);

/** As Slack takes a link or a button's address. */
export function isLink(address: string): boolean {
  if (address.length > 3000 || !URL.canParse(address)) return false;
  return ["http:", "https:"].includes(new URL(address).protocol);
}

export function elementsOf(text: Rich, reader: Reader, marks: Marks = {}): RichTextElement[] {
  return text.flatMap((part) => elementOf(part, reader, marks));
}

function elementOf(part: Inline, reader: Reader, marks: Marks): RichTextElement[] {
  if (typeof part === "string") return textRun(part, marks);
  if ("bold" in part) return elementsOf(part.bold, reader, { ...marks, bold: true });
  if ("italic" in part) return elementsOf(part.italic, reader, { ...marks, italic: true });
  if ("code" in part) return textRun(part.code, { ...marks, code: true });
  if ("link" in part) return linkOf(part, reader, marks);
  if ("mention" in part) return mentionOf(part, reader, marks);
  return timeOf(part, reader, marks);
}

const mentionOf = ({ mention, platform, name }: Mention, reader: Reader, marks: Marks): RichTextElement[] =>
  platform === reader.platform && /^[UW][A-Z0-9]{1,20}$/.test(mention)
    ? [{ type: "user", user_id: mention }]
    : textRun(name, marks);

const styled = (marks: Marks) => (Object.keys(marks).length > 0 ? { style: marks } : {});

export function textRun(text: string, marks: Marks = {}): RichTextElement[] {
  const cleaned = clean(text);
  if (marks.code || !cleaned.includes("://")) return wordsOf(cleaned, marks);
  return cleaned.split(addresses).flatMap((part): RichTextElement[] => {
    const url = part.startsWith("http") ? addressIn(part) : "";
    if (!isLink(url)) return wordsOf(part, marks);
    return [{ type: "link", url, ...styled(marks) }, ...wordsOf(part.slice(url.length), marks)];
  });
}

const wordsOf = (text: string, marks: Marks): RichTextElement[] =>
  text === "" ? [] : [{ type: "text", text, ...styled(marks) }];

/** Each up to a blank, what follows it in a sentence included. */
const addresses = /(\bhttps?:\/\/[^\s<>"|]+)/;

/** Without the sentence's own marks at its end; a bracket belongs to it where it was opened in it. */
function addressIn(run: string): string {
  const url = run.replace(/[.,:;!?'*_~`\]}\u00bb\u201c\u201d]+$/, "");
  return url.endsWith(")") && url.split("(").length < url.split(")").length ? addressIn(url.slice(0, -1)) : url;
}

function linkOf({ link, url }: Extract<Inline, { link: Rich }>, reader: Reader, marks: Marks): RichTextElement[] {
  if (!isLink(url)) return elementsOf(link, reader, marks);
  const words = clean(plain(link, reader));
  const bold = link.length === 1 && typeof link[0] === "object" && "bold" in link[0];
  return isBlank(words) ? [] : [{ type: "link", url, text: words, ...styled({ ...marks, ...(bold && { bold }) }) }];
}

/** What Slack puts in, each reader's own (docs.slack.dev/reference/block-kit/block-elements/date-element). */
const formats = {
  full: "{date_long_pretty}, {time}",
  date: "{date_long_pretty}",
  time: "{time}",
  relative: "{ago}",
} as const;

/** An instant that must stand in one zone is written out: Slack would show it in the reader's. */
function timeOf(part: Extract<Inline, { time: number }>, reader: Reader, marks: Marks): RichTextElement[] {
  const words = formatTime(part, reader);
  if (part.zone !== undefined && part.zone !== reader.zone) return textRun(words, marks);
  const timestamp = Math.floor(part.time / 1000);
  return [{ type: "date", timestamp, format: formats[part.style], fallback: words, ...styled(marks) }];
}
