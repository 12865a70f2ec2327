// Telegram's rules for text: what it removes, how long it may be, which entities it takes, and which it finds by itself.
import { refuse } from "./refusal.ts";

export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
  /** Of a text_mention. */
  readonly user?: object;
}

export interface Formatted {
  readonly text: string;
  readonly entities: readonly Entity[];
}

const known = new Set(
  "mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler blockquote expandable_blockquote code pre text_link text_mention custom_emoji".split(
    " ",
  ),
);
const styles = new Set(["bold", "italic", "underline", "strikethrough", "spoiler"]);
const quotes = new Set(["blockquote", "expandable_blockquote"]);
const fixed = new Set(["code", "pre"]);

/** @throws Refusal; the text comes out trimmed, its entities moved with it, and those that Telegram finds added. */
export function checkedText(text: string, entities: readonly Entity[], most: number, tooLong: string): Formatted {
  checkEntities(text, entities);
  if (dropped.test(text) || blanked.test(text)) return checkedText(...cleaned(text, entities), most, tooLong);
  const lead = text.length - text.trimStart().length;
  const shown = text.trim();
  if (isEmpty(shown)) refuse(400, most === 1024 ? "message caption is empty" : "message text is empty");
  if (shown.length > most) refuse(400, tooLong);
  const moved = entities
    .map((entity) => trimmed({ ...entity, offset: entity.offset - lead }, shown))
    .filter((entity) => entity.length > 0);
  return { text: shown, entities: sorted([...moved, ...found(shown, moved)]).slice(0, 100) };
}

const isEmpty = (text: string) => /^[\s\u180e\u2000-\u200f\u202f\u205f-\u206f\u2800\ufeff]*$/.test(text);

/** clean_input_string in td/telegram/misc.cpp. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones
const blanked = /[\0-\x09\x0b\x0c\x0e-\x1f]/;
const dropped = /[\r\u2028-\u202e]|\u0333|\u033f|\u030a/;

function cleaned(text: string, entities: readonly Entity[]): [string, readonly Entity[]] {
  const clean = (part: string) =>
    part.replaceAll(new RegExp(blanked, "g"), " ").replaceAll(new RegExp(dropped, "g"), "");
  const moved = entities.map((entity) => {
    const offset = clean(text.slice(0, entity.offset)).length;
    return { ...entity, offset, length: clean(text.slice(0, entity.offset + entity.length)).length - offset };
  });
  return [clean(text), moved];
}

export function checkEntities(text: string, entities: readonly Entity[]): void {
  for (const entity of entities) checkEntity(text, entity);
  const inOrder = sorted(entities);
  const open: Entity[] = [];
  for (const entity of inOrder) {
    while (open.length && endOf(open.at(-1)!) <= entity.offset) open.pop();
    for (const outer of open) checkNesting(outer, entity);
    open.push(entity);
  }
}

function checkEntity(text: string, { type, offset, length, url }: Entity): void {
  if (!known.has(type)) refuse(400, `can't parse MessageEntity: unsupported type "${type}"`);
  if (!Number.isInteger(offset) || offset < 0) refuse(400, `receive an entity with incorrect offset ${offset}`);
  if (!Number.isInteger(length) || length <= 0) refuse(400, `receive an entity with incorrect length ${length}`);
  if (offset + length > text.length)
    refuse(
      400,
      `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${offset + length}`,
    );
  if (splitsCharacter(text, offset)) refuse(400, `entity begins in a middle of a UTF-16 symbol at offset ${offset}`);
  if (splitsCharacter(text, offset + length))
    refuse(400, `entity beginning at UTF-16 offset ${offset} ends in a middle of a UTF-16 symbol`);
  if (type === "text_link" && !isAddress(url ?? "")) refuse(400, `entity text_link URL "${url}" is invalid`);
}

const splitsCharacter = (text: string, at: number) => {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
};

const endOf = ({ offset, length }: Entity) => offset + length;

/** https://core.telegram.org/bots/api#formatting-options: Telegram splits some of these itself; here all are refused. */
function checkNesting(outer: Entity, inner: Entity): void {
  const names = `${inner.type} in ${outer.type} at ${inner.offset}`;
  if (endOf(inner) > endOf(outer)) refuse(400, `entities overlap: ${names}`);
  if (fixed.has(outer.type) || (fixed.has(inner.type) && !quotes.has(outer.type))) refuse(400, `bad nesting: ${names}`);
  if (quotes.has(outer.type) && quotes.has(inner.type)) refuse(400, `quotes can't be nested: ${names}`);
  if (outer.type === inner.type) refuse(400, `bad nesting: ${names}`);
  const loose = styles.has(outer.type) || styles.has(inner.type) || quotes.has(outer.type);
  if (!loose) refuse(400, `bad nesting: ${names}`);
}

/** http, https or tg, with a host that the internet can know. */
export function isAddress(address: string): boolean {
  if (address.length === 0 || address.length > 4096) return false;
  const full = /^[a-z]+:/i.test(address) ? address : `http://${address}`;
  if (!URL.canParse(full)) return false;
  const { protocol, hostname } = new URL(full);
  if (protocol === "tg:") return true;
  return (protocol === "http:" || protocol === "https:") && /^[^.\s]+(\.[^.\s]+)+$/.test(hostname);
}

function trimmed(entity: Entity, text: string): Entity {
  const offset = Math.max(0, entity.offset);
  return { ...entity, offset, length: Math.min(text.length, entity.offset + entity.length) - offset };
}

/** Outer before inner; of two that cover the same, the quote holds the rest, and code is held. */
export const sorted = (entities: readonly Entity[]): Entity[] =>
  [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length || rank(a) - rank(b));

const rank = ({ type }: Entity) => (quotes.has(type) ? 0 : fixed.has(type) ? 2 : 1);

const finders: readonly (readonly [type: string, pattern: RegExp])[] = [
  ["mention", /(?<![\p{L}\p{N}_])@[A-Za-z0-9_]{2,32}(?![\p{L}\p{N}_])/gu],
  ["bot_command", /(?<![\p{L}\p{N}_/<>])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\p{L}\p{N}_/])/gu],
  ["email", /[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/g],
  ["url", /(?:https?:\/\/)?(?:[\w-]+\.)+(?:com|org|net|me|io|dev|de|example)\b(?:\/[^\s]*)?/gi],
  ["hashtag", /(?<![\p{L}\p{N}_])#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*/gu],
];

/** What clients show as clickable although nobody marked it; not within code, links or each other. */
export function found(text: string, marked: readonly Entity[]): Entity[] {
  const taken = marked.filter(({ type }) => fixed.has(type) || type === "text_link");
  const all: Entity[] = [];
  for (const [type, pattern] of finders)
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length };
      if (![...taken, ...all].some((other) => entity.offset < endOf(other) && other.offset < endOf(entity)))
        all.push(entity);
    }
  return all;
}
