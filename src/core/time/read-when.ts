// Reads the time out of one line as people write it: "Eigenvalues tomorrow 6pm for 90 min".
import { AppError } from "../errors.ts";
import type { Language, Sentence } from "../text.ts";
import { type Cluster, cluster } from "./cluster.ts";
import { flatten } from "./line.ts";
import type { Mark } from "./mark.ts";
import { placeInTime, type When } from "./place-in-time.ts";
import { cutOut } from "./rest.ts";
import { timeTexts } from "./texts.ts";
import { wallClockOf } from "./wall-clock.ts";
import { zoneIn } from "./zone-words.ts";

export interface Reading {
  /** The words that were not time, in the person's own spelling; the whole line where there was no time. */
  readonly rest: string;
  readonly when?: When;
}

export interface Asked {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly zone: string;
  readonly language: Language;
}

const longest = 1000;

/** What is sound of an unusable time, by the reader's clocks. */
export interface SoundPart {
  /** YYYY-MM-DD: beside an impossible time of day or length. */
  readonly day?: string | undefined;
  /** HH:MM: beside an impossible length. */
  readonly clock?: string | undefined;
}

/** The time of a line cannot be used; the rest of the line can. */
export class UnusableTime extends AppError implements SoundPart {
  readonly rest: string;
  readonly day: string | undefined;
  readonly clock: string | undefined;

  constructor(sentence: Sentence, rest: string, { day, clock }: SoundPart = {}) {
    super("invalid", sentence);
    this.rest = rest;
    this.day = day;
    this.clock = clock;
  }
}

/**
 * The last time in the line, put together from its day, its time of day and its length.
 * @throws UnusableTime, an AppError("invalid"), when that time is past, impossible, or too far away.
 */
export async function readWhen(text: string, asked: Asked): Promise<Reading> {
  if (text.length > longest) throw new AppError("invalid", timeTexts.say("longLine", longest));
  const flat = flatten(text);
  const today = wallClockOf(asked.now, asked.zone).toPlainDate();
  const { marksIn } = await import("./marks-in.ts");
  const clusters = cluster(flat, await marksIn(flat, asked, today));
  const found = choose(clusters, asked, today);
  if (!found) return { rest: text.trim() };
  const { chosen, zone, offset } = await zoned(found, flat, asked.zone);
  const first = Math.min(...chosen.marks.map((mark) => mark.from));
  const last = Math.max(...chosen.marks.map((mark) => mark.to));
  const words = chosen.adjoining ? text.slice(first, last).trim() : said(text, chosen.marks);
  const problem = chosen.marks.find((mark) => mark.problem)?.problem;
  const rest = cutOut(text, flat, chosen.marks);
  if (problem) throw new UnusableTime(problem, rest, soundOf(chosen, { ...asked, zone, today, words }, asked.zone));
  try {
    const when = placeInTime(chosen, { ...asked, zone, today, words });
    const once = when.shift && offset ? placeInTime(chosen, { ...asked, zone: offset, today, words }) : when;
    return { rest, when: once.zone === asked.zone ? once : inZone(once, asked.zone) };
  } catch (error) {
    throw error instanceof AppError ? new UnusableTime(error.sentence, rest) : error;
  }
}

/** With the zone that stands behind its time of day, if one does. */
async function zoned(
  chosen: Chosen,
  flat: string,
  own: string,
): Promise<{ chosen: Chosen; zone: string; offset?: string | undefined }> {
  const clock = chosen.marks.findLast(({ kind }) => kind === "clock");
  const named = clock && (await zoneIn(flat.slice(clock.to)));
  if (!named) return { chosen, zone: own };
  const whole = (mark: Mark) => (mark === clock ? { ...mark, to: mark.to + named.length } : mark);
  return { chosen: { ...chosen, marks: chosen.marks.map(whole) }, zone: named.zone, offset: named.offset };
}

/** The same instant by the reader's own clocks. */
const inZone = (when: When, zone: string): When => ({
  ...when,
  zone,
  understood: wallClockOf(when.start, zone).toString({ smallestUnit: "minute" }),
});

/** What need not be said again: all but the length where that alone is wrong, the day where the time of day is. */
function soundOf(chosen: Cluster, placing: Parameters<typeof placeInTime>[1], own: string): SoundPart {
  const { length, ...start } = chosen.start;
  const problems = chosen.marks.filter((mark) => mark.problem);
  if (!length || problems.some((mark) => mark !== length)) return dayKept(chosen, placing.today);
  try {
    const when = placeInTime({ ...chosen, start }, placing);
    const [day = "", clock = ""] = inZone(when, own).understood.split("T");
    return when.allDay ? { day } : { day, clock };
  } catch (error) {
    if (error instanceof AppError) return {};
    throw error;
  }
}

function dayKept({ start }: Cluster, today: Temporal.PlainDate): SoundPart {
  const day = start.date ?? start.weekday;
  const sound = start.clock?.problem && day && !day.problem && Temporal.PlainDate.compare(day.date, today) >= 0;
  return sound ? { day: day.date.toString() } : {};
}

const said = (text: string, marks: readonly Mark[]) =>
  marks.map(({ from, to }) => text.slice(from, to).trim()).join(" ");

interface Chosen extends Cluster {
  readonly adjoining: boolean;
}

const hasDay = ({ start }: Cluster) =>
  Boolean(start.date || start.weekday || start.week || (start.offset && !start.offset.needsDate) || start.part?.today);
const hasHour = ({ start }: Cluster) => Boolean(start.clock || start.part);
const isTime = (one: Cluster) => hasDay(one) || Boolean(one.start.clock || one.start.moment);

function isSound({ marks, start }: Cluster, { now }: Asked, today: Temporal.PlainDate): boolean {
  if (marks.some((mark) => mark.problem)) return false;
  const day = start.date?.date ?? start.weekday?.date;
  if (day && Temporal.PlainDate.compare(day, today) < 0) return false;
  return !start.moment || start.moment.instant >= now;
}

/** The last sound time of the line; what it lacks comes from the rest of the line: a day, a time of day, a length. */
function choose(clusters: readonly Cluster[], asked: Asked, today: Temporal.PlainDate): Chosen | undefined {
  const times = clusters.filter(isTime);
  const sound = times.filter((one) => isSound(one, asked, today));
  const anchor = sound.at(-1) ?? times.at(-1);
  if (!anchor) return undefined;
  const donors: Cluster[] = [];
  const others = sound.filter((one) => one !== anchor && !one.start.moment).reverse();
  if (!anchor.start.moment && !hasDay(anchor))
    donors.push(...others.filter((one) => hasDay(one) && !hasHour(one)).slice(0, 1));
  if (!anchor.start.moment && !hasHour(anchor))
    donors.push(...others.filter((one) => hasHour(one) && !hasDay(one)).slice(0, 1));
  const length = clusters.filter((one) => one !== anchor && !isTime(one) && one.start.length).at(-1);
  const ended = anchor.start.length || Object.keys(anchor.end).length || anchor.start.clock?.end;
  if (length && !ended && !donors.some((one) => one.start.length)) donors.push(length);
  return {
    marks: [...anchor.marks, ...donors.flatMap((one) => one.marks)],
    start: Object.assign({}, ...donors.map((one) => one.start), anchor.start),
    end: Object.assign({}, ...donors.map((one) => one.end), anchor.end),
    adjoining: donors.length === 0,
  };
}
