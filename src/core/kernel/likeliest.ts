// Which of several things somebody means who has typed a part of a name: what autocompletion offers.
import { foldedName } from "./folded-name.ts";

/** What every app can show at once. */
export const mostSuggested = 25;
/** Of a suggestion's label, in UTF-16 units: what every app can show. */
const longestLabel = 100;

/** Accents do not count either. */
const foldedFully = (text: string): string => foldedName(text).normalize("NFKD").replace(/\p{M}/gu, "");

/** 0 for the name itself, then its beginning, the beginning of a word in it, any part, all the words in any order. */
function distanceOf(name: string, wanted: string): number {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (` ${name.replace(/[^\p{L}\p{N}]+/gu, " ")}`.includes(` ${wanted}`)) return 2;
  if (name.includes(wanted)) return 3;
  return wanted.split(" ").every((word) => name.includes(word)) ? 4 : Number.POSITIVE_INFINITY;
}

/** Those that fit what is typed, the likeliest first; of equally likely ones the order stays. All fit what is empty. */
export function likeliest<T>(
  items: readonly T[],
  typed: string,
  namesOf: (item: T) => readonly string[],
  most = mostSuggested,
): readonly T[] {
  const wanted = foldedFully(typed.slice(0, 200));
  if (!wanted) return items.slice(0, most);
  return items
    .map((item) => ({ item, away: Math.min(...namesOf(item).map((name) => distanceOf(foldedFully(name), wanted))) }))
    .filter(({ away }) => away < Number.POSITIVE_INFINITY)
    .toSorted((one, other) => one.away - other.away)
    .slice(0, most)
    .map(({ item }) => item);
}

/** A name and what tells it apart, in one line that is never too long: the name gives way. */
export function suggestionLabel(name: string, apart?: string): string {
  const behind = apart ? ` · ${apart}` : "";
  const room = longestLabel - behind.length;
  const line = name.replace(/\s+/g, " ").trim();
  return (line.length <= room ? line : `${line.slice(0, room - 1).replace(/[\uD800-\uDBFF]$/, "")}…`) + behind;
}
