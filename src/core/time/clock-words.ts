// Times of day in words: "6pm", "18:30-20:00", "um halb sieben", "at 7", "tomorrow evening".

import { after, before, take, taken } from "./line.ts";
import type { ClockTime, DayPart, Found, Mark } from "./mark.ts";
import { timeTexts } from "./texts.ts";

const hours: Record<string, number> = Object.fromEntries(
  "one/eins/ein two/zwei three/drei four/vier five/fünf six/sechs seven/sieben eight/acht nine/neun ten/zehn eleven/elf twelve/zwölf"
    .split(" ")
    .flatMap((names, index) => names.split("/").map((name) => [name, index + 1])),
);
const hourWord = `\\d{1,2}|${Object.keys(hours).join("|")}`;
const day = "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag";
/** "6 am Freitag" is German. */
const meridiem = `[ap]\\.?m(?:\\.|(?![\\p{L}\\p{N}]))(?!\\s+(?:${day}))`;
const leads =
  "(?<lead>(?:(?:at|from|between|by|until|till|around|um|gegen|ab|bis|von|zwischen|ca\\.)\\s{1,3}|@\\s?){0,2})";
const flags = "giu";

const time = (n: string) =>
  `(?<h${n}>\\d{1,2})(?:(?<sep${n}>[:.])(?<m${n}>\\d{2})(?::\\d{2})?|h(?<x${n}>\\d{2}))?(?:\\s?(?<ap${n}>${meridiem}))?(?:\\s?(?<u${n}>uhr(?:\\s(?<um${n}>[0-5]\\d)(?!\\s?[-:.\\d]))?|o'?clock|h(?![\\p{L}\\p{N}])))?`;
const range = new RegExp(
  `${before}${leads}${time("1")}(?<join>\\s?-\\s?|\\s(?:to|until|till|and|bis|und)\\s(?:um\\s)?)${time("2")}${after}`,
  flags,
);
const single = new RegExp(`${before}${leads}${time("1")}${after}`, flags);
const fives: Record<string, number> = { five: 5, fünf: 5, ten: 10, zehn: 10, twenty: 20, zwanzig: 20 };
const counts = `5|10|20|25|${Object.keys(fives).join("|")}`;
const halves = new RegExp(
  `${before}${leads}(?<how>half past|quarter past|quarter to|halb|viertel nach|viertel vor|dreiviertel|(?:${counts})\\s(?:to|past|vor|nach))\\s(?<h>${hourWord})(?:\\s?(?<ap>${meridiem}))?(?:\\suhr)?${after}`,
  flags,
);
const worded = new RegExp(
  `${before}(?:at|um|gegen|ab|bis|until)\\s(?<h>${Object.keys(hours).join("|")})(?:\\s?(?<ap>${meridiem}))?(?<u>\\so'?clock|\\suhr)?${after}`,
  flags,
);
const digits = new RegExp(`${before}(?:at|um)\\s(?<h>[01]\\d|2[0-3])(?<m>[0-5]\\d)(?:\\s?uhr|\\s?h)?${after}`, flags);
const names = new RegExp(
  `${before}(?:(?:at|by|until|till|um|bis|gegen|zu)\\s)?(?<name>noon|midday|midnight|mitternacht)${after}`,
  flags,
);
const parts = new RegExp(
  `(?:${before}|(?<=${day}))(?:(?<link>in the|at|this|am|in der|diesen)\\s)?(?<part>mornings?|afternoon|evening|night|tonight|früh|vormittags?|nachmittags?|mittags?|abends?|nachts?|morgens?)${after}`,
  flags,
);

interface Said {
  readonly hour: number;
  readonly minute: number;
  readonly ap: string | undefined;
  /** A leading zero leaves no doubt. */
  readonly zero: boolean;
  readonly bare: boolean;
}

function clockOf({ hour, minute, ap, zero, bare }: Said): ClockTime | undefined {
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return undefined;
  if (ap) {
    if (hour > 12 || hour === 0)
      return hour > 12 && /^p/i.test(ap) ? { hour, minute, exact: true, bare: false } : undefined;
    return { hour: (hour % 12) + (/^p/i.test(ap) ? 12 : 0), minute, exact: true, bare: false };
  }
  return { hour, minute, exact: zero || hour === 0 || hour > 12, bare };
}

type Groups = Record<string, string | undefined>;

