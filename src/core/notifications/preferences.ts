// What a member wants to be told, by which channel, and when they want to be left alone.
import { z } from "zod";
import { asRaceFor, insert, patch, remove, untilSettled } from "../kernel/change.ts";
import { collection } from "../kernel/collection.ts";
import type { Context, MergeRule, NotificationGroup } from "../kernel/house.ts";
import { just } from "../plain-shapes.ts";
import type { Row, Store } from "../ports/store.ts";
import { type Channel, channels } from "./channel.ts";
import type { DigestTime, Quiet } from "./quiet.ts";

export const rhythms = ["off", "daily", "weekly"] as const;
const minuteOfDay = just.int.min(0).max(1439);

/** Everything a member has chosen; what is absent is as it comes with the house. */
export const preferences = collection(
  "notification_preferences",
  z.object({
    memberId: just.string,
    /** By "group.channel", such as "events.mail". */
    switches: z.record(just.string, just.boolean).default({}),
    quietFrom: minuteOfDay.optional(),
    quietTo: minuteOfDay.optional(),
    digest: z.enum(rhythms).optional(),
    digestAt: minuteOfDay.optional(),
    digestDay: just.int.min(1).max(7).optional(),
    budget: just.int.min(0).max(1000).optional(),
    /** Minutes before an event at which to be reminded, instead of the event's own. */
    reminders: z.array(just.int).optional(),
  }),
  { unique: [["memberId"]], members: ["memberId"], often: true },
);
export type Chosen = Partial<Omit<Row<typeof preferences>, "id" | "rev" | "memberId">>;

/** What holds for a member. */
export interface Settings {
  readonly switches: Readonly<Record<string, boolean>>;
  readonly quiet?: Quiet;
  /** Absent: each comes by itself. */
  readonly digest?: DigestTime;
  /** Messages a day. */
  readonly budget: number;
  readonly reminders?: readonly number[];
}

/** Whether a channel is on where the member has not said. */
const usually: Readonly<Record<Channel, boolean>> = { chat: true, mail: false, push: true };
export const usualDigest: DigestTime = { every: "daily", at: 18 * 60, day: 1 };
export const usualQuiet: Quiet = { from: 22 * 60, to: 7 * 60 + 30 };
export const usualBudget = 12;

export function settingsOf(chosen: Chosen = {}): Settings {
  const { switches = {}, quietFrom, quietTo, digest = "off", budget = usualBudget, reminders } = chosen;
  const { digestAt: at = usualDigest.at, digestDay: day = usualDigest.day } = chosen;
  return {
    switches,
    ...(quietFrom !== undefined && quietTo !== undefined && { quiet: { from: quietFrom, to: quietTo } }),
    ...(digest !== "off" && { digest: { every: digest, at, day } }),
    budget,
    ...(reminders && { reminders }),
  };
}

/** What is always told can be switched on elsewhere, but not off where it comes by itself. */
export const isSwitchedOn = (
  { switches }: Pick<Settings, "switches">,
  group: NotificationGroup,
  channel: Channel,
): boolean => (group === "always" && usually[channel]) || (switches[`${group}.${channel}`] ?? usually[channel]);

export const channelsOn = (settings: Pick<Settings, "switches">, group: NotificationGroup): Channel[] =>
  channels.filter((channel) => isSwitchedOn(settings, group, channel));

export const preferencesOf = (store: Store, memberId: string) => store.getBy(preferences, { memberId });

/** By member; those who have chosen nothing are missing. At most 100 members. */
export async function preferencesOfMany(store: Store, memberIds: readonly string[]) {
  const { rows } = await store.find(preferences, { where: { memberId: { in: memberIds } }, limit: memberIds.length });
  return new Map(rows.map((row) => [row.memberId, row]));
}

/** Changes what a member has chosen, however many change it at once. */
export async function choose(
  { store, secrets }: Pick<Context, "store" | "secrets">,
  memberId: string,
  change: (settings: Settings) => Chosen,
): Promise<Settings> {
  return untilSettled(async () => {
    const row = await preferencesOf(store, memberId);
    const set = change(settingsOf(row));
    const made = row ? patch(preferences, row, set) : insert(preferences, { id: secrets.id(), memberId, ...set });
    await store.commit([made]).catch(asRaceFor(preferences));
    return settingsOf({ ...row, ...set });
  });
}

/** Of two members who turn out to be one: what the kept one has chosen holds; the rest is as the other had it. */
export function chosenByBoth(kept: Chosen = {}, merged: Chosen = {}): Chosen {
  const own = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  return { ...merged, ...own, switches: { ...merged.switches, ...kept.switches } };
}

export const mergePreferences: MergeRule<typeof preferences> = {
  of: preferences,
  clash: ({ store }, kept, merged) => {
    const { id: _, rev: _rev, memberId: _member, ...theirs } = merged;
    const { id: _id, rev: _r, memberId: _m, ...own } = kept;
    return store.commit([patch(preferences, kept, chosenByBoth(own, theirs)), remove(preferences, merged)]);
  },
};
