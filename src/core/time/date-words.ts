// Dates written with numbers or a month's name, checked against the calendar: "2026-12-01", "27.11.", "5 December", "31 February".

import { after, before, isLabelled, take } from "./line.ts";
import type { Found, Mark } from "./mark.ts";
import { timeTexts } from "./texts.ts";

const months: Record<string, number> = Object.fromEntries(
  [
    "january jan januar jänner jaenner",
    "february feb februar feber",
    "march mar märz maerz mär mrz",
    "april apr",
    "may mai",
    "june jun juni",
    "july jul juli",
    "august aug",
    "september sept sep",
    "october oct oktober okt",
    "november nov",
    "december dec dezember dez",
  ].flatMap((names, index) => names.split(" ").map((name) => [name, index + 1])),
);
const month = `(?:${Object.keys(months)
  .sort((a, b) => b.length - a.length)
  .join("|")})`;
const on = "(?:(?:on|by|until|till|since|am|vom|zum|bis|ab)\\s+)?(?:(?:the|den|dem)\\s+)?";
const year = "(?<year>(?:1[89]|2\\d)\\d{2})";
const flags = "giu";

const iso = new RegExp(
  `${before}(?<on>${on})(?<year>\\d{4})-(?<month>\\d{1,2})-(?<day>\\d{1,2})(?:t(?=\\d)|(?![\\p{L}\\p{N}]|-\\d))`,
  flags,
);
const overmorrow = new RegExp(`${before}(?:the )?day after tomorrow${after}`, flags);
const weekday = "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag";
const weekAfterNext = new RegExp(
  `${before}(?:(?:the )?week after next|(?:in der )?übernächsten? Woche|(?:am )?übernächsten?(?=\\s(?:${weekday})${after}))${after}`,
  flags,
);
/** "the end of the week", "Ende nächster Woche": its Friday. */
const weeksEnd = new RegExp(
  `${before}(?:(?:at|by|am|bis|zum)\\s)?(?:the\\s)?(?:end\\sof\\s(?:the|this|next)\\sweek|ende\\s(?:der|dieser|nächster)\\swoche)${after}`,
  flags,
);
/** "the end of next month", "am letzten Tag im Januar", "Monatsende". */
const monthsEnd = new RegExp(
  `${before}(?:(?:on|by|at|am|bis|zum)\\s)?(?:the\\s)?(?:(?:end|last day|ende|letzter tag|letzten tag)\\s(?:of\\s|im\\s|in\\s|des\\s|vom\\s)?(?:the\\s|this\\s|diese[sn]\\s|(?<next>next|(?:des\\s)?nächsten)\\s)?(?:(?<month>${month})(?![\\p{L}])(?:\\s${year})?|months?|monats?)|monatsende)${after}`,
  flags,
);
const exact = new RegExp(
  `${before}\\d{4}-\\d{2}-\\d{2}t\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?:z|[+-]\\d{2}:?\\d{2})${after}`,
  flags,
);
const dotted = new RegExp(
  `${before}(?<on>${on})(?:(?<first>\\d{1,2})\\.(?:(?<firstMonth>\\d{1,2})\\.)?(?:\\s?-\\s?|\\sbis\\s))?(?<day>\\d{1,2})\\.\\s?(?<month>\\d{1,2})(?<dot>\\.)?(?:(?<=\\.)(?<year>\\s?\\d{4}|\\d{2}(?![:\\d]|\\s?(?:uhr|h(?!\\p{L})|-))))?${after}(?!\\s?(?:hours?|hrs?|h|min|minutes?|minuten|stunden?|std|days?|tagen?|weeks?|wochen?)(?![\\p{L}]))`,
  flags,
);
const ofMonth = new RegExp(
  `${before}(?:on\\s(?:the\\s)?(?<english>\\d{1,2})(?:st|nd|rd|th)|am\\s(?<german>\\d{1,2})\\.(?!\\s?\\d))${after}`,
  flags,
);
/** "friday 13th", "Freitag, den 13.": the day has to be that weekday. */
const besideWeekday = new RegExp(
  `(?<=(?<![\\p{L}])(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|${weekday}),?\\s)(?:(?:the\\s)?(?<english>\\d{1,2})(?:st|nd|rd|th)(?=\\s*$|,|\\s(?:at|from|by|to)\\s|\\s@?\\d)|de[nrm]\\s(?<german>\\d{1,2})\\.(?!\\s?\\d))${after}`,
  flags,
);
const holidays: Record<string, readonly [day: number, month: number]> = {
  "new year's eve": [31, 12],
  silvester: [31, 12],
  "new year's day": [1, 1],
  neujahr: [1, 1],
  "valentine's day": [14, 2],
  halloween: [31, 10],
  nikolaus: [6, 12],
  "christmas eve": [24, 12],
  heiligabend: [24, 12],
  "christmas day": [25, 12],
  christmas: [25, 12],
};
/** Without "on" they are titles, except right before a time of day: "Christmas party at 6pm", "Silvester um 23:30". */
const holiday = new RegExp(
  `${before}(?<on>(?:on|at|by|until|till|an|am|zu|bis)\\s)?(?<name>${Object.keys(holidays).join("|")})(?:\\s${year})?${after}`,
  flags,
);
const clockBehind = /^,?\s(?:(?:at|from|um|ab|von|gegen)\s)?@?\d/i;
const slashed = new RegExp(
  `${before}(?<on>${on})(?<day>\\d{1,2})/(?<month>\\d{1,2})(?:/(?<year>\\d{4}|\\d{2}))?${after}(?!/)`,
  flags,
);
const dayFirst = new RegExp(
  `${before}(?<on>${on})(?:(?<first>\\d{1,2})(?:st|nd|rd|th|\\.)?(?:\\s?-\\s?|\\s(?:to|until|bis)\\s))?(?<day>\\d{1,2})(?:st|nd|rd|th|\\.)?(?:\\s?-|\\s)?(?:of\\s)?(?<month>${month})(?![\\p{L}])\\.?(?:,?\\s?-?${year})?${after}`,
  flags,
);
const monthFirst = new RegExp(
  `${before}(?<on>${on})(?<month>${month})\\.?\\s(?:the\\s)?(?<day>\\d{1,2})(?:st|nd|rd|th)?(?:\\s?-\\s?(?<last>\\d{1,2})(?:st|nd|rd|th)?(?!\\s?(?:[ap]\\.?m|uhr)))?(?:,?\\s${year})?(?!\\s?(?:[ap]\\.?m|uhr|[:-]\\d))${after}`,
  flags,
);

