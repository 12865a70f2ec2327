// Turns what a line said into instants: which day, which half of the day, which end, and whether all that is acceptable.
import { AppError } from "../errors.ts";
import type { Sentence } from "../text.ts";
import type { Cluster, Slot } from "./cluster.ts";
import type { ClockTime, DayPart, Length } from "./mark.ts";
import { timeTexts } from "./texts.ts";
import { instantOf, type Shift, startOfDay, wallClockOf } from "./wall-clock.ts";

export interface When {
  /** Epoch milliseconds; the first instant of the day when `allDay`. */
  readonly start: number;
  /** Epoch milliseconds, exclusive. */
  readonly end?: number;
  readonly zone: string;
  /** No time of day was given. */
  readonly allDay: boolean;
  /** What the clocks in `zone` show at the start: "2026-11-26T18:00". */
  readonly understood: string;
  readonly shift?: Shift;
  /** What the line left open and was decided for it. */
  readonly assumed?: "afternoon" | "nextDay";
  /** A repetition was asked for, and this is its first time alone. */
  readonly repeats?: true;
}

interface Asked {
  readonly now: number;
  readonly zone: string;
  readonly today: Temporal.PlainDate;
  /** The words the time was read from. */
  readonly words: string;
}

/** @throws AppError("invalid") */
export function placeInTime({ start, end }: Cluster, asked: Asked): When {
  const once = start.moment ? atMoment(start.moment.instant, asked) : startOf(start, asked);
  const when: When = start.repeat ? { ...once, repeats: true } : once;
  refuse(when, asked);
  const until = endOf(when, start, end, asked);
  if (until === undefined) return when;
  if (until <= when.start) throw new AppError("invalid", timeTexts.say("endsFirst", asked.words));
  if (until - when.start > 15 * day) throw new AppError("invalid", timeTexts.say("tooLong", asked.words));
  return { ...when, end: until };
}

const day = 86_400_000;

function refuse({ start, allDay, understood }: When, { now, today, words }: Asked): void {
  const date = Temporal.PlainDate.from(understood);
  if (Temporal.PlainDate.compare(date, today.add({ years: 5 })) > 0)
    throw new AppError("invalid", timeTexts.say("tooFar", { words }));
  if (allDay && Temporal.PlainDate.compare(date, today) < 0)
    throw new AppError("invalid", timeTexts.say("pastDay", { words }));
  if (!allDay && start < now) throw new AppError("invalid", timeTexts.say("past", { words, at: start }));
}

const written = (wall: Temporal.PlainDateTime) => wall.toString({ smallestUnit: "minute" });

const atMoment = (instant: number, { zone }: Asked): When => ({
  start: instant,
  zone,
  allDay: false,
  understood: written(wallClockOf(instant, zone)),
});

/** The day that was said, if any. @throws AppError when weekday and date contradict each other. */
function dayOf(slot: Slot, { today, words }: Asked): Temporal.PlainDate | undefined {
  const { date, weekday, week, offset, part } = slot;
  if (date && weekday && !date.until && date.date.dayOfWeek !== weekday.date.dayOfWeek)
    throw new AppError("invalid", timeTexts.say("otherWeekday", { words, weekday: date.date.dayOfWeek }));
  if (week && weekday)
    return week.date.subtract({ days: week.date.dayOfWeek - 1 }).add({ days: weekday.date.dayOfWeek - 1 });
  const base = date?.date ?? weekday?.date ?? week?.date;
  if (offset && (base || !offset.needsDate)) return (base ?? today).add({ days: offset.days });
  return base ?? (part?.today ? today : undefined);
}

function startOf(slot: Slot, asked: Asked): When {
  const said = dayOf(slot, asked);
  const hour = hourOf(slot);
  if (!hour) {
    const start = startOfDay(instantOf(said!.toPlainDateTime({ hour: 12 }), asked.zone).instant, asked.zone);
    return { start, zone: asked.zone, allDay: true, understood: written(said!.toPlainDateTime()) };
  }
  if (said && !said.equals(asked.today)) return onDay(said, hour, hoursOn(hour)[0]!, asked);
  const tries = soon(hour).map((taken) => onDay(asked.today, hour, taken, asked));
  const ahead = tries.find((when) => when.start > asked.now);
  if (ahead) return ahead;
  if (!said) return nextOne(slot, hour, asked);
  if (slot.weekday && !slot.date) return onDay(said.add({ days: 7 }), hour, hoursOn(hour)[0]!, asked);
  return tries.at(-1)!;
}

function nextOne(slot: Slot, hour: ClockTime, asked: Asked): When {
  const tomorrow = onDay(asked.today.add({ days: 1 }), hour, hoursOn(hour)[0]!, asked);
  return slot.clock ? { ...tomorrow, assumed: "nextDay" } : tomorrow;
}

