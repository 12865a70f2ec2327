// Days in words, "tomorrow", "next friday", "übermorgen", "in zwei Monaten": chrono-node reads them, loaded when first needed.
import type { Language } from "../text.ts";
import { taken } from "./line.ts";
import type { Found, Mark } from "./mark.ts";

type Parse = (line: string, today: Date) => readonly ChronoResult[];
interface ChronoResult {
  readonly index: number;
  readonly text: string;
  readonly start: ChronoDay;
  readonly end?: ChronoDay | null;
}
interface ChronoDay {
  get(part: "year" | "month" | "day" | "weekday"): number | null;
  isCertain(part: "day" | "hour" | "weekday"): boolean;
}

/** chrono's parsers that read days in words. Its clock, number and duration parsers guess more than a title can bear. */
const parsers = new Set([
  "ENMonthNameLittleEndianParser",
  "ENWeekdayParser",
  "ENTimeUnitWithinFormatParser",
  "ENTimeUnitAgoFormatParser",
  "ENTimeUnitLaterFormatParser",
  "ENCasualDateParser",
  "ENRelativeDateFormatParser",
  "DEMonthNameLittleEndianParser",
  "DEWeekdayParser",
  "DETimeUnitAgoFormatParser",
  "DETimeUnitWithinFormatParser",
  "DECasualDateParser",
]);

async function load(language: Language): Promise<Parse> {
  const { Chrono, casual } = await (language === "en" ? import("chrono-node/en") : import("chrono-node/de"));
  const chrono = new Chrono({
    parsers: casual.parsers.filter((parser) => parsers.has(parser.constructor.name)),
    refiners: casual.refiners,
  });
  return (line, today) => chrono.parse(line, today);
}

const loaded = new Map<Language, Promise<Parse>>();
function chronoFor(language: Language): Promise<Parse> {
  const parse = loaded.get(language) ?? load(language);
  loaded.set(language, parse);
  return parse;
}

/** Words chrono takes for days that are none for certain: bare months, "this week", "weekend" and other guesses. */
const vague =
  /^(?:in\s+)?(?:this|diese[mnsr]?)\s+(?:week|month|year|quarter|second|minute|hour|woche|monat|jahr)\b|^weekday/i;
/** A date with a month's name and digits has been read, or declined, before. */
const datedByNumber = /^\D{0,10}\d(?!.*(?:month|monat|year|jahr))/i;
const names = /(?:black|good|ash|palm|super|cyber|holy|easter|fat|shrove|maundy|bloody|ruby|casual|manic)\s+$/i;
const short = /(?:^|\s)(?:sat|sun|wed|mon|tue|tues|thu|thur|thurs|fri|mo|di|mi|do|fr|sa|so)$/i;
const twoLetters = /(?:^|\s)(?:mo|di|mi|do|fr|sa|so)$/i;
const unsure = /(?:^|\s)(?:sat|sun|wed|mon)$/i;

function readDay(
  line: string,
  { index, text, start, end }: ChronoResult,
  reader: Language,
  today: Temporal.PlainDate,
): Found | undefined {
  const words = text.trim();
  const rest = line.slice(index + text.length);
  if (/^[\p{L}\p{N}_]|^'s(?!\p{L})/iu.test(rest) || /[\p{L}\p{N}_#]$/u.test(line.slice(0, index))) return;
  if (
    vague.test(words) ||
    datedByNumber.test(words) ||
    (words === "Morgen" && line.slice(0, index).trim() !== "") ||
    start.isCertain("hour") ||
    names.test(line.slice(0, index))
  )
    return;
  const date = dateOf(start);
  if (start.isCertain("weekday") && !start.isCertain("day")) {
    if (/weekend/i.test(words)) return /^this|^next/i.test(words) ? { kind: "date", date } : undefined;
    const name = words
      .replace(/[,)]$/, "")
      .replace(/^[,(]\s*/, "")
      .trim();
    if (twoLetters.test(name) && (reader !== "de" || !/\p{Lu}\p{L}$/u.test(name))) return;
    const led = /^(?:on|am|an|next|this|last|past|n(?:ä|ae)chste|diese|letzte)/i.test(name);
    const weak = twoLetters.test(name) || (short.test(name) && unsure.test(name) && !led);
    const moved = /\b(?:next|last|past)\b|chste|letzte/i.test(words);
    const from = moved ? date : comingWeekday(date.dayOfWeek, today);
    const until = end ? from.add({ days: (dateOf(end).dayOfWeek - from.dayOfWeek + 7) % 7 }) : undefined;
    return until ? { kind: "date", date: from, until, weak } : { kind: "weekday", date: from, weak };
  }
  if (/^(?:next\s+week|n(?:ä|ae)chsten?\s+woche)$/i.test(words)) return { kind: "week", date };
  if (!start.isCertain("day") && !/month|monat|year|jahr/i.test(words)) return;
  return { kind: "date", date, until: end ? dateOf(end) : undefined };
}

/** Years beyond any calendar become one that is refused later. */
const dateOf = (day: ChronoDay) => {
  const year = day.get("year") ?? Number.NaN;
  if (!(Math.abs(year) < 9000)) return Temporal.PlainDate.from({ year: year < 0 ? 1 : 9000, month: 1, day: 1 });
  return Temporal.PlainDate.from({ year, month: day.get("month")!, day: day.get("day")! });
};

/** Today counts: "friday 6pm" said on a Friday morning is this evening. */
const comingWeekday = (weekday: number, today: Temporal.PlainDate) =>
  today.add({ days: (weekday - today.dayOfWeek + 7) % 7 });

/** The reader's language first; the other one only where it finds nothing. */
export async function takeDays(
  line: string,
  language: Language,
  today: Temporal.PlainDate,
): Promise<{ line: string; marks: Mark[] }> {
  const noon = new Date(today.year, today.month - 1, today.day, 12);
  for (const tried of [language, language === "en" ? "de" : "en"] as const) {
    const parse = await chronoFor(tried);
    const marks = parse(line, noon).flatMap((result): Mark[] => {
      const found = readDay(line, result, language, today);
      if (!found) return [];
      const from = result.index + /^[\s,(（]*/.exec(result.text)![0].length;
      return [{ ...found, from, to: result.index + result.text.replace(/[\s,)）]+$/, "").length }];
    });
    if (marks.length) return { line: blank(line, marks), marks };
  }
  return { line, marks: [] };
}

const blank = (line: string, marks: readonly Mark[]) =>
  marks.reduce((left, { from, to }) => left.slice(0, from) + taken.repeat(to - from) + left.slice(to), line);
