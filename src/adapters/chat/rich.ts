// Measuring and cutting text with markup, in the units the platform counts.
import type { Costs } from "../../core/ports/platform.ts";
import { type Inline, type Mention, plain, type Reader, type Rich } from "../../core/text.ts";

/** Who reads it, and what writing it out costs there. */
export interface Measure {
  readonly reader: Reader;
  readonly costs: Costs;
}

export const lengthOf = (text: Rich, measure: Measure): number =>
  text.reduce((sum, part) => sum + partLength(part, measure), 0);

/** "<@" and ">". */
const aroundMention = 3;

function partLength(part: Inline, measure: Measure): number {
  if (typeof part === "string") return written(part, measure.costs);
  if ("time" in part) return Math.max(plain(part, measure.reader).length, measure.costs.times);
  if ("mention" in part) return Math.max(written(part.name, measure.costs), part.mention.length + aroundMention);
  return innerLength(part, measure) + overhead(part, measure.costs);
}

type Marked = Exclude<Inline, string | Mention | { readonly time: number }>;

function innerLength(part: Marked, measure: Measure): number {
  if ("code" in part) return written(part.code, measure.costs);
  return lengthOf("bold" in part ? part.bold : "italic" in part ? part.italic : part.link, measure);
}

const overhead = (part: Marked, { marks, links }: Costs): number =>
  "link" in part ? (links === undefined ? 0 : links + part.url.length) : marks;

/** The length of a plain text as the platform counts it. */
export function written(text: string, { characters }: Costs): number {
  const dearer = surcharges(characters);
  let length = text.length;
  if (dearer.length === 0) return length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < dearer.length) length += dearer[unit]!;
  }
  return length;
}

const known = new WeakMap<Costs["characters"], Uint8Array>();

/** What a UTF-16 unit costs beyond one, up to the last that does: a text is measured in one pass. */
function surcharges(characters: Costs["characters"]): Uint8Array {
  const before = known.get(characters);
  if (before) return before;
  const units = Object.entries(characters).map(([character, cost]) => [character.charCodeAt(0), cost - 1] as const);
  const dearer = new Uint8Array(Math.max(-1, ...units.map(([unit]) => unit)) + 1);
  for (const [unit, more] of units) dearer[unit] = more;
  known.set(characters, dearer);
  return dearer;
}

/** The first `most` units and the rest, at a blank where there is one near; never inside a character or an instant. */
export function cut(text: Rich, most: number, measure: Measure): readonly [head: Rich, tail: Rich] {
  const head: Inline[] = [];
  let room = most;
  for (const [index, part] of text.entries()) {
    const length = partLength(part, measure);
    if (length <= room) {
      head.push(part);
      room -= length;
      continue;
    }
    const [front, back] = cutPart(part, room, most, measure);
    const rest = text.slice(index + 1);
    return [
      [...head, ...front],
      [...back, ...rest],
    ];
  }
  return [head, []];
}

/** A link whose address alone fills more than half of the room is cut as its words: the address would leave none to them. */
function cutPart(part: Inline, room: number, most: number, measure: Measure): readonly [front: Rich, back: Rich] {
  if (typeof part === "string") return cutString(part, room, measure.costs);
  if ("time" in part || "mention" in part) return [[], [part]];
  const around = overhead(part, measure.costs);
  if ("link" in part && around > most / 2) return cut(part.link, room, measure);
  const left = room - around;
  if (left <= 0) return [[], [part]];
  if ("code" in part) return both(cutString(part.code, left, measure.costs), ([code]) => ({ code: code as string }));
  if ("bold" in part) return both(cut(part.bold, left, measure), (bold) => ({ bold }));
  if ("italic" in part) return both(cut(part.italic, left, measure), (italic) => ({ italic }));
  return both(cut(part.link, left, measure), (link) => ({ link, url: part.url }));
}

const both = ([head, tail]: readonly [Rich, Rich], wrap: (text: Rich) => Inline): readonly [Rich, Rich] => [
  head.length ? [wrap(head)] : [],
  tail.length ? [wrap(tail)] : [],
];

function cutString(text: string, room: number, costs: Costs): readonly [front: Rich, back: Rich] {
  let at = unitsWithin(text, room, costs);
  const blank = Math.max(text.lastIndexOf(" ", at), text.lastIndexOf("\n", at));
  if (blank > at * 0.7) at = blank;
  else if (/[\uD800-\uDBFF]/.test(text[at - 1] ?? "")) at--;
  return [at > 0 ? [text.slice(0, at)] : [], at < text.length ? [text.slice(at)] : []];
}

/** How many UTF-16 units of the text fit. */
function unitsWithin(text: string, room: number, { characters }: Costs): number {
  let left = room;
  for (let at = 0; at < text.length; at++) {
    left -= characters[text[at]!] ?? 1;
    if (left < 0) return at;
  }
  return text.length;
}

/** At most `most` units, with "…" where something is missing. */
export function shorten(text: Rich, most: number, measure: Measure): Rich {
  if (lengthOf(text, measure) <= most) return text;
  return [...cut(text, Math.max(0, most - 1), measure)[0], "…"];
}

const plainText: Costs = { characters: {}, marks: 0, times: 0 };

export const shortenString = (text: string, most: number): string =>
  text.length <= most ? text : `${cutString(text, Math.max(0, most - 1), plainText)[0][0] ?? ""}…`;
