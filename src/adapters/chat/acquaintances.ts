// What is remembered of people and places for when the store can't be asked: who reads what language, where nobody listens.
import { isZone, nearestLanguage } from "../../core/members/read.ts";
import type { Account, Address } from "../../core/ports/platform.ts";
import type { Reader } from "../../core/text.ts";
import { bounded } from "./bounded.ts";

export interface Acquaintances {
  met(account: Account, reader: Reader): void;
  /** As they were met last, else as the platform knows them. */
  reader(account: Account): Reader;
  /** Whether what people say to each other there was none of PeerSpark's business, the last time it was known. */
  isSilent(place: Address): boolean;
  noteSilence(place: Address, isSilent: boolean): void;
}

const mostRemembered = 10_000;

export function acquaintances(): Acquaintances {
  const readers = bounded<string, Reader>(mostRemembered);
  const silent = bounded<string, true>(mostRemembered);
  const nameOf = ({ platform, workspace, userId }: Account) => `${platform}:${workspace}:${userId}`;
  const spotOf = ({ platform, channel, thread }: Address) => `${platform}:${channel}:${thread ?? ""}`;
  return {
    met: (account, reader) => readers.set(nameOf(account), reader),
    reader: (account) => readers.get(nameOf(account)) ?? readerBefore(account),
    isSilent: (place) => silent.get(spotOf(place)) ?? false,
    noteSilence: (place, isSilent) => (isSilent ? silent.set(spotOf(place), true) : silent.delete(spotOf(place))),
  };
}

/** As the platform knows somebody who is not known here. */
export const readerBefore = ({ language, zone, platform }: Account): Reader => ({
  language: nearestLanguage(language),
  zone: zone && isZone(zone) ? zone : "UTC",
  platform,
});
