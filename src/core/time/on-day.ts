// The answer to "at what time on Tuesday?", read as being on that Tuesday.
import type { When } from "./place-in-time.ts";
import { type Asked, readWhen } from "./read-when.ts";
import { wallClockOf } from "./wall-clock.ts";

/** `alone` is what the words mean by themselves; an answer that names another day stands. `day` is YYYY-MM-DD. */
export async function onDay(words: string, alone: When, day: string | undefined, asked: Asked): Promise<When> {
  if (!day || alone.allDay) return alone;
  const isToday = dateOf(alone.start, asked.zone).equals(dateOf(asked.now, asked.zone));
  if (!isToday && alone.assumed !== "nextDay") return alone;
  const together = await readWhen(`${day} ${words}`, asked).catch(() => undefined);
  return together?.when && !together.when.allDay ? together.when : alone;
}

export const dateOf = (instant: number, zone: string) => wallClockOf(instant, zone).toPlainDate();
