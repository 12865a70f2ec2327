// Who sends: the one whose claim on the delivery's row succeeds.
import { isConflict } from "../errors.ts";
import { insert, patch } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { type Delivery, deliveries, type Later, lease, type Tried } from "./delivery.ts";
import { type Notification, notifications } from "./notification.ts";
import type { Outlet } from "./outlet.ts";
import { holdsLine, mostSends } from "./patience.ts";

const claimed = new Set<unknown>([deliveries.name, notifications.name]);

/** The row, claimed for the length of the lease; or why there is nothing to send, after which only `over` needs a conclusion. */
export async function claimDelivery(
  ctx: Context,
  read: Notification,
  outlet: Outlet,
  { instead, past }: { readonly instead: string | undefined; readonly past: boolean },
): Promise<Delivery | Tried> {
  for (let told: Notification | undefined = read; ; told = await ctx.store.get(notifications, read.id)) {
    if (told?.dueAt === undefined) return { kind: "over" };
    if (told.dueAt > ctx.clock.now()) return { kind: "later", at: told.dueAt, holds: false };
    const row = await ctx.store.getBy(deliveries, { notificationId: told.id, channel: outlet.channel });
    try {
      return await (row ? claimAgain(ctx, told, outlet, row, past) : claimNew(ctx, told, outlet, instead));
    } catch (error) {
      if (!isConflict(error) || !claimed.has(error.detail.collection)) throw error;
    }
  }
}

async function claimNew(
  { store, secrets, clock }: Context,
  told: Notification,
  { channel, target }: Outlet,
  instead: string | undefined,
): Promise<Delivery> {
  const now = clock.now();
  const row = {
    id: secrets.id(),
    notificationId: told.id,
    memberId: told.memberId,
    channel,
    target,
    status: "sending" as const,
    instead,
    leaseUntil: now + lease,
    unknownSince: now,
    attempt: 1,
    resent: 0,
  };
  await store.commit([insert(deliveries, row), patch(notifications, told, { begunAt: now })]);
  return { ...row, rev: 1 };
}

async function claimAgain(
  ctx: Context,
  told: Notification,
  outlet: Outlet,
  row: Delivery,
  past: boolean,
): Promise<Delivery | Tried> {
  const now = ctx.clock.now();
  if (row.status === "sent" || (row.status === "failed" && row.reason === "unknown")) return { kind: "over" };
  const ended = row.status === "failed" || row.status === "suppressed";
  if (ended && row.target === outlet.target) return { kind: "refused", reason: row.reason ?? "failed" };
  if (past && row.status === "queued") {
    await end(ctx, row, "suppressed", "late");
    return { kind: "over" };
  }
  const wait = waitOf(row, now);
  if (wait) return wait;
  const since = row.status === "sending" ? (row.unknownSince ?? 0) : now;
  const unknown = row.status === "sending" && now - since >= outlet.idempotentMs;
  if (unknown && row.resent >= 1) {
    await end(ctx, row, "failed", "unknown");
    return { kind: "over" };
  }
  if (!ended && row.attempt >= mostSends) {
    await end(ctx, row, "failed", "gave_up");
    return { kind: "refused", reason: "gave_up" };
  }
  const set = {
    status: "sending" as const,
    target: outlet.target,
    leaseUntil: now + lease,
    retryAt: undefined,
    unknownSince: since,
    attempt: ended ? 1 : row.attempt + 1,
    resent: row.resent + (unknown ? 1 : 0),
  };
  await ctx.store.commit([patch(deliveries, row, set), patch(notifications, told, { begunAt: now })]);
  return { ...row, ...set, rev: row.rev + 1 };
}

const end = ({ store }: Context, row: Delivery, status: "failed" | "suppressed", reason: string): Promise<void> =>
  store.commit([patch(deliveries, row, { status, reason, leaseUntil: undefined, retryAt: undefined })]);

/** Somebody else is sending it, and may die over it; or it is to wait. */
function waitOf({ status, leaseUntil, retryAt, attempt }: Delivery, now: number): Later | undefined {
  const until = Math.max(status === "sending" ? (leaseUntil ?? 0) : 0, retryAt ?? 0);
  return until > now ? { kind: "later", at: until, holds: holdsLine(attempt) } : undefined;
}
