// Telegram's HTML (core.telegram.org/bots/api#html-style): parsed to text and entities, refused where it is broken.
import type { Entity, Formatted } from "./entities.ts";
import { refuse } from "./refusal.ts";

const tags: Readonly<Record<string, string>> = {
  b: "bold",
  strong: "bold",
  i: "italic",
  em: "italic",
  u: "underline",
  ins: "underline",
  s: "strikethrough",
  strike: "strikethrough",
  del: "strikethrough",
  "tg-spoiler": "spoiler",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  a: "text_link",
  span: "spoiler",
};
const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

interface Open {
  readonly tag: string;
  readonly from: number;
  readonly url?: string;
}

/** @throws Refusal "can't parse entities: …" */
export function parseHtml(html: string): Formatted {
  const open: Open[] = [];
  const entities: Entity[] = [];
  let text = "";
  for (let at = 0; at < html.length; ) {
    const character = html[at]!;
    if (character === "<") at = tagAt(html, at, () => text, open, entities);
    else if (character === "&") {
      const [shown, length] = referenceAt(html, at);
      text += shown;
      at += length;
    } else {
      text += character;
      at++;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed) broken(`Can't find end tag corresponding to start tag "${unclosed.tag}"`);
  return { text, entities };
}

const broken = (why: string): never => refuse(400, `can't parse entities: ${why}`);

function tagAt(html: string, at: number, text: () => string, open: Open[], entities: Entity[]): number {
  const end = html.indexOf(">", at);
  const offset = Buffer.byteLength(html.slice(0, at));
  if (end < 0) return broken(`Unclosed start tag at byte offset ${offset}`);
  const inside = html.slice(at + 1, end);
  if (inside.startsWith("/")) close(inside.slice(1).trim().toLowerCase(), offset, text(), open, entities);
  else begin(inside, offset, text().length, open);
  return end + 1;
}

function begin(inside: string, offset: number, from: number, open: Open[]): void {
  const [, name = "", attributes = ""] = /^([^\s]*)\s*([\s\S]*)$/.exec(inside) ?? [];
  const tag = name.toLowerCase();
  if (!Object.hasOwn(tags, tag)) broken(`Unsupported start tag "${tag}" at byte offset ${offset}`);
  if (tag === "span" && !/^class=["']?tg-spoiler["']?$/.test(attributes))
    broken(`Tag "span" must have class "tg-spoiler" at byte offset ${offset}`);
  const quoted = /^href=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))\s*$/.exec(attributes);
  const href = quoted?.[1] ?? quoted?.[2] ?? quoted?.[3];
  open.push({ tag, from, ...(tag === "a" && href !== undefined && { url: unreferenced(href) }) });
}

function close(tag: string, offset: number, text: string, open: Open[], entities: Entity[]): void {
  const last = open.pop() ?? broken(`Unexpected end tag at byte offset ${offset}`);
  if (tag !== "" && last.tag !== tag)
    broken(`Unmatched end tag at byte offset ${offset}, expected "</${last.tag}>", found "</${tag}>"`);
  const length = text.length - last.from;
  if (length === 0 || (last.tag === "a" && !last.url)) return;
  entities.push({ type: tags[last.tag]!, offset: last.from, length, ...(last.url && { url: last.url }) });
}

function referenceAt(html: string, at: number): readonly [shown: string, length: number] {
  const match = /^&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/i.exec(html.slice(at, at + 12));
  const code = match && (match[1] ? Number.parseInt(match[1], 16) : match[2] ? Number(match[2]) : undefined);
  if (match && code !== undefined && code !== null && code > 0 && code <= 0x10ffff)
    return [String.fromCodePoint(code), match[0].length];
  const shown = match?.[3] && named[match[3]];
  return shown ? [shown, match[0].length] : ["&", 1];
}

function unreferenced(value: string): string {
  let text = "";
  for (let at = 0; at < value.length; ) {
    const [shown, length] = value[at] === "&" ? referenceAt(value, at) : ([value[at]!, 1] as const);
    text += shown;
    at += length;
  }
  return text;
}
