// What may be told now: the same rules for one that comes by itself and for those that are told as one.
import { blocks } from "../blocks/read.ts";
import type { AnyTelling, Context } from "../kernel/house.ts";
import { type Profile, profiles } from "../members/read.ts";
import type { Gathered } from "./gathered.ts";
import { overdueAfter } from "./late.ts";
import { type Notification, notifications } from "./notification.ts";
import { quietUntil } from "./plan.ts";
import { channelsOn, preferencesOf, type Settings, settingsOf } from "./preferences.ts";
import { localDay } from "./quiet.ts";
import { digestType } from "./texts.ts";
import { isPast, stillTrue, untrue } from "./truth.ts";
import { isGathered } from "./turn.ts";

/** Whoever is told, and what they have chosen. */
export interface Recipient {
  readonly member: Profile;
  readonly settings: Settings;
}
export interface Judged extends Recipient {
  readonly told: Notification;
  readonly kind: AnyTelling;
  readonly now: number;
}
/** What is set on one that is not told now: with `dueAt` it waits until then, without it is left to the inbox. */
export type Put = Partial<Pick<Notification, "via" | "dueAt" | "held" | "spends" | "left" | "data">>;
type Rule = (ctx: Context, asked: Judged) => Promise<Put | undefined>;

/** Undefined where there is no such member. */
export async function recipientOf({ store }: Context, memberId: string): Promise<Recipient | undefined> {
  const member = await store.get(profiles, memberId);
  return member && { member, settings: settingsOf(await preferencesOf(store, memberId)) };
}

/** The first that has something to say counts. */
const rules: readonly Rule[] = [tooLate, switchedOff, authorBlocked, noLongerTrue, inQuietHours];

/** Undefined when it may be told now. */
export async function judge(ctx: Context, asked: Judged): Promise<Put | undefined> {
  for (const rule of rules) {
    const put = await rule(ctx, asked);
    if (put) return put;
  }
  return undefined;
}

const minute = 60_000;
/** What comes at once was true, and wanted, a moment ago. */
const hasWaited = ({ told, now }: Judged) => told.held !== undefined || now - told.createdAt > minute;

export const isLate = ({ told, now }: Pick<Judged, "told" | "now">): boolean =>
  told.held === "late" || now - told.dueAt! > overdueAfter;

/** It has come by no channel yet, and no send is under way. */
export const isUntold = ({ begunAt, done }: Pick<Notification, "begunAt" | "done">): boolean =>
  begunAt === undefined && !done?.length;

const toInbox = (held: "late" | "off" | "blocked" | "untrue"): Put => ({ dueAt: undefined, held, spends: undefined });

/** Of what has waited, where only the newest counts, the newest. */
async function tooLate({ store }: Context, asked: Judged): Promise<Put | undefined> {
  const { told, kind, now } = asked;
  const late = isLate(asked);
  if (isPast(kind, told, now) || (late && kind.late === "skip")) return toInbox("late");
  if (kind.late !== "newest" || !(late || told.held)) return undefined;
  const { topic, memberId, id } = told;
  const newer = topic ? await store.count(notifications, { topic, memberId, id: { gt: id } }) : 0;
  return newer ? toInbox("late") : undefined;
}

async function switchedOff(_: Context, { told, kind, settings }: Judged): Promise<Put | undefined> {
  if (told.type === digestType || channelsOn(settings, kind.group).length) return undefined;
  return { ...toInbox("off"), via: [] };
}

async function authorBlocked({ store }: Context, asked: Judged): Promise<Put | undefined> {
  const { memberId, by } = asked.told;
  if (!by || !hasWaited(asked)) return undefined;
  return (await store.getBy(blocks, { memberId, blockedId: by })) ? toInbox("blocked") : undefined;
}

/** Of what has come by one channel, the inbox isn't all there is. */
async function noLongerTrue(ctx: Context, asked: Judged): Promise<Put | undefined> {
  const { told } = asked;
  if (!hasWaited(asked)) return undefined;
  if (told.type === digestType) return withoutUntrue(ctx, asked);
  if ((await stillTrue(ctx, told.memberId, [told])).length) return undefined;
  return { ...toInbox("untrue"), ...(isUntold(told) && untrue) };
}

/** A digest that had to wait itself names only what is left of it. */
async function withoutUntrue(ctx: Context, { told, settings, now }: Judged): Promise<Put | undefined> {
  const { items, ...rest } = told.data as Gathered;
  const isOn = ({ type }: (typeof items)[number]) => {
    const kind = ctx.house.notifications.get(type);
    return !kind || channelsOn(settings, kind.group).length > 0;
  };
  const left = await stillTrue(ctx, told.memberId, items.filter(isOn));
  if (left.length === items.length) return undefined;
  return left.length + rest.more ? { data: { ...rest, items: left }, dueAt: now } : toInbox("untrue");
}

/**
 * What waits to be told with others goes on waiting for that. Of what tells several as one each was judged when it was
 * made; with what was asked for in it, it waits no more.
 */
async function inQuietHours(_: Context, asked: Judged): Promise<Put | undefined> {
  const { told, kind, member, settings, now } = asked;
  if (told.type === digestType && !(told.spends && hasWaited(asked))) return undefined;
  const dueAt = quietUntil({ kind, data: told.data }, settings, member.timezone, now);
  if (dueAt === undefined) return undefined;
  return isGathered(told) ? { dueAt } : { dueAt, held: "quiet", spends: localDay(dueAt, member.timezone) };
}
