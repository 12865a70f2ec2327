// Ends a channel's part of a notification: nothing more is to come by it, and nothing at all when it was the last.
import { insert, patch, untilSettled } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import type { Change } from "../ports/store.ts";
import type { Channel, Held } from "./channel.ts";
import { deliveries } from "./delivery.ts";
import { type Notification, notifications, openChannels } from "./notification.ts";

/** In one commit with these changes. `left`: why the inbox alone has it; kept where there is no other channel. `via`: the channels it is to come by and can. */
export async function conclude(
  { store }: Pick<Context, "store">,
  { told, via }: { readonly told: Notification; readonly via: readonly Channel[] },
  channel: Channel,
  changes: readonly Change[] = [],
  left?: string,
): Promise<void> {
  if (via.length === 1)
    return store.commit([...changes, patch(notifications, told.id, { done: [channel], dueAt: undefined, left })]);
  await untilSettled(async () => {
    const now = await store.get(notifications, told.id);
    if (!now) return;
    const done = [...new Set([...(now.done ?? []), channel])];
    const set = { done, ...(openChannels({ via, done }).length === 0 && { dueAt: undefined }) };
    await store.commit([...changes, patch(notifications, now, set)]);
  });
}

/** Keeps why nothing went out by these channels, and ends their part. */
export async function leaveToInbox(
  ctx: Context,
  open: { readonly told: Notification; readonly via: readonly Channel[] },
  channel: Channel,
  { reason, instead }: { readonly reason: string; readonly instead?: string },
): Promise<void> {
  const { store, secrets } = ctx;
  const { told } = open;
  const known = await store.getBy(deliveries, { notificationId: told.id, channel });
  const row = { id: secrets.id(), notificationId: told.id, memberId: told.memberId, channel };
  const kept = { status: "suppressed" as const, reason, instead };
  await conclude(ctx, open, channel, known ? [] : [insert(deliveries, { ...row, ...kept })], instead ?? reason);
}

/** What a failed try has left to be tried again ends with it, and says why. At most 100 notifications. */
export async function suppressed(
  { store }: Pick<Context, "store">,
  ids: readonly string[],
  held: Held,
): Promise<readonly Change[]> {
  const where = { notificationId: { in: ids }, status: "queued" as const };
  // An app that has "blocked" us says that of itself.
  const reason = held === "blocked" ? "muted" : held;
  const { rows } = await store.find(deliveries, { where, limit: 100 });
  return rows.map((row) => patch(deliveries, row.id, { status: "suppressed", reason, retryAt: undefined }));
}
