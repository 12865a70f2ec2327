// Reads what and when out of "to revise chapter 3 tomorrow at 7".
import { NeedsField } from "../kernel/ask-more.ts";
import type { Sentence } from "../text.ts";
import { onDay } from "../time/on-day.ts";
import { remarksOn, type When } from "../time/place-in-time.ts";
import { type Asked, readWhen, UnusableTime } from "../time/read-when.ts";
import { timeTexts } from "../time/texts.ts";
import { instantOf, wallClockOf } from "../time/wall-clock.ts";
import { reminderTexts } from "./texts.ts";

export interface Due {
  /** Epoch milliseconds. */
  readonly dueAt: number;
  /** What was decided for the person. */
  readonly remarks: readonly Sentence[];
}

/** A day without a time of day means this hour, for a reminder that has none yet. */
const morning = { hour: 9 };

interface Said {
  readonly what: string;
  readonly when?: string;
  /** YYYY-MM-DD: the day that was said already. */
  readonly day?: string;
}

/** @throws NeedsField for what is missing and for a time that cannot be. */
export async function readReminder({ what, when, day }: Said, asked: Asked): Promise<Due & { text: string }> {
  if (when !== undefined) return { ...(await readDue(when, asked, { day })), text: textOf(what, asked) };
  const { rest, when: found } = await readWhen(what, asked).catch((error: unknown) => {
    if (error instanceof UnusableTime) throw askAgain(error, { what: withoutLead(error.rest, asked) });
    throw error;
  });
  if (!found) throw whenMissing(textOf(what, asked));
  if (!isSaying(withoutLead(rest, asked))) throw new NeedsField("what", { given: { when: what } });
  const due = dueOn(found, asked);
  if (!due) throw new NeedsField("when", { question: reminderTexts.say("dayOver"), given: { what: rest } });
  return { ...due, text: withoutLead(rest, asked) };
}

/** "to stretch now" is a time as well, only none to be reminded at. */
function whenMissing(text: string): NeedsField {
  const [, rest, now] = /^(.*\S)\s+((?:right )?now|jetzt)$/isu.exec(text) ?? [];
  if (rest === undefined || now === undefined) return new NeedsField("when");
  return new NeedsField("when", { problem: timeTexts.say("notAhead", now), given: { what: rest } });
}

/** What is known of the time already. */
interface Known {
  /** YYYY-MM-DD: the day that was said. */
  readonly day?: string;
  /** Epoch milliseconds: the time it has until now, whose time of day stays where none is said. */
  readonly dueAt?: number;
}

/** A time alone. @throws NeedsField "when" with what is wrong with it. */
export async function readDue(when: string, asked: Asked, { day, dueAt }: Known = {}): Promise<Due> {
  const reading = await readWhen(when, asked).catch((error: unknown) => {
    if (error instanceof UnusableTime) throw askAgain(error);
    throw error;
  });
  if (!reading.when) throw new NeedsField("when", { problem: reminderTexts.say("noTime") });
  const due = dueOn(await onDay(when, reading.when, day, asked), asked, dueAt);
  if (!due) throw new NeedsField("when", { question: reminderTexts.say("dayOver") });
  return due;
}

const askAgain = ({ sentence, day }: UnusableTime, given: { what?: string } = {}) =>
  new NeedsField("when", { problem: sentence, given: { ...given, ...(day && { day }) } });

/** Undefined when only today was said and its hour is over. */
function dueOn(when: When, { now, zone }: Asked, before?: number): Due | undefined {
  if (!when.allDay) return { dueAt: when.start, remarks: remarksOn(when) };
  const kept = before === undefined ? undefined : wallClockOf(before, zone).toPlainTime();
  const { instant, shift } = instantOf(Temporal.PlainDate.from(when.understood).toPlainDateTime(kept ?? morning), zone);
  const taken = { ...when, start: instant, shift, understood: written(wallClockOf(instant, zone)) };
  const remark = kept ? reminderTexts.say("keptHour", written(kept)) : reminderTexts.say("tookMorning");
  return instant > now ? { dueAt: instant, remarks: [remark, ...remarksOn(taken)] } : undefined;
}

const written = (time: Temporal.PlainDateTime | Temporal.PlainTime) => time.toString({ smallestUnit: "minute" });

function textOf(what: string, asked: Asked): string {
  const text = withoutLead(what.trim(), asked);
  if (!isSaying(text)) throw new NeedsField("what");
  return text;
}

const leads = { en: /^(?:to|that|about|of)\s+/i, de: /^(?:zu|dass|daran,?\s+dass|daran,?|an|ans)\s+/i } as const;

/** "to revise" is remembered as "revise". The words of the other language count too, where they mean nothing else. */
export function withoutLead(text: string, { language }: Pick<Asked, "language">): string {
  const thing = language === "de" ? text.replace(/^(an\s.+)\szu denken$/i, "$1") : text;
  const rest = thing.replace(leads[language], "").replace(/^(?:to|zu|dass)\s+/i, "");
  return /^(?:to|that|about|zu|dass|daran)$/i.test(rest) ? "" : rest;
}

/** Whether anything of it can be seen. */
const isSaying = (text: string) => /[^\p{Z}\p{C}]/u.test(text);
