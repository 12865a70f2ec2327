// Makes one message of several that wait. One commit closes them and makes the one that names them, so each is told once.
import { z } from "zod";
import { insert, patch, untilSettled } from "../kernel/change.ts";
import type { AnyNotificationKind, Context } from "../kernel/house.ts";
import { defineJob } from "../kernel/job.ts";
import { profiles } from "../members/read.ts";
import { mostChanges } from "../ports/store.ts";
import type { Held } from "./channel.ts";
import { type Gathered, mostShown } from "./digest.ts";
import { mostLate } from "./late.ts";
import { type Notification, notifications } from "./notification.ts";
import { localDay } from "./quiet.ts";
import { digestType } from "./texts.ts";
import { isPast, stillTrue, untrue } from "./truth.ts";
import { deliverRequest, isGathered } from "./turn.ts";

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
  const made = await untilSettled(async () => {
    const where = { memberId, dueAt: { lte: ctx.clock.now() } };
    const { rows } = await ctx.store.find(notifications, { where, orderBy: { field: "dueAt" }, limit: 500 });
    const open = rows.filter((row) => row.type !== digestType && isUntold(row) && which(row));
    const coming = rows.filter((row) => row.type === digestType);
    for (const [key, group] of Map.groupBy(open, (row) => why ?? groupOf(row))) {
      if (key === "late" && !why && group.length <= mostLate) coming.push(...(await release(ctx, group)));
      else coming.push(...(await tellAsOne(ctx, memberId, group, why ?? reasonOf(group))));
    }
    return coming;
  });
  await ctx.queue.enqueue(made.map((row) => deliverRequest(row, "always", ctx.correlation)));
}

/** It has come by no channel yet, and no send is under way. */
export const isUntold = ({ begunAt, done }: Pick<Notification, "begunAt" | "done">): boolean =>
  begunAt === undefined && !done?.length;

/** What was too much for a day goes into the digest where there is one. */
const reasonOf = (group: readonly Notification[]): Held =>
  group.some(({ held }) => held === "digest") ? "digest" : (group[0]!.held ?? "digest");

/** Many of a kind are one message, what is late another, everything else that waits a third. */
const groupOf = ({ held, topic }: Notification): string => {
  if (held === "bundle") return `bundle ${topic}`;
  return held === "late" ? held : "";
};

/** A few that are late come by themselves. */
async function release({ store, clock }: Context, rows: readonly Notification[]): Promise<readonly Notification[]> {
  const set = { held: undefined, dueAt: clock.now() };
  await store.commit(rows.map((row) => patch(notifications, row, set)));
  return rows.map((row) => ({ ...row, ...set }));
}

async function tellAsOne(
  ctx: Context,
  memberId: string,
  rows: readonly Notification[],
  why: Held,
): Promise<readonly Notification[]> {
  const { store, secrets, clock, house } = ctx;
  const now = clock.now();
  const worth = worthTelling(rows, house.notifications, { now, late: why === "late" });
  const telling = await stillTrue(ctx, memberId, worth);
  const id = secrets.id();
  const closing = rows.map((row) =>
    patch(notifications, row, {
      dueAt: undefined,
      spends: undefined,
      ...(telling.includes(row) ? { inDigest: id } : worth.includes(row) ? untrue : { held: "late" as const }),
    }),
  );
  const row = telling.length ? await digestRow(ctx, memberId, { id, telling, why, now }) : undefined;
  const first = row ? [insert(notifications, row)] : [];
  await store.commit([...first, ...closing.slice(0, mostChanges - 1)]);
  for (let at = mostChanges - 1; at < closing.length; at += mostChanges)
    await store.commit(closing.slice(at, at + mostChanges));
  return row ? [{ ...row, rev: 1 }] : [];
}

interface Made {
  readonly id: string;
  readonly telling: readonly Notification[];
  readonly why: Held;
  readonly now: number;
}

/** It is in nobody's inbox by itself, since what it names is. */
async function digestRow({ store }: Context, memberId: string, { id, telling, why, now }: Made) {
  const profile = await store.get(profiles, memberId);
  const lines = telling.map(({ id, type, data, createdAt }) => ({ id, type, data, createdAt }));
  const data: Gathered = { why, items: lines.slice(-mostShown), more: Math.max(0, lines.length - mostShown) };
  return {
    id,
    memberId,
    type: digestType,
    factId: id,
    data,
    createdAt: now,
    readAt: now,
    via: [...new Set(telling.flatMap(({ via }) => via))],
    dueAt: now,
    spends: localDay(now, profile?.timezone ?? "UTC"),
  };
}

/** Without what is past or, late, skipped; of those of which only the newest counts, the newest. In the order they came. */
export function worthTelling(
  rows: readonly Notification[],
  kinds: ReadonlyMap<string, Pick<AnyNotificationKind, "pastAt" | "late">>,
  { now, late }: { readonly now: number; readonly late: boolean },
): readonly Notification[] {
  const sorted = rows.toSorted((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1));
  return sorted.filter((row) => {
    const kind = kinds.get(row.type);
    if (!kind) return true;
    if (isPast(kind, row, now) || (late && kind.late === "skip")) return false;
    return kind.late !== "newest" || sorted.findLast(({ topic }) => topic === row.topic) === row || !row.topic;
  });
}
