// Texts that PHP takes for an instant, as far as they were seen to be taken.

const iso = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/i;
const away = /^([+-]\d+) (second|minute|hour|day|week)s?$/;
const lengths: Readonly<Record<string, number>> = { second: 1e3, minute: 6e4, hour: 36e5, day: 864e5, week: 6048e5 };
const first = Date.UTC(1000, 0, 1);
const beyond = Date.UTC(9999, 11, 31, 23, 59, 59);

/** Epoch ms, in UTC where no offset is given; undefined for anything else or out of the years 1000 to 9999. */
export function instantOf(text: string, now: number): number | undefined {
  const at = text === "now" ? now : (relative(text, now) ?? absolute(text));
  return at !== undefined && at >= first && at < beyond ? at : undefined;
}

function relative(text: string, now: number): number | undefined {
  const [, count, unit] = away.exec(text) ?? [];
  return count && unit ? now + Number(count) * lengths[unit]! : undefined;
}

function absolute(text: string): number | undefined {
  if (!iso.test(text)) return undefined;
  const [, date, time = "T00:00:00", zone = "Z"] = /^(.{10})([T ][\d:.]+)?(Z|[+-].*)?$/i.exec(text)!;
  const at = Date.parse(`${date}${time.replace(" ", "T")}${zone}`);
  return Number.isNaN(at) ? undefined : at;
}