interface Written {
  readonly said: string;
  readonly day: number;
  readonly month: number;
  readonly year?: number;
  readonly weak?: boolean;
}

const lastDay = (month: number, year: number) => Temporal.PlainYearMonth.from({ year, month }).daysInMonth;

/** A date without a year is the next such day, today included; 29 February waits for its year. */
export function nextSuch(day: number, month: number, today: Temporal.PlainDate): Temporal.PlainDate {
  let year = today.year;
  while (lastDay(month, year) < day || Temporal.PlainDate.compare({ year, month, day }, today) < 0) year++;
  return Temporal.PlainDate.from({ year, month, day });
}

function nextDayOfMonth(day: number, today: Temporal.PlainDate): Temporal.PlainDate {
  let month = today.toPlainYearMonth();
  while (month.daysInMonth < day || Temporal.PlainDate.compare(month.toPlainDate({ day }), today) < 0)
    month = month.add({ months: 1 });
  return month.toPlainDate({ day });
}

function endOfWeek(next: boolean, today: Temporal.PlainDate): Temporal.PlainDate {
  const friday = today.add({ days: 5 - today.dayOfWeek + (next ? 7 : 0) });
  return Temporal.PlainDate.compare(friday, today) < 0 ? today : friday;
}

function endOfMonth(
  { month: name, next, year }: Readonly<Record<string, string | undefined>>,
  today: Temporal.PlainDate,
): Temporal.PlainDate {
  if (name === undefined) {
    const within = today.toPlainYearMonth().add({ months: next ? 1 : 0 });
    return within.toPlainDate({ day: within.daysInMonth });
  }
  const said = months[name.toLowerCase()]!;
  const within = Temporal.PlainYearMonth.from({ year: year ? Number(year) : today.year, month: said });
  const coming = year === undefined && said < today.month ? within.add({ years: 1 }) : within;
  return coming.toPlainDate({ day: coming.daysInMonth });
}

function dateFound({ said, day, month, year, weak }: Written, today: Temporal.PlainDate): Found {
  const full = year !== undefined && year < 100 ? 2000 + year : year;
  if (month < 1 || month > 12 || day < 1 || day > lastDay(month, full ?? 2028))
    return { kind: "date", date: today, weak, problem: timeTexts.say("noDate", said.trim()) };
  const date = full === undefined ? nextSuch(day, month, today) : Temporal.PlainDate.from({ year: full, month, day });
  return { kind: "date", date, weak };
}

function momentFound(said: string, today: Temporal.PlainDate): Found {
  try {
    return { kind: "moment", instant: Temporal.Instant.from(said).epochMilliseconds };
  } catch {
    return { kind: "date", date: today, problem: timeTexts.say("noDate", said) };
  }
}

