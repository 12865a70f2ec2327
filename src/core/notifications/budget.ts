// How many messages come to a member in a day of theirs. Places are told by ids, which rise: no count is kept.
import type { Store } from "../ports/store.ts";
import type { Judged, Put, Recipient } from "./judge.ts";
import { type Notification, notifications } from "./notification.ts";
import { usualDigest } from "./preferences.ts";
import { type DigestTime, localDay, nextDigest, quietEnd } from "./quiet.ts";
import { digestType } from "./texts.ts";

interface Day extends Recipient {
  readonly now: number;
}
const morning: DigestTime = { ...usualDigest, at: 9 * 60 };
const collects = ["digest", "budget"] as const;

/** When what was too much is told as one: with the next digest, or the next morning. */
export const nextCollection = ({ member, settings, now }: Day): number =>
  nextDigest(now, settings.digest ?? morning, member.timezone);

/** Until the next collection. */
export const overBudget = (day: Day): Put => ({ dueAt: nextCollection(day), held: "budget", spends: undefined });

/** One by itself comes after those that are older, and after what is told as one. */
export async function isOverBudget(store: Store, { told, ...day }: Judged): Promise<boolean> {
  const { spends, memberId, id } = told;
  const older = await store.count(notifications, { memberId, spends, id: { lt: id } });
  const asOne = () => store.count(notifications, { memberId, spends, id: { gt: id }, type: digestType });
  return isFull(store, day, async () => older + (await asOne()));
}

/** Whether there is no place for a message that tells these as one. What collects a day's rest needs only one that nobody has taken. */
export async function isOverForAll(store: Store, day: Day, rows: readonly Notification[]): Promise<boolean> {
  const memberId = day.member.id;
  const spends = localDay(day.now, day.member.timezone);
  if (rows.some(({ held }) => held === "digest" || held === "budget")) {
    // In this order: what comes in between is counted twice rather than not at all.
    const coming = await store.count(notifications, { memberId, spends, dueAt: { gt: 0 }, type: digestType });
    const gone = await store.count(notifications, { memberId, spends, dueAt: null });
    return gone + coming >= Math.max(day.settings.budget, 1);
  }
  const own = rows.filter((row) => row.spends === spends).length;
  return isFull(store, day, async () => (await store.count(notifications, { memberId, spends })) - own);
}

/**
 * The last place is kept for the day's collection where something waits for it. If nothing does, it may have been told
 * just now: the places are counted again after that.
 */
async function isFull(store: Store, day: Day, taken: () => Promise<number>): Promise<boolean> {
  const { budget } = day.settings;
  const before = await taken();
  if (before !== budget - 1) return before >= budget;
  const waits = { memberId: day.member.id, held: { in: collects }, dueAt: { lte: endOfCollecting(day) } };
  return (await store.count(notifications, waits)) > 0 || (await taken()) >= budget;
}

/** Until when what is collected today is due: after quiet hours, where they hold it up. */
function endOfCollecting(day: Day): number {
  const { member, settings, now } = day;
  const after = (instant: number) => quietEnd(instant, settings.quiet, member.timezone) ?? instant;
  const next = after(nextCollection(day));
  return localDay(next, member.timezone) === localDay(now, member.timezone) ? next : after(now);
}
