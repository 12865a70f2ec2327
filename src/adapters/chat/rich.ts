// Measuring and cutting text with markup, in the units people see.
import { type Inline, plain, type Reader, type Rich } from "../../core/text.ts";

export const lengthOf = (text: Rich, reader: Reader): number =>
  text.reduce((sum, part) => sum + (typeof part === "string" ? part.length : plain(part, reader).length), 0);

/** The first `most` units and the rest, at a blank where there is one near; never inside a character or an instant. */
export function cut(text: Rich, most: number, reader: Reader): readonly [head: Rich, tail: Rich] {
  const head: Inline[] = [];
  let room = most;
  for (const [index, part] of text.entries()) {
    const length = plain(part, reader).length;
    if (length <= room) {
      head.push(part);
      room -= length;
      continue;
    }
    const [front, back] = cutPart(part, room, reader);
    const rest = text.slice(index + 1);
    return [front ? [...head, front] : head, back ? [back, ...rest] : rest];
  }
  return [head, []];
}

function cutPart(part: Inline, room: number, reader: Reader): readonly [Inline | undefined, Inline | undefined] {
  if (typeof part === "string") return cutString(part, room);
  if ("code" in part) return cutString(part.code, room).map((code) => code && { code }) as [Inline?, Inline?] as never;
  if ("bold" in part) return both(cut(part.bold, room, reader), (bold) => ({ bold }));
  if ("italic" in part) return both(cut(part.italic, room, reader), (italic) => ({ italic }));
  if ("link" in part) return both(cut(part.link, room, reader), (link) => ({ link, url: part.url }));
  return [undefined, part];
}

const both = ([head, tail]: readonly [Rich, Rich], wrap: (text: Rich) => Inline) =>
  [head.length ? wrap(head) : undefined, tail.length ? wrap(tail) : undefined] as const;

function cutString(text: string, room: number): readonly [string | undefined, string | undefined] {
  let at = room;
  const blank = Math.max(text.lastIndexOf(" ", at), text.lastIndexOf("\n", at));
  if (blank > room * 0.7) at = blank;
  else if (/[\uD800-\uDBFF]/.test(text[at - 1] ?? "")) at--;
  return [text.slice(0, at) || undefined, text.slice(at) || undefined];
}

/** At most `most` units, with "…" where something is missing. */
export function shorten(text: Rich, most: number, reader: Reader): Rich {
  if (lengthOf(text, reader) <= most) return text;
  return [...cut(text, Math.max(0, most - 1), reader)[0], "…"];
}

export const shortenString = (text: string, most: number): string =>
  text.length <= most ? text : `${cutString(text, Math.max(0, most - 1))[0] ?? ""}…`;
