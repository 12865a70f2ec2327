// A zone that is named right behind a time of day: "6pm EST", "18:00 UTC+2", "9:00 Tokyo time", "6pm zone:Tokyo".
import { AppError } from "../errors.ts";
import { readZone } from "./read-zone.ts";

/** Those alone that mean one zone; "CST" is three. */
const initials =
  /^\s{0,2}\(?(?<name>(?:UTC|GMT)(?:\s?[+-]\d{1,2}(?::?[0-5]\d)?)?|EST|EDT|PST|PDT|CET|CEST|MEZ|MESZ)\)?(?![\p{L}\p{N}])/u;
/** As in `/profile edit zone:Berlin`. */
const option = /^\s{0,2}(?:zone|timezone|zeitzone):\s?(?<name>[\p{L}\p{N}/_+:.-]{1,60})(?!\S)/iu;
const city =
  /^\s{0,2}(?<name>\p{Lu}[\p{L}.'-]{1,30}(?:\s\p{Lu}[\p{L}.'-]{1,30}){0,2})\s(?:time|Zeit|Ortszeit)(?![\p{L}\p{N}])/u;

/** Where the clocks show a time twice, these say which of the two; in summer "CET" is said of summer time too. */
const offsets: Readonly<Record<string, string>> = {
  ...{ EST: "-05:00", EDT: "-04:00", PST: "-08:00", PDT: "-07:00" },
  ...{ CET: "+01:00", MEZ: "+01:00", CEST: "+02:00", MESZ: "+02:00" },
};

export interface ZoneWords {
  readonly zone: string;
  /** From UTC, where the words tell summer time from winter time. */
  readonly offset: string | undefined;
  /** So many characters of what stands behind the time. */
  readonly length: number;
}

/** @param behind what follows the time of day. Undefined where it names no zone, or one that is not there. */
export async function zoneIn(behind: string): Promise<ZoneWords | undefined> {
  const found = initials.exec(behind) ?? option.exec(behind) ?? city.exec(behind);
  if (!found) return undefined;
  try {
    const name = found.groups!.name!;
    const { zone } = await readZone(name);
    return zone === undefined ? undefined : { zone, offset: offsets[name], length: found[0].length };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return undefined;
  }
}
