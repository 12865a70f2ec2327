// Everything in a line that has to do with time. Its patterns take Node 8 ms to make, so they are loaded with the first line.
import type { Language } from "../text.ts";
import { takeClocks } from "./clock-words.ts";
import { takeDates } from "./date-words.ts";
import { takeDays } from "./day-words.ts";
import { takeLengths } from "./length-words.ts";
import { withoutLinks } from "./line.ts";
import type { Mark } from "./mark.ts";
import { takeRepeats } from "./repeat-words.ts";

/** @param now epoch milliseconds. */
export async function marksIn(
  flat: string,
  { now, language }: { readonly now: number; readonly language: Language },
  today: Temporal.PlainDate,
): Promise<Mark[]> {
  const repeats = takeRepeats(withoutLinks(flat));
  const dates = takeDates(repeats.line, today);
  const lengths = takeLengths(dates.line, now);
  const clocks = takeClocks(lengths.line);
  const days = await takeDays(clocks.line, language, today);
  return [repeats, dates, lengths, clocks, days].flatMap(({ marks }) => marks);
}