function said(groups: Groups, n: "1" | "2"): Said & { strong: boolean; dotted: boolean } {
  const minutes = groups[`m${n}`] ?? groups[`x${n}`] ?? groups[`um${n}`];
  const ap = groups[`ap${n}`];
  const unit = groups[`u${n}`];
  return {
    hour: Number(groups[`h${n}`]),
    minute: Number(minutes ?? 0),
    ap,
    zero: groups[`h${n}`]!.startsWith("0"),
    bare: minutes === undefined && (!unit || /^o/i.test(unit)),
    strong: Boolean(ap || unit || groups[`x${n}`] || (minutes && groups[`sep${n}`] === ":")),
    dotted: groups[`sep${n}`] === "." && !ap && !unit,
  };
}

const isUntil = (lead: string | undefined) => /(?:until|till|bis)(?:\s+um)?\s*$/i.test(lead ?? "");
const before12 = (clock: ClockTime) => (clock.hour === 12 ? { ...clock, hour: 0 } : clock);

/** "6-8pm" is the evening, "10-1pm" begins in the morning; "6pm-8" ends in the evening. */
function alike(start: ClockTime, end: ClockTime): readonly [ClockTime, ClockTime] {
  const minutes = (clock: ClockTime) => clock.hour * 60 + clock.minute;
  if (!start.exact && end.exact && end.hour >= 12 && end.hour <= 24) {
    const later = { ...start, hour: (start.hour % 12) + 12 };
    const hour = minutes(later) < minutes(end) && end.hour < 24 ? later.hour : start.hour;
    return [{ ...start, hour, exact: true }, end];
  }
  if (!start.exact && end.exact) return [{ ...start, exact: true }, end];
  if (start.exact && !end.exact) {
    const hour = start.hour >= 12 && minutes(end) + 720 > minutes(start) && end.hour < 12 ? end.hour + 12 : end.hour;
    return [
      start,
      start.hour >= 12 && end.hour === 12 ? { ...before12(end), exact: true } : { ...end, hour, exact: true },
    ];
  }
  return [start, end];
}

/** "tomorrow 18-20", "27.11. 9-11": two bare hours are times where a day stands right before them. */
const behindDay = new RegExp(
  `(?:${taken}|(?:^|[^\\p{L}])(?:today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|heute|morgen|übermorgen|${day}))[,:]?\\s+$`,
  "iu",
);

function readRange(line: string, groups: Groups, index: number, words: string): Found | undefined {
  const [one, two] = [said(groups, "1"), said(groups, "2")];
  const hoursOfDay = one.bare && two.bare && one.hour < two.hour && two.hour <= 24;
  const led =
    /\p{L}|@/u.test(groups.lead ?? "") ||
    (hoursOfDay && behindDay.test(line.slice(0, index)) && endsOrGoesOn(line, index + words.length));
  if (!one.strong && !two.strong && !led) return;
  if (/^(?:and|und)$/i.test(groups.join!.trim()) && !/between|zwischen/i.test(groups.lead ?? "")) return;
  const bareFirst = one.bare && !one.strong && !led;
  if (bareFirst && /\s/.test(groups.join!) && groups.join!.trim() === "-") return;
  if ((one.dotted || two.dotted) && !one.strong && !two.strong && !led) return;
  const start = clockOf(one);
  const end = clockOf(two);
  if (!start || !end) {
    const plausible = one.hour <= 30 && two.hour <= 30;
    const clock = { hour: 0, minute: 0, exact: true, bare: false };
    return { kind: "clock", clock, until: false, weak: !plausible, problem: timeTexts.say("noClock", words.trim()) };
  }
  const weak = !one.strong && !two.strong && !endsOrGoesOn(line, index + words.length);
  const [first, last] = alike(start, end);
  return { kind: "clock", clock: first, end: last, until: false, weak };
}

/** Whether a bare number stands where times stand: at the end, before a comma or a preposition. */
const endsOrGoesOn = (line: string, at: number) =>
  new RegExp(
    `^\\s*(?:$|[,.;:!?()|${taken}-]|(?:in|on|to|with|for|at|im|am|in|mit|zum|zur|bei|für|and|und)(?!\\p{L}))`,
    "iu",
  ).test(line.slice(at));

function readSingle(line: string, groups: Groups, index: number, words: string): Found | undefined {
  const one = said(groups, "1");
  const led = /\p{L}|@/u.test(groups.lead ?? "");
  if (!one.strong && !led) return;
  if (one.dotted && !/^(?:um|ab|gegen|bis|von|at)/i.test(groups.lead ?? "")) return;
  const until = isUntil(groups.lead);
  const clock = clockOf(one);
  if (!clock) {
    if (!one.strong) return;
    const beside = led || one.hour <= 30;
    const none = { hour: 0, minute: 0, exact: true, bare: false };
    const problem = timeTexts.say("noClock", words.replace(/^(?:[\p{L}.]+\s+|[@-]\s*)+/u, "").trim());
    return { kind: "clock", clock: none, until, weak: !beside, problem };
  }
  const spoken = !one.strong || (/^o/i.test(groups.u1 ?? "") && !led);
  return { kind: "clock", clock, until, weak: spoken && !endsOrGoesOn(line, index + words.length) };
}

