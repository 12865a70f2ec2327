// Asked when a notification's turn has come, before anything is sent: may it go now? What may not is put off here.
import { isConflict } from "../errors.ts";
import { patch, untilSettled } from "../kernel/change.ts";
import type { AnyNotificationKind, Context } from "../kernel/house.ts";
import { type Profile, profiles } from "../members/read.ts";
import type { Gathered } from "./digest.ts";
import { gather, isUntold } from "./gather.ts";
import { endOfLull, mostLate, overdueAfter } from "./late.ts";
import { type Notification, notifications } from "./notification.ts";
import { quietUntil } from "./plan.ts";
import { channelsOn, preferencesOf, type Settings, settingsOf, usualDigest } from "./preferences.ts";
import { localDay, nextDigest } from "./quiet.ts";
import { digestType } from "./texts.ts";
import { isPast, stillTrue, untrue } from "./truth.ts";
import { isGathered, turnAfter } from "./turn.ts";

const minute = 60_000;
/** Of one kind about one subject within this time, the first few come by themselves and the rest as one. */
const bundleWithin = 5 * minute;
const mostAlike = 3;

/**
 * False when it waits, is told in another way or is left to the inbox: whoever put it off has given it its next turn.
 * One whose send is under way may always go, since nobody knows whether it has come.
 */
export function mayGo(ctx: Context, told: Notification): Promise<boolean> {
  let read: Notification | undefined = told;
  return untilSettled(async () => {
    try {
      return read !== undefined && (await decide(ctx, read));
    } catch (error) {
      if (isConflict(error)) read = await ctx.store.get(notifications, told.id);
      throw error;
    }
  });
}

async function decide(ctx: Context, told: Notification): Promise<boolean> {
  const { store, clock, queue, house } = ctx;
  const now = clock.now();
  const kind = house.notifications.get(told.type);
  if (told.dueAt === undefined) return false;
  if (told.begunAt !== undefined) return true;
  if (told.dueAt > now || isGathered(told)) {
    await queue.enqueue([turnAfter(told, now, kind)]);
    return false;
  }
  const member = kind && (await store.get(profiles, told.memberId));
  if (!member) return true;
  const settings = settingsOf(await preferencesOf(store, told.memberId));
  const asked: Asked = { told, kind, member, settings, now };
  for (const rule of rules) {
    const put = await rule(ctx, asked);
    if (put === "gathered") return false;
    if (put) return putOff(ctx, asked, put);
  }
  return true;
}

interface Asked {
  readonly told: Notification;
  readonly kind: AnyNotificationKind;
  readonly member: Profile;
  readonly settings: Settings;
  readonly now: number;
}
type Put = Partial<Pick<Notification, "via" | "dueAt" | "held" | "spends" | "left" | "data">>;

type Rule = (ctx: Context, asked: Asked) => Promise<Put | "gathered" | undefined>;
/** The first that has something to say counts. */
const rules: readonly Rule[] = [tooLate, switchedOff, noLongerTrue, comesInBulk, inQuietHours, oneOfMany, overBudget];

async function putOff({ store, queue }: Context, { told, kind, now }: Asked, set: Put): Promise<false> {
  await store.commit([patch(notifications, told, set)]);
  if (set.dueAt !== undefined) await queue.enqueue([turnAfter({ ...told, ...set }, now, kind)]);
  return false;
}

const toInbox = (held: "late" | "off" | "untrue"): Put => ({ dueAt: undefined, held, spends: undefined });

const isLate = ({ told, now }: Pick<Asked, "told" | "now">) => now - told.dueAt! > overdueAfter;

async function tooLate({ store }: Context, asked: Asked): Promise<Put | undefined> {
  const { told, kind, now } = asked;
  if (isPast(kind, told, now)) return toInbox("late");
  if (!isLate(asked) || kind.late === "tell") return undefined;
  if (kind.late === "skip") return toInbox("late");
  const { topic, memberId, id } = told;
  const newer = topic ? await store.count(notifications, { topic, memberId, id: { gt: id } }) : 0;
  return newer ? toInbox("late") : undefined;
}

async function switchedOff(_: Context, { told, kind, settings }: Asked): Promise<Put | undefined> {
  if (told.type === digestType || channelsOn(settings, kind.group).length) return undefined;
  return { ...toInbox("off"), via: [] };
}

/** What comes at once was true a moment ago; of what has come by one channel, the inbox isn't all there is. */
async function noLongerTrue(ctx: Context, { told, now }: Asked): Promise<Put | undefined> {
  const waited = told.held !== undefined || now - told.createdAt > minute;
  if (!waited) return undefined;
  if (told.type === digestType) return withoutUntrue(ctx, told, now);
  if ((await stillTrue(ctx, told.memberId, [told])).length) return undefined;
  return { ...toInbox("untrue"), ...(isUntold(told) && untrue) };
}

/** A digest that had to wait itself names only what is left of it. */
async function withoutUntrue(ctx: Context, { memberId, data }: Notification, now: number): Promise<Put | undefined> {
  const { items, ...rest } = data as Gathered;
  const left = await stillTrue(ctx, memberId, items);
  if (left.length === items.length) return undefined;
  return left.length + rest.more ? { data: { ...rest, items: left }, dueAt: now } : toInbox("untrue");
}

async function inQuietHours(_: Context, { told, kind, member, settings, now }: Asked): Promise<Put | undefined> {
  const dueAt = quietUntil({ kind, data: told.data }, settings, member.timezone, now);
  return dueAt === undefined ? undefined : { dueAt, held: "quiet", spends: localDay(dueAt, member.timezone) };
}

/** Its place among its like is told by the ids, which rise: no count is kept. */
async function oneOfMany({ store }: Context, { told, now }: Asked): Promise<Put | undefined> {
  const { topic, memberId, id, createdAt } = told;
  if (!topic) return undefined;
  const within = { gte: createdAt - bundleWithin, lte: createdAt };
  const before = await store.count(notifications, { topic, memberId, createdAt: within, id: { lt: id } });
  if (before < mostAlike) return undefined;
  const end = (Math.floor(createdAt / bundleWithin) + 1) * bundleWithin;
  return { dueAt: Math.max(end, endOfLull(now)), held: "bundle", spends: undefined };
}

/** What comes over the day's budget waits for the next digest; its place in the day is told by the ids. */
async function overBudget({ store }: Context, { told, member, settings, now }: Asked): Promise<Put | undefined> {
  const { spends, memberId, id, type } = told;
  if (!spends || type === digestType) return undefined;
  const before = await store.count(notifications, { memberId, spends, id: { lt: id } });
  if (before < settings.budget) return undefined;
  const tomorrow = { ...usualDigest, at: 9 * 60 };
  return { dueAt: nextDigest(now, settings.digest ?? tomorrow, member.timezone), held: "budget", spends: undefined };
}

/** After an outage, and when quiet hours end: more than a handful comes as one message. */
async function comesInBulk(ctx: Context, asked: Asked): Promise<"gathered" | undefined> {
  const { told, now } = asked;
  const late = isLate(asked);
  if (!(late || told.held === "quiet") || told.type === digestType || !isUntold(told)) return undefined;
  const due = late ? { lt: now - overdueAfter } : { lte: now };
  const where = { memberId: told.memberId, dueAt: due, ...(!late && { held: "quiet" as const }) };
  if ((await ctx.store.count(notifications, where)) <= mostLate) return undefined;
  const alike = late ? (row: Notification) => isLate({ told: row, now }) : (row: Notification) => row.held === "quiet";
  await gather(ctx, told.memberId, alike, late ? "late" : "quiet");
  return "gathered";
}
