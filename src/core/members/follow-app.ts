// A member's zone and language follow what their apps tell, until the member sets them by hand.
import type { Account } from "../ports/platform.ts";
import { byHand, defaultZone, isZone, languageOf, type Profile } from "./profile.ts";

type Told = Pick<Profile, "timezone" | "zoneFrom" | "language" | "languageFrom">;

/**
 * What changes when this account (by its row's id) tells what it tells. What nobody has told yet is taken over from whoever
 * tells it first, and then goes on following that account alone: two apps that differ do not take turns.
 */
export function toldBy(accountId: string, { zone, language: tag }: Account, now: Partial<Told>): Partial<Told> {
  const language = languageOf(tag);
  const zoneIsOpen =
    now.zoneFrom === undefined && (now.timezone ?? defaultZone) === defaultZone && zone !== defaultZone;
  const follows = (from: string | undefined, open: boolean) => from === accountId || open;
  // Whether it is a zone is asked last: it takes longer than all the rest, and nearly always there is nothing new.
  const takesZone = zone !== undefined && zone !== now.timezone && follows(now.zoneFrom, zoneIsOpen) && isZone(zone);
  const takesLanguage = language && follows(now.languageFrom, now.languageFrom === undefined && isFirst(now));
  return {
    ...(takesZone && { timezone: zone, zoneFrom: accountId }),
    ...(takesLanguage && (language !== now.language || !now.languageFrom) && { language, languageFrom: accountId }),
  };
}

/** English is what nobody chose. */
const isFirst = ({ language = "en" }: Partial<Told>) => language === "en";

const weight = (from: string | undefined) => (from === byHand ? 2 : from ? 1 : 0);

/** Of two members who turn out to be one: what was set by hand before what an app told, the kept member's before the other's. */
export const toldToBoth = (kept: Told, merged: Told): Partial<Told> => ({
  ...(weight(merged.zoneFrom) > weight(kept.zoneFrom) && { timezone: merged.timezone, zoneFrom: merged.zoneFrom }),
  ...(weight(merged.languageFrom) > weight(kept.languageFrom) && {
    language: merged.language,
    languageFrom: merged.languageFrom,
  }),
});
