// What is done later than it was asked for: understood by the clock of that moment, said with a word about it, or not shown at all.
import type { Clock } from "../../core/ports/clock.ts";
import type { Reader } from "../../core/text.ts";
import type { View } from "../../core/view.ts";
import { chatTexts } from "./texts.ts";

/** ms; who asked so long ago to see something has gone on by now. */
const worthShowing = 15 * 60_000;
/** ms; whoever asked just now needs no word about when. */
const justNow = 60_000;

/** "In ten minutes" counts from when it was said. @param asked epoch ms; absent for what is done as it comes. */
export function backdated(clock: Clock, asked: number | undefined): Clock {
  if (asked === undefined) return clock;
  const late = clock.now() - asked;
  return { now: () => clock.now() - late, after: clock.after };
}

/** Whether it is too late to show what somebody only wanted to see. */
export const isOldNews = (clock: Clock, asked: number | undefined): boolean =>
  asked !== undefined && clock.now() - asked > worthShowing;

export function withWhen(view: View, clock: Clock, asked: number | undefined, reader: Reader): View {
  if (asked === undefined || clock.now() - asked < justNow) return view;
  return { ...view, brief: false, body: [{ paragraph: chatTexts(reader).askedAt(asked) }, ...(view.body ?? [])] };
}
