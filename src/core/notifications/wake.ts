// What waits is looked at again when its member has chosen otherwise or moved: nothing waits longer than they want it to.
import { patch, untilSettled } from "../kernel/change.ts";
import { on } from "../kernel/fact.ts";
import type { Context } from "../kernel/house.ts";
import { handOver } from "../kernel/turns.ts";
import { memberMoved } from "../members/read.ts";
import { mostChanges } from "../ports/store.ts";
import { recipientOf } from "./judge.ts";
import { type Notification, notifications } from "./notification.ts";
import { quietUntil } from "./plan.ts";
import type { Settings } from "./preferences.ts";
import { localDay, nextDigest } from "./quiet.ts";
import { turnFor } from "./turn.ts";

/** The first hundred; each of the others is looked at when its time comes. */
export async function wake(ctx: Context, memberId: string): Promise<void> {
  const { store, clock, house } = ctx;
  const now = clock.now();
  const recipient = await recipientOf(ctx, memberId);
  if (!recipient) return;
  const { settings, member } = recipient;
  const zone = member.timezone;
  const moved = await untilSettled(async () => {
    const where = { memberId, dueAt: { gt: now } };
    const { rows } = await store.find(notifications, { where, orderBy: { field: "dueAt" }, limit: mostChanges });
    const changes = rows.flatMap((row) => {
      const dueAt = dueNow(row, { house, settings, zone, now });
      const spends = row.spends && localDay(dueAt, zone);
      return dueAt === row.dueAt ? [] : [{ row, set: { dueAt, spends } }];
    });
    if (changes.length) await store.commit(changes.map(({ row, set }) => patch(notifications, row, set)));
    return changes.map(({ row, set }) => ({ ...row, ...set }));
  });
  await handOver(ctx, { given: moved.map((row) => turnFor(row, house.notifications.get(row.type))) });
}

/** By the clocks of where they are now. */
export const wakeOnMove = on(memberMoved, "wake-what-waits", (ctx, { member }) => wake(ctx, member));

interface Now extends Pick<Context, "house"> {
  readonly settings: Settings;
  readonly zone: string;
  readonly now: number;
}

/**
 * What waited for a digest there is none of any more comes as one message now. What was over a day's budget comes so where
 * the day has room for it by now, and waits on where it has not.
 */
function dueNow({ type, data, held, dueAt }: Notification, { house, settings, zone, now }: Now): number {
  if (held === "digest") return settings.digest ? nextDigest(now, settings.digest, zone) : now;
  if (held === "budget") return now;
  const kind = house.notifications.get(type);
  if (held !== "quiet" || !kind) return dueAt!;
  return quietUntil({ kind, data }, settings, zone, now) ?? now;
}
