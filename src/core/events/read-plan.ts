// Reads what and when out of "Eigenvalues tomorrow 6pm for 90 min", and asks for what is missing.
import { AppError } from "../errors.ts";
import { NeedsField } from "../kernel/ask-more.ts";
import { hasVisible, tidy } from "../kernel/visible-text.ts";
import type { Sentence } from "../text.ts";
import { remarksOn, type When } from "../time/place-in-time.ts";
import { type Asked, readWhen } from "../time/read-when.ts";
import { wallClockOf } from "../time/wall-clock.ts";
import { longestTitle, usualLength } from "./event.ts";
import { eventTexts } from "./texts.ts";

export interface Plan {
  readonly title: string;
  /** Epoch milliseconds. */
  readonly start: number;
  readonly end: number;
  /** What was decided for the person. */
  readonly remarks: readonly Sentence[];
}

interface Said {
  readonly what: string;
  readonly when?: string;
  /** YYYY-MM-DD: the day that was said already. */
  readonly day?: string;
}

/** @throws NeedsField for what is missing; AppError `invalid` for a time in `what` that cannot be. */
export async function readPlan({ what, when, day }: Said, asked: Asked): Promise<Plan> {
  if (when === undefined) return planFrom(await readWhen(what, asked), what);
  const read = await readAnswer(when, day, asked);
  const title = titleOf(what);
  return read.end === undefined ? withLengthIn(title, read, asked) : planOf(title, read);
}

function planFrom({ rest, when }: Awaited<ReturnType<typeof readWhen>>, what: string): Plan {
  if (!when) {
    titleOf(what);
    throw new NeedsField("when");
  }
  if (!hasVisible(rest)) throw new NeedsField("what", { problem: eventTexts.say("noTitle"), given: { when: what } });
  if (when.allDay) throw askTheHour(when, { what: rest });
  return planOf(titleOf(rest), when);
}

const planOf = (title: string, when: When): Plan => ({
  title,
  start: when.start,
  end: when.end ?? when.start + usualLength,
  remarks: remarksOn(when),
});

/** A time alone. @throws NeedsField "when" with what is wrong with it. */
async function readAnswer(words: string, day: string | undefined, asked: Asked): Promise<When> {
  const { when } = await readWhen(words, asked).catch((error: unknown) => {
    if (error instanceof AppError) throw new NeedsField("when", { problem: error.sentence });
    throw error;
  });
  if (!when) throw new NeedsField("when", { problem: eventTexts.say("noTime") });
  if (when.allDay) throw askTheHour(when);
  return day ? onDay(words, when, day, asked) : when;
}

/** "6pm", answered to "at what time on Tuesday?", is on that Tuesday; an answer that names another day stands. */
async function onDay(words: string, alone: When, day: string, asked: Asked): Promise<When> {
  const isToday = dateOf(alone.start, asked.zone).equals(dateOf(asked.now, asked.zone));
  if (!isToday && alone.assumed !== "nextDay") return alone;
  const together = await readWhen(`${day} ${words}`, asked).catch(() => undefined);
  return together?.when && !together.when.allDay ? together.when : alone;
}

const dateOf = (instant: number, zone: string) => wallClockOf(instant, zone).toPlainDate();

/** "Eigenvalues for 90 min", and the time by itself: the length is still a length. */
async function withLengthIn(title: string, when: When, asked: Asked): Promise<Plan> {
  const at = wallClockOf(when.start, when.zone).toString({ smallestUnit: "minute" }).replace("T", " ");
  const whole = await readWhen(`${title} ${at}`, asked).catch(() => undefined);
  const end = whole?.when?.start === when.start ? whole.when.end : undefined;
  return end !== undefined && hasVisible(whole!.rest)
    ? planOf(titleOf(whole!.rest), { ...when, end })
    : planOf(title, when);
}

/** Midnight is nobody's intention: the day is kept, the time of day is asked for. */
function askTheHour({ start, zone }: When, given: { what?: string } = {}): NeedsField {
  const date = dateOf(start, zone);
  const problem: Sentence = (reader) => {
    const locale = reader.language === "en" ? "en-GB" : reader.language;
    return eventTexts(reader).atWhatTime(
      date.toLocaleString(locale, { weekday: "long", day: "numeric", month: "long" }),
    );
  };
  return new NeedsField("when", { problem, given: { ...given, day: date.toString() } });
}

/** One line, trimmed. @throws NeedsField when nothing of it can be seen, AppError `invalid` when it is too long. */
function titleOf(words: string): string {
  if (!hasVisible(words)) throw new NeedsField("what", { problem: eventTexts.say("noTitle") });
  const title = tidy(words);
  if (title.length > longestTitle) throw new AppError("invalid", eventTexts.say("longTitle", longestTitle));
  return title;
}
