// Lengths of time in words: "for 90 min", "1h30", "für anderthalb Stunden", and "in 20 minutes" as a moment.

import { after, before, take } from "./line.ts";
import type { Found, Length, Mark } from "./mark.ts";
import { timeTexts } from "./texts.ts";

const named: Record<string, number> = {
  a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12,
  fourteen: 14, fifteen: 15, twenty: 20, thirty: 30, vierzehn: 14, fünfzehn: 15, zwanzig: 20, dreißig: 30, ner: 1, nem: 1,
  half: 0.5, "half a": 0.5, "half an": 0.5, "a half": 0.5, "a quarter of an": 0.25, "a couple of": 2,
  ein: 1, eine: 1, einen: 1, einem: 1, einer: 1, zwei: 2, drei: 3, vier: 4, fünf: 5, sechs: 6, sieben: 7, acht: 8, neun: 9, zehn: 10, elf: 11, zwölf: 12,
  halbe: 0.5, halben: 0.5, "eine halbe": 0.5, "einer halben": 0.5, anderthalb: 1.5, eineinhalb: 1.5, zweieinhalb: 2.5,
  dreiviertel: 0.75, "eine dreiviertel": 0.75, "einer dreiviertel": 0.75, "eine viertel": 0.25, "einer viertel": 0.25,
}; // biome-ignore format: a table
const number = `(?:\\d{1,9}(?:[.,]\\d{1,2})?|${Object.keys(named)
  .sort((a, b) => b.length - a.length)
  .join("|")})`;
const unit = "minutes?|minuten?|mins?|min\\.|hours?|hrs?|stunden?|std\\.?|h|days?|tage?n?|weeks?|wochen?|fortnights?";
const piece = `${number}(?:\\s(?:and a half|einhalb))?[\\s-]?(?:${unit})(?:\\s(?:and a half))?`;
const shortForm = "\\d{1,2}\\s?h\\s?\\d{1,2}(?:\\s?m(?:in)?)?|\\d{1,3}:\\d{2}\\s?(?:h|hours?|std\\.?|stunden)";
const lengthOf = `(?:${shortForm}|${piece}(?:(?:,?\\s(?:and|und)\\s|,?\\s)?${piece})?)`;
const lead = "(?:for|lasting|für|fuer|dauert|dauer:?)\\s+(?:about\\s|around\\s|ca\\.?\\s|etwa\\s|rund\\s|up to\\s)?";

const flags = "giu";
const inWords = new RegExp(`${before}in\\s+(?<words>${lengthOf})${after}`, flags);
const inSeconds = new RegExp(
  `${before}in\\s+(?<count>\\d{1,5})\\s?(?:seconds?|secs?|sekunden?|sek\\.?|s)${after}`,
  flags,
);
const backwards = new RegExp(
  `${before}in\\s+(?:-|minus\\s)\\s?(?:${lengthOf}|\\d{1,9}\\s?(?:seconds?|sekunden?|s))${after}`,
  flags,
);
const fromNow = new RegExp(`${before}(?<words>${lengthOf})\\s(?<which>from now|from|after)${after}`, flags);
const ago = new RegExp(`${before}(?:(?<words>${lengthOf})\\sago|vor\\s(?<german>${lengthOf}))${after}`, flags);
const led = new RegExp(`${before}${lead}(?<words>${lengthOf})(?:\\slong|\\slang)?${after}`, flags);
const alone = new RegExp(`${before}(?<words>${lengthOf})(?:\\slong|\\slang)?${after}`, flags);
const rightNow = new RegExp(`${before}(?:(?:right )?now|jetzt)${after}`, flags);
const onePiece = new RegExp(
  `(?<count>${number})(?<half>\\s(?:and a half|einhalb))?[\\s-]?(?<unit>${unit})(?<half2>\\sand a half)?`,
  flags,
);

