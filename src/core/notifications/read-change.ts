// "quiet 22:00-07:30", "digest weekly friday 18:00", "events mail off": what a member writes to have notifications otherwise.
import { AppError } from "../errors.ts";
import type { NotificationGroup } from "../kernel/house.ts";
import { type Channel, channels } from "./channel.ts";
import { groupNamed, groups } from "./groups.ts";
import { preferenceTexts } from "./preference-texts.ts";
import type { Chosen, Settings } from "./preferences.ts";
import { isSwitchedOn, usualDigest, usualQuiet } from "./preferences.ts";
import type { MinuteOfDay } from "./quiet.ts";
import { readOffsets } from "./reminder-offsets.ts";

const say = preferenceTexts.say;
const wrong = (key: "whatChange" | "whatQuiet" | "whatDigest" | "whatBudget" | "whatReminders" | "sameTimes") =>
  new AppError("invalid", say(key));

type Named<T extends string> = Readonly<Record<T, readonly string[]>>;

const channelWords: Named<Channel> = {
  chat: ["chat", "dm"],
  mail: ["mail", "e-mail", "email"],
  push: ["push"],
};
const switchWords: Named<"on" | "off"> = { on: ["on", "an", "ein"], off: ["off", "aus"] };
const areaWords: Named<"quiet" | "digest" | "budget" | "reminders"> = {
  quiet: ["quiet", "ruhe", "ruhezeit"],
  digest: ["digest", "zusammenfassung"],
  budget: ["budget", "höchstens"],
  reminders: ["reminders", "erinnerungen"],
};
const rhythmWords: Named<"daily" | "weekly"> = { daily: ["daily", "täglich"], weekly: ["weekly", "wöchentlich"] };

const meant = <T extends string>(words: Named<T>, word: string | undefined): T | undefined =>
  (Object.keys(words) as T[]).find((name) => word !== undefined && words[name].includes(word));

const wordsIn = (words: string): readonly string[] =>
  words
    .toLowerCase()
    .trim()
    .split(/[\s,;]+/)
    .filter(Boolean);

/** The groups that these words name. */
export const groupsNamed = (words: string): readonly NotificationGroup[] =>
  wordsIn(words).flatMap((word) => groupNamed(word) ?? []);

/** What the words change. @throws AppError `invalid` with a sentence that shows how it is written. */
export function readChange(words: string): (settings: Settings) => Chosen {
  const tokens = wordsIn(words);
  const area = meant(areaWords, tokens[0]);
  const rest = tokens.slice(1);
  if (area === "quiet") return readQuiet(rest);
  if (area === "digest") return readDigest(rest);
  if (area === "budget") return readBudget(rest);
  if (area === "reminders") return readReminders(rest);
  return readSwitches(tokens);
}

function readQuiet(tokens: readonly string[]): () => Chosen {
  const state = meant(switchWords, tokens[0]);
  if (state && tokens.length === 1) return () => quietOf(state === "on" ? usualQuiet : undefined);
  const parts = tokens.filter((token) => !["from", "von", "uhr"].includes(token)).join(" ");
  const [from, to, more] = parts.split(/\s*(?:[-–—]|\bto\b|\bbis\b|\s)\s*/).map(clockOf);
  if (from === undefined || to === undefined || more !== undefined) throw wrong("whatQuiet");
  if (from === to) throw wrong("sameTimes");
  return () => quietOf({ from, to });
}

const quietOf = (quiet?: { from: MinuteOfDay; to: MinuteOfDay }): Chosen => ({
  quietFrom: quiet?.from,
  quietTo: quiet?.to,
});

/** "7", "07:30", "7.30", "10pm"; undefined for what is no time of day. 24:00 is midnight. */
export function clockOf(word: string): MinuteOfDay | undefined {
  const {
    hour,
    minute = "0",
    half,
  } = /^(?<hour>\d{1,2})(?:[:.h](?<minute>[0-5]\d))?(?<half>am|pm)?$/.exec(word)?.groups ?? {};
  if (hour === undefined) return undefined;
  const [hours, minutes] = [Number(hour), Number(minute)];
  if (half) return hours >= 1 && hours <= 12 ? ((hours % 12) + (half === "pm" ? 12 : 0)) * 60 + minutes : undefined;
  const at = hours * 60 + minutes;
  return at <= 1440 ? at % 1440 : undefined;
}

