// What waits is looked at again after its member has chosen otherwise: nothing waits longer than they want it to.
import { patch, untilSettled } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { handOver } from "../kernel/turns.ts";
import { profiles } from "../members/read.ts";
import { mostChanges } from "../ports/store.ts";
import { type Notification, notifications } from "./notification.ts";
import { quietUntil } from "./plan.ts";
import type { Settings } from "./preferences.ts";
import { localDay, nextDigest } from "./quiet.ts";
import { turnFor } from "./turn.ts";

/** The first hundred; each of the others is looked at when its time comes. */
export async function wake(ctx: Context, memberId: string, settings: Settings): Promise<void> {
  const { store, clock, house } = ctx;
  const now = clock.now();
  const zone = (await store.get(profiles, memberId))?.timezone ?? "UTC";
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
