// Finds the time zone that a person means: by its IANA name, by an offset from UTC, or by a city.
import { AppError } from "../errors.ts";
import { timeTexts } from "./texts.ts";

export interface ZoneSuggestion {
  /** As people write it: "Portland, Oregon (United States of America)". */
  readonly label: string;
  readonly zone: string;
}
/** One zone, or the likely ones, the biggest place first, when the name fits several. */
export type ZoneReading =
  | { readonly zone: string; readonly suggestions?: undefined }
  | { readonly zone?: undefined; readonly suggestions: readonly ZoneSuggestion[] };

interface City {
  readonly city: string;
  readonly city_ascii: string;
  readonly country: string;
  readonly province: string;
  readonly iso2: string;
  readonly pop: number;
  readonly timezone: string | null;
}

/** Without case, accents and punctuation: "São Paulo" and "sao_paulo" are alike. */
const fold = (text: string) =>
  text
    .replace(/ß/g, "ss")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}/+:-]+/gu, " ")
    .trim();

/** What people say and the list of cities does not: German names of foreign cities, initials, some towns, a few countries. */
const otherNames: Readonly<Record<string, string>> = {
  ...named(
    "Europe/Berlin",
    "aachen tubingen tuebingen marburg nuremberg hanover koln koeln munchen muenchen nuernberg duesseldorf",
  ),
  ...named("Europe/Berlin", "germany deutschland cet cest mez mesz"),
  ...named("Europe/Vienna", "wien austria osterreich oesterreich"),
  ...named("Europe/Zurich", "genf zuerich switzerland schweiz"),
  ...named("Europe/Rome", "rom mailand neapel venedig florenz"),
  ...named("Europe/Warsaw", "warschau krakau breslau danzig"),
  ...named("Europe/Brussels", "brussel bruessel"),
  ...named("Europe/Paris", "strassburg nizza"),
  ...named("Europe/London", "uk england"),
  ...named("America/New_York", "nyc dc washington est edt"),
  ...named("America/Los_Angeles", "la sf pst pdt"),
  ...named("Europe/Moscow", "moskau"),
  ...named("Asia/Kolkata", "bangalore bombay calcutta india indien"),
  ...{ lissabon: "Europe/Lisbon", athen: "Europe/Athens", kopenhagen: "Europe/Copenhagen", prag: "Europe/Prague" },
  ...{ kiew: "Europe/Kyiv", kiev: "Europe/Kyiv", bukarest: "Europe/Bucharest", belgrad: "Europe/Belgrade" },
  ...{ kairo: "Africa/Cairo", peking: "Asia/Shanghai", tokio: "Asia/Tokyo", singapur: "Asia/Singapore" },
  ...{ teheran: "Asia/Tehran", "tel aviv": "Asia/Jerusalem", "den haag": "Europe/Amsterdam", japan: "Asia/Tokyo" },
  ...{
    "new york city": "America/New_York",
    "washington dc": "America/New_York",
    "mexiko stadt": "America/Mexico_City",
  },
};
function named(zone: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [name, zone]));
}

let places: ReadonlyMap<string, string> | undefined;
/** The places in IANA's names: "new york" is "America/New_York". */
function ianaPlaces(): ReadonlyMap<string, string> {
  places ??= new Map(
    Intl.supportedValuesOf("timeZone").map((zone) => [fold(zone.split("/").at(-1)!.replaceAll("_", " ")), zone]),
  );
  return places;
}

let cities: Promise<ReadonlyMap<string, readonly City[]>> | undefined;
/** Loaded at the first city that is asked for: 7300 of them, about 4 MB. */
async function loadCities(): Promise<ReadonlyMap<string, readonly City[]>> {
  const { cityMapping } = (await import("city-timezones")).default;
  const byName = new Map<string, City[]>();
  for (const city of cityMapping as readonly City[]) {
    if (!city.timezone) continue;
    for (const name of new Set([fold(city.city), fold(city.city_ascii)])) {
      const alike = byName.get(name);
      if (alike) alike.push(city);
      else byName.set(name, [city]);
    }
  }
  return byName;
}

/** @throws AppError("invalid") when nothing in the world has that name. */
export async function readZone(text: string): Promise<ZoneReading> {
  const words = text.trim();
  const name = words.length > 100 ? "" : fold(words);
  const known = ownValue(otherNames, name) ?? readOffset(words) ?? readIana(words);
  if (known) return { zone: known };
  cities ??= loadCities();
  const found = citiesNamed(await cities, words);
  const zone = found.length ? clearly(found) : ianaPlaces().get(name);
  if (zone) return { zone };
  if (found.length) return { suggestions: suggest(found) };
  throw new AppError("invalid", timeTexts.say("noZone", words.slice(0, 60).toWellFormed()));
}

const ownValue = (record: Readonly<Record<string, string>>, key: string) =>
  Object.hasOwn(record, key) ? record[key] : undefined;

function readOffset(words: string): string | undefined {
  if (/^(?:utc|gmt|z|zulu)$/i.test(words)) return "UTC";
  const [, sign, hours, minutes = "00"] = /^(?:utc|gmt)?\s?([+\u2212-])(\d{1,2})(?::?([0-5]\d))?$/i.exec(words) ?? [];
  if (!hours || Number(hours) > 14) return undefined;
  return `${sign === "+" ? "+" : "-"}${hours.padStart(2, "0")}:${minutes}`;
}

function readIana(words: string): string | undefined {
  const name = words.replace(/\s+/g, "_");
  if (!/^[a-z_]+\/[a-z_]+(?:[/+-][a-z_\d]+)*$/i.test(name)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return undefined;
  }
}

/** The cities of that name, the biggest first; what stands behind a comma narrows them: "Portland, Maine". */
function citiesNamed(all: ReadonlyMap<string, readonly City[]>, words: string): readonly City[] {
  const whole = all.get(fold(words));
  const [first = "", ...behind] = words.slice(0, 100).split(",").map(fold);
  const named = whole ?? all.get(first) ?? [];
  const narrow = named.filter(({ province, country, iso2 }) =>
    behind.every((where) => [province, country, iso2].some((place) => fold(place ?? "").startsWith(where))),
  );
  return [...(whole || narrow.length === 0 ? named : narrow)].sort((a, b) => b.pop - a.pop);
}

/** The zone of the biggest, where all agree or it is at least five times as big as the next elsewhere. */
function clearly([biggest, ...others]: readonly City[]): string | undefined {
  const elsewhere = others.find(({ timezone }) => timezone !== biggest!.timezone);
  return !elsewhere || biggest!.pop >= 5 * elsewhere.pop ? biggest!.timezone! : undefined;
}

function suggest(found: readonly City[]): ZoneSuggestion[] {
  const zones = new Map<string, City>();
  for (const city of found) if (!zones.has(city.timezone!)) zones.set(city.timezone!, city);
  return [...zones].slice(0, 5).map(([zone, { city, province, country }]) => ({
    label: `${[city, province].filter(Boolean).join(", ")} (${country})`,
    zone,
  }));
}
