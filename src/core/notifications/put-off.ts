// Sets what becomes of several that are not told now: they wait, or are left to the inbox.
import { patch } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import type { JobRequest } from "../ports/queue.ts";
import { mostChanges } from "../ports/store.ts";
import type { Held } from "./channel.ts";
import { suppressed } from "./conclude.ts";
import type { Put } from "./judge.ts";
import { type Notification, notifications } from "./notification.ts";
import { turnAfter } from "./turn.ts";

export interface PutOff {
  readonly row: Notification;
  readonly put: Put;
}

/** Answers the turns that those of them need which wait on. */
export async function putOff(ctx: Context, found: readonly PutOff[]): Promise<readonly JobRequest[]> {
  for (const some of inParts(found)) {
    await ctx.store.commit(some.map(({ row, put }) => patch(notifications, row, put)));
    const left = some.filter(({ put }) => put.dueAt === undefined);
    for (const [held, rows] of Map.groupBy(left, ({ put }) => put.held!))
      await endTries(
        ctx,
        rows.map(({ row }) => row),
        held,
      );
  }
  const now = ctx.clock.now();
  const waiting = found.filter(({ put }) => put.dueAt !== undefined);
  return waiting.map(({ row, put }) => turnAfter({ ...row, ...put }, now, ctx.house.notifications.get(row.type)));
}

/** After they were closed: a try that ends before might be taken for all there is to tell. */
export async function endTries(ctx: Context, rows: readonly Notification[], held: Held): Promise<void> {
  const ended = await suppressed(
    ctx,
    rows.map(({ id }) => id),
    held,
  );
  if (ended.length) await ctx.store.commit(ended);
}

/** So many that one commit can close them together with what is made. */
export function inParts<T>(all: readonly T[]): readonly (readonly T[])[] {
  const most = mostChanges - 1;
  return Array.from({ length: Math.ceil(all.length / most) }, (_, n) => all.slice(n * most, (n + 1) * most));
}