/** The same with a first day before it: "1-3 December". */
function rangeFound(first: { day: number; month?: number }, last: Written, today: Temporal.PlainDate): Found {
  const end = dateFound(last, today);
  if (end.kind !== "date" || end.problem) return end;
  const { year } = end.date;
  const start = dateFound({ ...last, day: first.day, month: first.month ?? last.month, year }, today);
  return start.kind === "date" && !start.problem ? { ...start, until: end.date } : start;
}

/** Words that are months only sometimes: "may", "march". */
const maybe = /^(?:may|march|mar|dec|jan)$/;

export function takeDates(line: string, today: Temporal.PlainDate): { line: string; marks: Mark[] } {
  const marks: Mark[] = [];
  const step = (pattern: RegExp, read: Parameters<typeof take<Found>>[2]) => {
    const result = take(line, pattern, read);
    line = result.line;
    marks.push(...result.marks);
  };
  const numbers = (groups: Record<string, string | undefined>, said: string) => ({
    said: said.slice(groups.on?.length ?? 0),
    day: Number(groups.day),
    month: Number(groups.month),
    year: groups.year === undefined ? undefined : Number(groups.year),
  });
  step(overmorrow, () => ({ kind: "date", date: today.add({ days: 2 }) }));
  step(weekAfterNext, () => ({ kind: "week", date: today.add({ weeks: 2 }) }));
  step(weeksEnd, ({ 0: said }) => ({ kind: "date", date: endOfWeek(/next|nächster/i.test(said), today) }));
  step(monthsEnd, ({ groups }) => ({ kind: "date", date: endOfMonth(groups, today) }));
  step(exact, ({ 0: said }) => momentFound(said, today));
  step(iso, ({ groups, 0: said }) => dateFound(numbers(groups, said), today));
  step(dotted, ({ groups, 0: said, index }) => {
    const written = numbers(groups, said);
    const plausible = written.day <= 39 && written.month <= (groups.month?.length === 2 ? 19 : 12);
    const labelled = !groups.on && isLabelled(line, index);
    if ((labelled && !groups.dot) || !plausible || (groups.first && !groups.dot)) return;
    if (groups.year && !groups.dot) return;
    const weak = labelled || (!groups.year && !groups.on && !(groups.dot && written.month <= 12 && written.day > 0));
    const last = { ...written, weak };
    if (!groups.first) return dateFound(last, today);
    return rangeFound(
      { day: Number(groups.first), month: groups.firstMonth ? Number(groups.firstMonth) : undefined },
      last,
      today,
    );
  });
  step(slashed, ({ groups, 0: said, index }) => {
    const written = numbers(groups, said);
    if (!groups.on && isLabelled(line, index)) return;
    const american = written.month > 12 && written.day <= 12;
    const { day, month } = american ? { day: written.month, month: written.day } : written;
    if (day > 39 || month > 19) return;
    return dateFound({ ...written, day, month, weak: !groups.year && !groups.on }, today);
  });
  const named = ({ groups, 0: said, index }: Parameters<Parameters<typeof take<Found>>[2]>[0]): Found | undefined => {
    const day = Number(groups.day);
    const name = groups.month!.toLowerCase();
    if (day > 39 || (maybe.test(name) && !groups.on && isLabelled(line, index))) return;
    const weak = maybe.test(groups.month!) && !groups.on && !groups.year;
    const written = { ...numbers(groups, said), day, month: months[name]!, weak };
    if (groups.last) return rangeFound({ day }, { ...written, day: Number(groups.last) }, today);
    return groups.first ? rangeFound({ day: Number(groups.first) }, written, today) : dateFound(written, today);
  };
  step(dayFirst, named);
  step(monthFirst, named);
  step(holiday, ({ groups, index, 0: said }) => {
    if (!groups.on && !clockBehind.test(line.slice(index + said.length))) return;
    const [day, month] = holidays[groups.name!.toLowerCase()]!;
    return dateFound({ ...numbers(groups, said), day, month }, today);
  });
  const numbered = ({ groups, index, 0: said }: Parameters<Parameters<typeof take<Found>>[2]>[0]): Found => {
    const day = Number(groups.english ?? groups.german);
    if (day < 1 || day > 31)
      return { kind: "date", date: today, weak: true, problem: timeTexts.say("noDate", said.trim()) };
    const weak = !/^\s*$|^ to\s/.test(line.slice(index + said.length));
    return { kind: "date", date: nextDayOfMonth(day, today), weak };
  };
  step(besideWeekday, numbered);
  step(ofMonth, numbered);
  return { line, marks };
}