const shifts: Record<string, readonly [hour: number, minute: number]> = {
  "half past": [0, 30],
  "quarter past": [0, 15],
  "viertel nach": [0, 15],
  "quarter to": [-1, 45],
  "viertel vor": [-1, 45],
  dreiviertel: [-1, 45],
  halb: [-1, 30],
};

/** "from 5 to 6", "five to six people": only what is led as a time, or said as no range is, is minutes beside the hour. */
function counted(how: string, { lead, ap }: Groups, hour: number): readonly [hour: number, minute: number] | undefined {
  const [count = "", side = ""] = how.split(" ");
  const isRange = (side === "to" && ap) || hour > 12;
  const needsLead = side === "to" || /^\d/.test(count);
  if (isRange || (needsLead && !/(?:at|by|around|um|gegen|bis)\s*$/i.test(lead ?? ""))) return undefined;
  const minutes = fives[count] ?? Number(count);
  return /to|vor/.test(side) ? [-1, 60 - minutes] : [0, minutes];
}

function readHalf(line: string, groups: Groups, index: number, words: string): Found | undefined {
  const hour = hours[groups.h!.toLowerCase()] ?? Number(groups.h);
  const how = groups.how!.toLowerCase();
  const shift = shifts[how] ?? counted(how, groups, hour);
  if (!shift || hour < 1 || hour > 24) return;
  const [by, minute] = shift;
  const weak = !(how in shifts) && !endsOrGoesOn(line, index + words.length);
  const clock = clockOf({ hour: hour + by || (hour === 1 ? 12 : 0), minute, ap: groups.ap, zero: false, bare: true });
  return clock && { kind: "clock", clock, until: isUntil(groups.lead), weak };
}

const partNames: Record<string, DayPart> = {
  morning: "morning",
  früh: "morning",
  morgen: "morning",
  vormittag: "morning",
  mittag: "noon",
  afternoon: "afternoon",
  nachmittag: "afternoon",
  evening: "evening",
  abend: "evening",
  night: "night",
  tonight: "night",
  nacht: "night",
};

/** "morgen" is a part of the day only behind a day or "am". */
const dayBefore = new RegExp(`(?:heute|gestern|morgen|${day})\\s?$`, "i");

function readPart({ link, part }: Groups, front: string): Found | undefined {
  const word = part!.toLowerCase();
  if (word === "morgen" && !/^am|diesen/i.test(link ?? "") && !dayBefore.test(front)) return;
  const name = partNames[word] ?? partNames[word.replace(/s$/, "")];
  if (!name) return;
  const today = word === "tonight" || /^(?:this|diesen)/i.test(link ?? "");
  return { kind: "part", part: name, today, weak: !today };
}

export function takeClocks(line: string): { line: string; marks: Mark[] } {
  const marks: Mark[] = [];
  const step = (pattern: RegExp, read: Parameters<typeof take<Found>>[2]) => {
    const result = take(line, pattern, read);
    line = result.line;
    marks.push(...result.marks);
  };
  step(halves, ({ groups, index, 0: words }) => readHalf(line, groups, index, words));
  step(range, ({ groups, index, 0: words }) => readRange(line, groups, index, words));
  step(single, ({ groups, index, 0: words }) => readSingle(line, groups, index, words));
  step(digits, ({ groups }) => {
    const clock = { hour: Number(groups.h), minute: Number(groups.m), exact: true, bare: false };
    return { kind: "clock", clock, until: false, weak: true };
  });
  step(worded, ({ groups, index, 0: words }) => {
    const clock = clockOf({ hour: hours[groups.h!.toLowerCase()]!, minute: 0, ap: groups.ap, zero: false, bare: true });
    const weak = !groups.u && !groups.ap && !endsOrGoesOn(line, index + words.length);
    return clock && { kind: "clock", clock, until: /^(?:bis|until)/i.test(words), weak };
  });
  step(names, ({ groups, 0: words }) => {
    const hour = /midnight|mitternacht/i.test(groups.name!) ? 24 : 12;
    return {
      kind: "clock",
      clock: { hour, minute: 0, exact: true, bare: false },
      until: /^(?:bis|until|till)/i.test(words),
    };
  });
  step(parts, ({ groups, index }) => readPart(groups, line.slice(Math.max(0, index - 12), index)));
  return { line, marks };
}
