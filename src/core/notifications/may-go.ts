// Asked when a notification's turn has come, before anything is sent: may it go now? What may not is put off here.
import { isConflict } from "../errors.ts";
import { untilSettled } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { isOverBudget, overBudget } from "./budget.ts";
import { gather } from "./gather.ts";
import { isLate, isUntold, type Judged, judge, type Put, recipientOf } from "./judge.ts";
import { endOfLull, mostLate, overdueAfter } from "./late.ts";
import { type Notification, notifications } from "./notification.ts";
import { channelsOn } from "./preferences.ts";
import { putOff } from "./put-off.ts";
import { localDay } from "./quiet.ts";
import { digestType } from "./texts.ts";
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
  const now = ctx.clock.now();
  const kind = ctx.house.notifications.get(told.type);
  if (told.dueAt === undefined) return false;
  if (told.begunAt !== undefined) return true;
  if (told.dueAt > now || isGathered(told)) {
    await ctx.queue.enqueue([turnAfter(told, now, kind)]);
    return false;
  }
  const recipient = kind && (await recipientOf(ctx, told.memberId));
  // Whoever brings it finds that there is nobody to tell, or nothing to say, and leaves it to the inbox.
  if (!recipient) return true;
  const asked: Judged = { told, kind, ...recipient, now };
  for (const rule of rules) {
    const put = await rule(ctx, asked);
    if (put === "gathered") return false;
    if (!put) continue;
    await ctx.queue.enqueue(await putOff(ctx, [{ row: told, put }]));
    return false;
  }
  return true;
}

type Rule = (ctx: Context, asked: Judged) => Promise<Put | "gathered" | undefined>;
/** The first that has something to say counts. */
const rules: readonly Rule[] = [comesInBulk, judge, byOtherWays, oneOfMany, beyondBudget];

/** Its member wants it by other channels by now. */
async function byOtherWays(_: Context, { told, kind, settings }: Judged): Promise<Put | undefined> {
  if (told.type === digestType || !isUntold(told)) return undefined;
  const via = channelsOn(settings, kind.group);
  return via.join() === told.via.join() ? undefined : { via, dueAt: told.dueAt };
}

/** Its place among its like is told by the ids, which rise: no count is kept. */
async function oneOfMany({ store }: Context, { told, now }: Judged): Promise<Put | undefined> {
  const { topic, memberId, id, createdAt } = told;
  if (!topic) return undefined;
  const within = { gte: createdAt - bundleWithin, lte: createdAt };
  const before = await store.count(notifications, { topic, memberId, createdAt: within, id: { lt: id } });
  if (before < mostAlike) return undefined;
  const end = (Math.floor(createdAt / bundleWithin) + 1) * bundleWithin;
  return { dueAt: Math.max(end, endOfLull(now)), held: "bundle", spends: undefined };
}

/** It counts on the day it comes. What tells several as one had its place before it was made. */
async function beyondBudget({ store }: Context, asked: Judged): Promise<Put | undefined> {
  const { told, member, now } = asked;
  if (!told.spends) return undefined;
  const spends = localDay(now, member.timezone);
  if (spends !== told.spends) return { spends, dueAt: told.dueAt };
  if (told.type === digestType) return undefined;
  return (await isOverBudget(store, asked)) ? overBudget(asked) : undefined;
}

/** After an outage, and when quiet hours end: more than a handful comes as one message. */
async function comesInBulk(ctx: Context, asked: Judged): Promise<"gathered" | undefined> {
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
