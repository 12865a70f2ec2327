// Reads what and when out of "Eigenvalues tomorrow 6pm for 90 min", and asks for what is missing.
import { NeedsField } from "../kernel/ask-more.ts";
import { hasVisible, tidy, unquoted } from "../kernel/visible-text.ts";
import type { Sentence } from "../text.ts";
import { dateOf, onDay } from "../time/on-day.ts";
import { remarksOn, type When } from "../time/place-in-time.ts";
import { type Asked, readWhen, type SoundPart, UnusableTime } from "../time/read-when.ts";
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

/** With the day and the time of day that were said already. */
interface Said extends SoundPart {
  readonly what: string;
  readonly when?: string;
}

/** @throws NeedsField for what is missing and for a time that cannot be. */
export async function readPlan({ what, when, ...said }: Said, asked: Asked): Promise<Plan> {
  if (when === undefined) return planFrom(await readLine(what, asked), what);
  const read = await readAnswer(when, said, asked);
  const title = titleOf(what);
  return read.end === undefined ? withLengthIn(title, read, asked) : planOf(title, read);
}

const readLine = (what: string, asked: Asked) =>
  readWhen(what, asked).catch((error: unknown) => {
    if (error instanceof UnusableTime) throw askAgain(error, { what: error.rest });
    throw error;
  });

/** Where day and time of day are sound, only the length is asked for. */
const lengthAsked = (clock: string | undefined) => (clock ? { question: eventTexts.say("askLength") } : {});

const askAgain = ({ sentence, day, clock }: UnusableTime, given: { what?: string } = {}) =>
  new NeedsField("when", {
    problem: sentence,
    ...lengthAsked(clock),
    given: { ...given, ...(day && { day }), ...(clock && { clock }) },
  });

function planFrom({ rest, when }: Awaited<ReturnType<typeof readWhen>>, what: string): Plan {
  if (!when) {
    titleOf(what);
    throw new NeedsField("when");
  }
  const title = titleOf(rest, { what: rest, when: what });
  if (when.allDay) throw askTheHour(when, { what: title });
  return planOf(title, when);
}

const planOf = (title: string, when: When): Plan => ({
  title,
  start: when.start,
  end: when.end ?? when.start + usualLength,
  remarks: remarksOn(when),
});

/** A time alone, or the length alone where all else was said. @throws NeedsField "when" with what is wrong with it. */
async function readAnswer(words: string, { day, clock }: SoundPart, asked: Asked): Promise<When> {
  const read = (line: string) =>
    readWhen(line, asked).catch((error: unknown) => {
      if (error instanceof UnusableTime) throw askAgain(error);
      throw error;
    });
  const { when } = await read(words);
  if (!when && clock) {
    const { when: whole } = await read(`${day} ${clock} ${words}`);
    if (whole?.end !== undefined) return whole;
  }
  if (!when) throw new NeedsField("when", { problem: eventTexts.say("noTime"), ...lengthAsked(clock) });
  if (when.allDay) throw askTheHour(when);
  return onDay(words, when, day, asked);
}

/** "Eigenvalues for 90 min", and the time by itself: the length is still a length. */
async function withLengthIn(title: string, when: When, asked: Asked): Promise<Plan> {
  const at = wallClockOf(when.start, when.zone).toString({ smallestUnit: "minute" }).replace("T", " ");
  const whole = await readWhen(`${title} ${at}`, asked).catch(() => undefined);
  const end = whole?.when?.start === when.start ? whole.when.end : undefined;
  return end !== undefined && hasVisible(whole!.rest)
    ? planOf(titleOf(whole!.rest), { ...when, end, ...(whole!.when?.repeats && { repeats: true }) })
    : planOf(title, when);
}

/** Midnight is nobody's intention: the day is kept, the time of day is asked for. */
function askTheHour(when: When, given: { what?: string } = {}): NeedsField {
  const date = dateOf(when.start, when.zone);
  const [problem] = when.repeats ? remarksOn(when) : [];
  const question: Sentence = (reader) => {
    const locale = reader.language === "en" ? "en-GB" : reader.language;
    return eventTexts(reader).atWhatTime(
      date.toLocaleString(locale, { weekday: "long", day: "numeric", month: "long" }),
    );
  };
  return new NeedsField("when", { problem, question, given: { ...given, day: date.toString() } });
}

/** One line, trimmed. @throws NeedsField when nothing of it can be seen, or it is too long. */
function titleOf(words: string, given: { what?: string; when?: string } = {}): string {
  const question = eventTexts.say("noTitle");
  if (!hasVisible(words)) throw new NeedsField("what", { question, given });
  const title = unquoted(tidy(words));
  if (title.length > longestTitle)
    throw new NeedsField("what", { problem: eventTexts.say("longTitle", longestTitle), question, given });
  return title;
}
