// Makes one message of several that wait. One commit closes them and makes the one that names them, so each is told once.
import { z } from "zod";
import { insert, patch, untilSettled } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { defineJob } from "../kernel/job.ts";
import type { JobRequest } from "../ports/queue.ts";
import { type Change, mostChanges } from "../ports/store.ts";
import { isOverForAll, overBudget } from "./budget.ts";
import type { Held } from "./channel.ts";
import { suppressed } from "./conclude.ts";
import { type Gathered, mostShown } from "./gathered.ts";
import { isUntold, judge, type Listener, listenerOf, type Put } from "./judge.ts";
import { mostLate } from "./late.ts";
import { type Notification, notifications } from "./notification.ts";
import { channelsOn } from "./preferences.ts";
import { localDay } from "./quiet.ts";
import { digestType } from "./texts.ts";
import { deliverRequest, isGathered, turnAfter } from "./turn.ts";

export const gatherNotifications = defineJob({
  name: "notification.gather",
  input: z.object({ member: z.string() }),
  /** Run again after a crash it finds what is left, and gives the message that was made its turn. */
  run: (ctx, { member }) => gather(ctx, member, isGathered),
});

/**
 * Tells as one what is due for a member and is among these. What has come by a channel, or is on its way, is left alone.
 * A notification changed meanwhile (read, claimed, gathered by another) makes the commit conflict and is looked at again.
 */
export async function gather(
  ctx: Context,
  memberId: string,
  which: (row: Notification) => boolean,
  why?: Held,
): Promise<void> {
  const turns = await ctx.inTurn(`gather:${memberId}`, () =>
    untilSettled(async () => {
      const now = ctx.clock.now();
      const where = { memberId, dueAt: { lte: now } };
      const { rows } = await ctx.store.find(notifications, { where, orderBy: { field: "dueAt" }, limit: 500 });
      const open = rows.filter((row) => row.type !== digestType && isUntold(row) && which(row));
      const listener = await listenerOf(ctx, memberId);
      const found = await judged(ctx, listener, open);
      const coming = rows.filter((row) => row.type === digestType);
      const waiting = await putOff(ctx, found.put);
      for (const [key, group] of Map.groupBy(found.told, (row) => why ?? groupOf(row))) {
        const telling: Telling = { listener, memberId, why: why ?? reasonOf(group), now };
        if (key === "late" && !why && group.length <= mostLate) coming.push(...(await release(ctx, telling, group)));
        else {
          const parts = await tellAsOne(ctx, telling, group);
          coming.push(...parts.made);
          waiting.push(...parts.put);
        }
      }
      return [
        ...coming.map((row) => deliverRequest(row, "always", ctx.correlation)),
        ...waiting.map((row): JobRequest => turnAfter(row, now)),
      ];
    }),
  );
  const once = new Map(turns.map((turn) => [turn.key, turn]));
  if (once.size) await ctx.queue.enqueue([...once.values()]);
}

interface Telling {
  readonly listener: Listener | undefined;
  readonly memberId: string;
  readonly why: Held;
  readonly now: number;
}
interface PutOff {
  readonly row: Notification;
  readonly put: Put;
}

/** By the rules for one by itself; where nobody is left to be told, or nothing known, whoever delivers it finds out. */
async function judged(ctx: Context, listener: Listener | undefined, rows: readonly Notification[]) {
  const told: Notification[] = [];
  const put: PutOff[] = [];
  const now = ctx.clock.now();
  for (const row of rows.toSorted(byMaking)) {
    const kind = ctx.house.notifications.get(row.type);
    const found = kind && listener && (await judge(ctx, { told: row, kind, ...listener, now }));
    if (found) put.push({ row, put: found });
    else told.push(row);
  }
  return { told, put };
}

const byMaking = (one: Notification, other: Notification): number =>
  one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1);

/** Those of them that wait on. */
async function putOff(ctx: Context, found: readonly PutOff[]): Promise<Notification[]> {
  for (const some of inParts(found)) {
    await ctx.store.commit(some.map(({ row, put }) => patch(notifications, row, put)));
    await endTries(
      ctx,
      some.filter(({ put }) => put.dueAt === undefined),
    );
  }
  return found.filter(({ put }) => put.dueAt !== undefined).map(({ row, put }) => ({ ...row, ...put }));
}