/** Days and minutes of words that the patterns above matched. */
export function readLength(words: string): Length {
  const clock = /^(\d{1,3})\s?[:h]\s?(\d{1,2})/i.exec(words);
  if (clock) return { days: 0, minutes: Number(clock[1]) * 60 + Number(clock[2]) };
  let days = 0;
  let minutes = 0;
  for (const { groups } of words.matchAll(onePiece)) {
    const written = groups!.count!.toLowerCase();
    const half = groups!.half || groups!.half2 ? 0.5 : 0;
    const count = (named[written] ?? Number(written.replace(",", "."))) + half;
    const kind = groups!.unit!.toLowerCase();
    if (/^(d|t)/.test(kind)) days += count;
    else if (kind.startsWith("w")) days += count * 7;
    else if (kind.startsWith("f")) days += count * 14;
    else minutes += kind.startsWith("m") ? count : count * 60;
  }
  const whole = Math.floor(days);
  return { days: whole, minutes: Math.round(minutes + (days - whole) * 1440) };
}

const fourteenDays = 14 * 1440;

function lengthFound(words: string, said: string, weak: boolean): Found {
  const length = readLength(words);
  const total = length.days * 1440 + length.minutes;
  if (total <= 0) return { kind: "length", length, weak, problem: timeTexts.say("noLength", said) };
  if (total > fourteenDays) return { kind: "length", length, weak, problem: timeTexts.say("tooLong", said) };
  return { kind: "length", length, weak };
}

/** Far beyond what is accepted, near enough to calculate with. */
const farthest = 4000 * 1440;
const minutesOf = ({ days, minutes }: Length) => Math.min(days * 1440 + minutes, farthest);

const notAhead = (now: number, said: string): Found => ({
  kind: "moment",
  instant: now,
  problem: timeTexts.say("notAhead", said.trim()),
});

function awayFrom(now: number, length: Length, said: string): Found {
  if (minutesOf(length) <= 0) return notAhead(now, said);
  if (length.minutes === 0) return { kind: "offset", days: minutesOf(length) / 1440, needsDate: false };
  return { kind: "moment", instant: now + minutesOf(length) * 60_000 };
}

/** "18h", "8h30", "um 6:30 h": more likely a time of day. */
const looksLikeClock = (words: string, front: string) =>
  Number(/^(\d{1,2})\s?[:h]/i.exec(words)?.[1] ?? 0) >= 7 || /(?:um|at|ab|gegen|bis|@)\s$/i.test(front);

export function takeLengths(line: string, now: number): { line: string; marks: Mark[] } {
  const marks: Mark[] = [];
  const step = (pattern: RegExp, read: Parameters<typeof take<Found>>[2]) => {
    const result = take(line, pattern, read);
    line = result.line;
    marks.push(...result.marks);
  };
  step(ago, ({ groups }) => {
    return { kind: "moment", instant: now - minutesOf(readLength((groups.words ?? groups.german)!)) * 60_000 };
  });
  step(led, ({ groups, 0: said }) => lengthFound(groups.words!, said, false));
  step(inSeconds, ({ groups, 0: said }) =>
    Number(groups.count) ? { kind: "moment", instant: now + Number(groups.count) * 1000 } : notAhead(now, said),
  );
  step(backwards, ({ 0: said }) => notAhead(now, said));
  step(inWords, ({ groups, 0: said }) => awayFrom(now, readLength(groups.words!), said));
  step(fromNow, ({ groups, 0: said }) => {
    const length = readLength(groups.words!);
    if (groups.which?.toLowerCase() === "from now") return awayFrom(now, length, said);
    return length.minutes === 0 ? { kind: "offset", days: minutesOf(length) / 1440, needsDate: true } : undefined;
  });
  const whole = line.trim().length;
  step(rightNow, ({ 0: said }) =>
    said.length < whole ? { kind: "moment", instant: now, weak: true } : notAhead(now, said),
  );
  step(alone, ({ groups, 0: said, index }) =>
    looksLikeClock(groups.words!, line.slice(Math.max(0, index - 6), index))
      ? undefined
      : lengthFound(groups.words!, said, true),
  );
  return { line, marks };
}
