// Who sends: the one whose claim on the delivery's row succeeds.
import { isConflict } from "../errors.ts";
import { insert, patch } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import type { AccountRow } from "../members/read.ts";
import { type Delivery, deliveries, lease, type Tried } from "./delivery.ts";
import { type Notification, notifications } from "./notification.ts";

/** However often processes die over it, it is begun no more often than this. */
const mostAttempts = 12;

const claimed = new Set<unknown>([deliveries.name, notifications.name]);

/** The row, claimed for the length of the lease; or why there is nothing to send. */
export async function claimDelivery(ctx: Context, read: Notification, account: AccountRow): Promise<Delivery | Tried> {
  for (let told: Notification | undefined = read; ; told = await ctx.store.get(notifications, read.id)) {
    if (told?.dueAt === undefined) return { kind: "over" };
    const row = await ctx.store.getBy(deliveries, { notificationId: told.id, channel: account.platform });
    try {
      return await (row ? claimAgain(ctx, told, account, row) : claimNew(ctx, told, account));
    } catch (error) {
      if (!isConflict(error) || !claimed.has(error.detail.collection)) throw error;
    }
  }
}

async function claimNew(
  { store, secrets, clock }: Context,
  told: Notification,
  account: AccountRow,
): Promise<Delivery> {
  const row = {
    id: secrets.id(),
    notificationId: told.id,
    memberId: told.memberId,
    channel: account.platform,
    accountId: account.id,
    status: "sending" as const,
    leaseUntil: clock.now() + lease,
    attempt: 1,
    resent: 0,
  };
  await store.commit([insert(deliveries, row), patch(notifications, told, { begunAt: clock.now() })]);
  return { ...row, rev: 1 };
}

async function claimAgain(
  ctx: Context,
  told: Notification,
  account: AccountRow,
  row: Delivery,
): Promise<Delivery | Tried> {
  const now = ctx.clock.now();
  const ended = row.status === "failed" || row.status === "suppressed";
  if (row.status === "sent") return over(ctx, told, row, {});
  if (ended && row.accountId === account.id) return { kind: "refused" };
  if (row.status === "sending" && (row.leaseUntil ?? 0) > now) return { kind: "elsewhere", until: row.leaseUntil! };
  const unknown = row.status === "sending" && !ctx.messenger.idempotent(account.platform);
  if (unknown && row.resent >= 1) return over(ctx, told, row, { status: "failed", reason: "unknown" });
  if (row.attempt >= mostAttempts) return refuse(ctx, row);
  const set = {
    status: "sending" as const,
    accountId: account.id,
    leaseUntil: now + lease,
    attempt: row.attempt + 1,
    resent: row.resent + (unknown ? 1 : 0),
  };
  await ctx.store.commit([patch(deliveries, row, set), patch(notifications, told, { begunAt: now })]);
  return { ...row, ...set, rev: row.rev + 1 };
}

/** It was sent, or was sent twice without an answer: the member is not troubled again. */
async function over({ store }: Context, told: Notification, row: Delivery, set: Partial<Delivery>): Promise<Tried> {
  await store.commit([patch(deliveries, row, set), patch(notifications, told.id, { dueAt: undefined })]);
  return { kind: "over" };
}

async function refuse({ store }: Context, row: Delivery): Promise<Tried> {
  await store.commit([patch(deliveries, row, { status: "failed", reason: "gave_up", leaseUntil: undefined })]);
  return { kind: "refused" };
}