async function endTries(ctx: Context, left: readonly PutOff[]): Promise<void> {
  for (const [held, some] of Map.groupBy(left, ({ put }) => put.held!)) {
    const ended = await suppressed(
      ctx,
      some.map(({ row }) => row.id),
      held,
    );
    if (ended.length) await ctx.store.commit(ended);
  }
}

/** So many that one commit can close them together with what is made. */
function inParts<T>(all: readonly T[]): readonly (readonly T[])[] {
  const most = mostChanges - 1;
  return Array.from({ length: Math.ceil(all.length / most) }, (_, n) => all.slice(n * most, (n + 1) * most));
}

/** What was too much for a day goes into the digest where there is one. */
const reasonOf = (group: readonly Notification[]): Held =>
  group.some(({ held }) => held === "digest") ? "digest" : (group[0]!.held ?? "digest");

/** Many of a kind are one message, what is late another, everything else that waits a third. */
const groupOf = ({ held, topic }: Notification): string => {
  if (held === "bundle") return `bundle ${topic}`;
  return held === "late" ? held : "";
};

const isAsked = ({ house }: Context, { type }: Notification): boolean =>
  house.notifications.get(type)?.urgency === "asked";

const dayOf = ({ listener, now }: Telling): string => localDay(now, listener?.member.timezone ?? "UTC");

/** A few that are late come by themselves, each in its place in the day. */
async function release(ctx: Context, telling: Telling, rows: readonly Notification[]) {
  const released = rows.map((row) => {
    const set = { held: undefined, dueAt: telling.now, ...(!isAsked(ctx, row) && { spends: dayOf(telling) }) };
    return { row, set };
  });
  await ctx.store.commit(released.map(({ row, set }) => patch(notifications, row, set)));
  return released.map(({ row, set }): Notification => ({ ...row, ...set }));
}

interface Parts {
  readonly made: readonly Notification[];
  readonly put: readonly Notification[];
}

/** As few messages as the store can make at once, each in its place in the day; own reminders are outside it, and what comes with them. */
async function tellAsOne(ctx: Context, telling: Telling, all: readonly Notification[]): Promise<Parts> {
  const { listener, now } = telling;
  const made: Notification[] = [];
  const put: Notification[] = [];
  for (const rows of inParts(all)) {
    const asked = rows.some((row) => isAsked(ctx, row));
    const day = listener && { ...listener, now };
    if (day && !asked && (await isOverForAll(ctx.store, day, rows))) {
      const held = overBudget(day);
      put.push(
        ...(await putOff(
          ctx,
          rows.map((row) => ({ row, put: { ...held, held: keepsHeld(row) } })),
        )),
      );
      continue;
    }
    const row = digestRow(ctx, telling, rows, asked);
    const set = { dueAt: undefined, spends: undefined, inDigest: row.id };
    const closing: readonly Change[] = rows.map((told) => patch(notifications, told, set));
    await ctx.store.commit([insert(notifications, row), ...closing]);
    await endTries(
      ctx,
      rows.map((told) => ({ row: told, put: { held: "digest" } })),
    );
    made.push({ ...row, rev: 1 });
  }
  return { made, put };
}

/** What waits for the digest goes on waiting for it. */
const keepsHeld = ({ held }: Notification): Held => (held === "digest" ? held : "budget");

/** It is in nobody's inbox by itself, since what it names is. It comes by the channels that its members' groups come by now. */
function digestRow(ctx: Context, telling: Telling, rows: readonly Notification[], asked: boolean) {
  const { listener, memberId, why, now } = telling;
  const id = ctx.secrets.id();
  const lines = rows.map(({ id, type, data, createdAt }) => ({ id, type, data, createdAt }));
  const more = Math.max(0, lines.length - mostShown);
  const types = [...new Set(rows.map(({ type }) => type))];
  const data: Gathered = { why, items: lines.slice(-mostShown), more, types };
  const waysOf = ({ type, via }: Notification) => {
    const kind = ctx.house.notifications.get(type);
    return kind && listener ? channelsOn(listener.settings, kind.group) : via;
  };
  return {
    id,
    memberId,
    type: digestType,
    factId: id,
    data,
    createdAt: now,
    readAt: now,
    via: [...new Set(rows.flatMap(waysOf))],
    dueAt: now,
    ...(!asked && { spends: dayOf(telling) }),
  };
}
