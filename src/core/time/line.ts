// A line prepared for reading: look-alike characters made plain without moving any, and the marks found in it.

const spaces = /[\p{Z}\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** The line in plain characters, each at the place where it was: spaces, dashes, digits and colons of any script's kind. */
export const flatten = (text: string): string =>
  text
    .replace(spaces, " ")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\uff10-\uff19\uff1a]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u2018\u2019\u02bc]/g, "'");

/** Before and after a word or number that stands for itself. */
export const before = "(?<![\\p{L}\\p{N}_#]|\\d[.,:/-])";
export const after = "(?![\\p{L}\\p{N}_]|[.,:/]\\d)";

/** Addresses and links are never time: blanked in their place. */
export const withoutLinks = (line: string): string =>
  line.replace(/(?:[\p{L}\d+.-]{2,40}:\/\/|www\.)\S+|[\p{L}\d._+-]{1,64}@[\p{L}\d-]{1,64}\.\S+/gu, (link) =>
    taken.repeat(link.length),
  );

const labels =
  "chapter|section|part|page|pages|pp?\\.|lecture|unit|lesson|week|exercise|exercises|problem|problems|question|questions|sheet|version|room|theorem|lemma|figure|fig\\.|table|level|module|task|no\\.|nr\\.|step|stage|floor|slide|slides|book|volume|vol\\.|season|episode|" +
  "kapitel|abschnitt|teil|seite|seiten|vorlesung|einheit|lektion|woche|blatt|aufgabe|aufgaben|übung|übungen|frage|fragen|raum|satz|abbildung|abb\\.|tabelle|modul|schritt|stufe|etage|folie|folien|buch|band|stunde|hörsaal|zimmer|klasse";
/** A number behind one of these words is its name: "chapter 3", "Raum 101". */
const label = new RegExp(`(?<![\\p{L}\\p{N}])(?:${labels})\\s{0,3}$`, "iu");

export const isLabelled = (line: string, at: number): boolean => label.test(line.slice(Math.max(0, at - 20), at));

/** Runs a pattern over the line and blanks what the reader took, so that later patterns do not see it. */
export function take<M>(
  line: string,
  pattern: RegExp,
  read: (match: RegExpExecArray & { groups: Record<string, string | undefined> }) => M | undefined,
): { line: string; marks: (M & { from: number; to: number })[] } {
  const marks: (M & { from: number; to: number })[] = [];
  let left = line;
  for (const match of line.matchAll(pattern)) {
    const mark = read(Object.assign(match, { groups: match.groups ?? {} }));
    if (!mark) continue;
    const to = match.index + match[0].length;
    marks.push({ ...mark, from: match.index, to });
    left = left.slice(0, match.index) + taken.repeat(match[0].length) + left.slice(to);
  }
  return { line: left, marks };
}

/** Stands where a mark was; no pattern knows it. */
export const taken = "\u2400";
