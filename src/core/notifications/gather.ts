// Makes one message of several that wait, each of which is judged before.
import { z } from "zod";
import { patch, untilSettled } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { defineJob } from "../kernel/job.ts";
import { just } from "../plain-shapes.ts";
import type { JobRequest } from "../ports/queue.ts";
import type { Held } from "./channel.ts";
import { isUntold, judge, type Recipient, recipientOf } from "./judge.ts";
import { mostLate } from "./late.ts";
import { byMaking, type Notification, notifications } from "./notification.ts";
import { putOff } from "./put-off.ts";
import { dayOf, type Gathering, isAsked, tellAsOne } from "./tell-as-one.ts";
import { digestType } from "./texts.ts";
import { deliverRequest, isGathered } from "./turn.ts";

export const gatherNotifications = defineJob({
  name: "notification.gather",
  input: z.object({ member: just.string }),
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
  // Kept from one attempt to the next: what an attempt has put off is not found by the one after it.
  const turns = new Map<string, JobRequest>();
  const give = (requests: readonly JobRequest[]) => {
    for (const request of requests) turns.set(request.key!, request);
  };
  await ctx.inTurn(`gather:${memberId}`, () =>
    untilSettled(async () => {
      const now = ctx.clock.now();
      const where = { memberId, dueAt: { lte: now } };
      const { rows } = await ctx.store.find(notifications, { where, orderBy: { field: "dueAt" }, limit: 500 });
      const open = rows.filter((row) => row.type !== digestType && isUntold(row) && which(row));
      const recipient = await recipientOf(ctx, memberId);
      const found = await judged(ctx, recipient, open);
      give(await putOff(ctx, found.put));
      const coming = rows.filter((row) => row.type === digestType);
      for (const [key, group] of Map.groupBy(found.told, (row) => why ?? groupOf(row))) {
        const gathering: Gathering = { recipient, memberId, why: why ?? reasonOf(group), now, give };
        const few = key === "late" && !why && group.length <= mostLate;
        coming.push(...(await (few ? release : tellAsOne)(ctx, gathering, group)));
      }
      give(coming.map((row) => deliverRequest(row, "always", ctx.correlation)));
    }),
  );
  if (turns.size) await ctx.queue.enqueue([...turns.values()]);
}

/** By the rules for one by itself; where nobody is left to be told, or nothing known, whoever delivers it finds out. */
async function judged(ctx: Context, recipient: Recipient | undefined, open: readonly Notification[]) {
  const now = ctx.clock.now();
  const rows = open.toSorted(byMaking);
  const puts = await Promise.all(
    rows.map((told) => {
      const kind = ctx.house.notifications.get(told.type);
      return kind && recipient && judge(ctx, { told, kind, ...recipient, now });
    }),
  );
  return {
    told: rows.filter((_, at) => !puts[at]),
    put: rows.flatMap((row, at) => (puts[at] ? [{ row, put: puts[at] }] : [])),
  };
}

/** What was too much for a day goes into the digest where there is one. */
const reasonOf = (group: readonly Notification[]): Held =>
  group.some(({ held }) => held === "digest") ? "digest" : (group[0]!.held ?? "digest");

/** Many of a kind are one message, what is late another, everything else that waits a third. */
const groupOf = ({ held, topic }: Notification): string => {
  if (held === "bundle") return `bundle ${topic}`;
  return held === "late" ? held : "";
};

/** A few that are late come by themselves, each in its place in the day. */
async function release(ctx: Context, gathering: Gathering, rows: readonly Notification[]) {
  const released = rows.map((row) => {
    const set = { held: undefined, dueAt: gathering.now, ...(!isAsked(ctx, row) && { spends: dayOf(gathering) }) };
    return { row, set };
  });
  await ctx.store.commit(released.map(({ row, set }) => patch(notifications, row, set)));
  return released.map(({ row, set }): Notification => ({ ...row, ...set }));
}