function onDay(date: Temporal.PlainDate, said: ClockTime, hour: number, { zone }: Asked): When {
  const wall = date.toPlainDateTime().add({ hours: hour, minutes: said.minute });
  const { instant, shift } = instantOf(wall, zone);
  const assumed = !said.exact && hour === said.hour + 12 ? "afternoon" : undefined;
  return {
    start: instant,
    zone,
    allDay: false,
    understood: written(shift === "gap" ? wallClockOf(instant, zone) : wall),
    ...(shift && { shift }),
    ...(assumed && { assumed }),
  };
}

const usualHours: Record<DayPart, number> = { morning: 9, noon: 12, afternoon: 15, evening: 19, night: 20 };
const usual = (part: DayPart): ClockTime => ({ hour: usualHours[part], minute: 0, exact: true, bare: false });

function hourOf({ clock, part }: Slot): ClockTime | undefined {
  if (!clock) return part && usual(part.part);
  if (!part || clock.clock.exact) return clock.clock;
  return { ...clock.clock, hour: inPart(clock.clock.hour, part.part), exact: true };
}

/** The hour counted from the day's midnight, for a day that is not today. A bare 1 to 6 is the afternoon. */
function hoursOn({ hour, exact, bare }: ClockTime): readonly number[] {
  if (exact) return [hour];
  return [bare && hour <= 6 ? hour + 12 : hour];
}

/** The same for today: whichever of the two comes next, never before six. */
function soon(said: ClockTime): readonly number[] {
  if (said.exact) return hoursOn(said);
  return said.hour === 12 ? [12] : [said.hour, said.hour + 12].filter((hour) => hour >= 6);
}

function inPart(hour: number, part: DayPart): number {
  if (part === "morning") return hour === 12 ? 0 : hour;
  if (part === "noon") return hour <= 3 ? hour + 12 : hour;
  if (part === "afternoon") return hour < 12 ? hour + 12 : hour;
  if (hour === 12) return 24;
  if (part === "night" && hour < 6) return hour + 24;
  return hour + 12;
}

function endOf(when: When, start: Slot, end: Slot, asked: Asked): number | undefined {
  const date = endDate(when, start, end);
  const clock = end.clock?.clock ?? start.clock?.end;
  if (clock && !when.allDay) return date ? endOn(date, clock, when) : endAfter(when, clock, asked);
  if (date) return instantOf(date.add({ days: 1 }).toPlainDateTime(), asked.zone).instant;
  return start.length && after(when, start.length.length);
}

function endDate({ understood }: When, start: Slot, end: Slot): Temporal.PlainDate | undefined {
  if (end.date) return end.date.date;
  if (end.weekday) {
    const from = Temporal.PlainDate.from(understood);
    return from.add({ days: (end.weekday.date.dayOfWeek - from.dayOfWeek + 7) % 7 });
  }
  return end.clock || start.clock?.end ? undefined : start.date?.until;
}

const endOn = (date: Temporal.PlainDate, clock: ClockTime, { zone, start }: When) =>
  [clock.hour, ...(clock.exact ? [] : [clock.hour + 12])]
    .map((hour) => instantOf(date.toPlainDateTime().add({ hours: hour, minutes: clock.minute }), zone).instant)
    .find((instant) => instant > start) ?? start;

/** The first such time after the start; over midnight only for a night, so that "18:00-17:00" is noticed. */
function endAfter({ start, zone, understood }: When, clock: ClockTime, { words }: Asked): number {
  const midnight = Temporal.PlainDate.from(understood).toPlainDateTime();
  const at = (hour: number) => instantOf(midnight.add({ hours: hour, minutes: clock.minute }), zone).instant;
  const sameDay = [at(clock.hour), ...(clock.exact ? [] : [at(clock.hour + 12)])].find((instant) => instant > start);
  const end = sameDay ?? at(clock.hour + 24);
  if (sameDay === undefined && end - start > longestNight)
    throw new AppError("invalid", timeTexts.say("endsFirst", words));
  return end;
}
const longestNight = 16 * 3_600_000;

/** Days keep the time of day; hours and minutes are exact. */
const after = ({ start, zone, understood }: When, { days, minutes }: Length) =>
  (days ? instantOf(Temporal.PlainDateTime.from(understood).add({ days }), zone).instant : start) + minutes * 60_000;

/** What a preview should say besides the time itself. */
export function remarksOn({ start, zone, understood, shift, assumed, repeats }: When): Sentence[] {
  const took = understood.slice(-5);
  const remarks: Sentence[] = [];
  if (shift)
    remarks.push((reader) => {
      const locale = reader.language === "en" ? "en-GB" : reader.language;
      const day = Temporal.PlainDate.from(understood).toLocaleString(locale, { day: "numeric", month: "long" });
      return timeTexts(reader)[shift]({ zone, day, took });
    });
  if (assumed) remarks.push(timeTexts.say(assumed, { took }));
  if (repeats) remarks.push(timeTexts.say("once", { at: start, zone }));
  return remarks;
}
