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

export interface ZoneWords {
  readonly zone: string;
  /** So many characters of what stands behind the time. */
  readonly length: number;
}

/** @param behind what follows the time of day. Undefined where it names no zone, or one that is not there. */
export async function zoneIn(behind: string): Promise<ZoneWords | undefined> {
  const found = initials.exec(behind) ?? option.exec(behind) ?? city.exec(behind);
  if (!found) return undefined;
  try {
    const { zone } = await readZone(found.groups!.name!);
    return zone === undefined ? undefined : { zone, length: found[0].length };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return undefined;
  }
}
