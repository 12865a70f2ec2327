// How long before an event somebody wants to be reminded: "1d 1h 10min".

/** What can be chosen, in minutes before the start. */
export const offeredReminders: readonly number[] = [10_080, 2880, 1440, 720, 180, 60, 30, 10, 5];

const units: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440, t: 1440, w: 10_080 };
const lengthPattern = /^(\d{1,3})(m|min|minutes?|minuten?|h|hours?|stunden?|d|days?|t|tage?|w|weeks?|wochen?)$/;

const none = ["off", "aus"];

/** "1d 1h 10min" as minutes, the longest first; "off" as none; undefined when something in it can't be chosen. */
export function readOffsets(words: string): readonly number[] | undefined {
  if (none.includes(words.trim().toLowerCase())) return [];
  const tokens = words
    .toLowerCase()
    .replace(/(\d)\s+(?=\p{L})/gu, "$1")
    .split(/[\s,;]+/)
    .filter(Boolean);
  const minutes = tokens.map((token) => {
    const [, count, unit] = lengthPattern.exec(token) ?? [];
    return Number(count) * (units[unit?.[0] ?? ""] ?? Number.NaN);
  });
  if (minutes.length === 0 || minutes.some((one) => !offeredReminders.includes(one))) return undefined;
  return [...new Set(minutes)].toSorted((a, b) => b - a);
}
