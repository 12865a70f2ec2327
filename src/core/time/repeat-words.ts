// Words that ask for a repetition: "every monday", "daily at 9", "jeden Tag um 7". They are part of the time beside which they stand.
import { after, before, take } from "./line.ts";
import type { Found, Mark } from "./mark.ts";

const which = "(?:\\s(?:single|other|second|third|einzelnen?|zweiten?|dritten?))?";
const span =
  "(?:\\s(?:days?|weeks?|weekdays?|weekends?|months?|years?|tag|woche|wochentag|werktag|wochenende|monats?|jahr(?:es)?)(?![\\p{L}\\p{N}]))?";
const day = "(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend";
const clock = "(?=,?\\s(?:at|from|um|ab|von|gegen)\\s|,?\\s@?\\d)";
/** Of "tuesdays" the s alone: the day is read by whoever reads days. */
const plural = `(?<=(?<![\\p{L}\\p{N}])(?:${day}))s${clock}|(?<=(?<![\\p{L}\\p{N}])on\\s(?:${day}))s${after}`;
const repeats = new RegExp(
  `${plural}|${before}(?:(?:of\\s)?(?:every|each|jede[nsm]?)${which}${span}|daily|weekly|monthly|(?:on\\s)?week(?:days|ends)|(?:werk|wochen)tags|täglich|taeglich|wöchentlich|woechentlich|monatlich)${after}`,
  "giu",
);

/** Weak: away from a time they are words like any other. */
export const takeRepeats = (line: string): { line: string; marks: Mark[] } =>
  take(line, repeats, (): Found => ({ kind: "repeat", weak: true }));