const weekdays = [
  ["monday", "montags"],
  ["tuesday", "dienstags"],
  ["wednesday", "mittwochs"],
  ["thursday", "donnerstags"],
  ["friday", "freitags"],
  ["saturday", "samstags"],
  ["sunday", "sonntags"],
] as const;
/** 1 for "mo", "mon" and "Montag"; 0 for what is no day. */
const dayOf = (word: string): number =>
  word.length < 2 ? 0 : 1 + weekdays.findIndex((names) => names.some((name) => name.startsWith(word)));

function readDigest(tokens: readonly string[]): (settings: Settings) => Chosen {
  const words = tokens.filter((token) => !["at", "um", "on", "am", "uhr"].includes(token));
  if (words.length === 1 && meant(switchWords, words[0]) === "off") return () => ({ digest: "off" });
  const rhythm = meant(rhythmWords, words[0]);
  const rest = rhythm ? words.slice(1) : words;
  const day = rest[0] === undefined ? 0 : dayOf(rest[0]);
  const clock = day ? rest[1] : rest[0];
  const at = clock === undefined ? undefined : clockOf(clock);
  const spare = rest.length > (day ? 2 : 1);
  const bad = (clock !== undefined && at === undefined) || (day > 0 && rhythm === "daily") || spare;
  if (tokens.length === 0 || bad) throw wrong("whatDigest");
  return ({ digest = usualDigest }) => ({
    digest: rhythm ?? (day ? "weekly" : digest.every),
    digestAt: at ?? digest.at,
    digestDay: day || digest.day,
  });
}

const mostBudget = 100;

function readBudget([word, ...more]: readonly string[]): () => Chosen {
  const budget = /^\d{1,3}$/.test(word ?? "") ? Number(word) : Number.NaN;
  if (more.length || !(budget <= mostBudget)) throw wrong("whatBudget");
  return () => ({ budget });
}

function readReminders(tokens: readonly string[]): () => Chosen {
  if (tokens.length === 1 && ["usual", "default", "üblich"].includes(tokens[0]!))
    return () => ({ reminders: undefined });
  const minutes = readOffsets(tokens.join(" "));
  if (!minutes) throw wrong("whatReminders");
  return () => ({ reminders: [...minutes] });
}

function readSwitches(tokens: readonly string[]): (settings: Settings) => Chosen {
  const state = meant(switchWords, tokens.at(-1));
  const named = tokens.slice(0, -1);
  const ofGroups = named.map((word) => groupNamed(word)).filter((one) => one !== undefined);
  const ofChannels = named.map((word) => meant(channelWords, word)).filter((one) => one !== undefined);
  if (!state || named.length === 0 || ofGroups.length + ofChannels.length < named.length) throw wrong("whatChange");
  const on = state === "on";
  const inGroups = ofGroups.length ? ofGroups : groups.filter((group) => on || group !== "always");
  const byChannels = ofChannels.length ? ofChannels : channels;
  if (!on && inGroups.includes("always") && byChannels.some((channel) => channel !== "mail"))
    throw new AppError("invalid", say("alwaysOn"));
  return ({ switches }) => ({ switches: withSwitches(switches, inGroups, byChannels, on) });
}

/** Kept is only what differs from how it comes. */
function withSwitches(
  former: Settings["switches"],
  inGroups: readonly NotificationGroup[],
  byChannels: readonly Channel[],
  on: boolean,
): Record<string, boolean> {
  const switches = { ...former };
  for (const group of inGroups)
    for (const channel of byChannels) {
      delete switches[`${group}.${channel}`];
      if (isSwitchedOn({ switches }, group, channel) !== on) switches[`${group}.${channel}`] = on;
    }
  return switches;
}
