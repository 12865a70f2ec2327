// One attempt on one channel: claimed by a row before the send, closed after it.
import { AppError } from "../errors.ts";
import { patch } from "../kernel/change.ts";
import type { AnyNotificationKind, Context } from "../kernel/house.ts";
import type { AccountRow, Profile } from "../members/read.ts";
import type { MessageRef } from "../ports/platform.ts";
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";
import { claimDelivery } from "./claim.ts";
import { closeAccount } from "./close-account.ts";
import { type Delivery, deliveries, type Tried } from "./delivery.ts";
import { type Notification, notifications } from "./notification.ts";
import { notificationTexts } from "./texts.ts";

export interface Attempt {
  readonly told: Notification;
  readonly kind: AnyNotificationKind;
  readonly member: Profile;
  readonly account: AccountRow;
  /** Nobody will try again: what would be retried counts as refused. */
  readonly lastTry: boolean;
}

/** @throws what the platform throws when the same should be tried again later. */
export async function tryChannel(ctx: Context, attempt: Attempt): Promise<Tried> {
  const { member, account } = attempt;
  const reader: Reader = { language: member.language, zone: member.timezone, platform: account.platform };
  const view = viewOf(ctx, attempt, reader);
  const claimed = await claimDelivery(ctx, attempt.told, account);
  if ("kind" in claimed) return claimed;
  let begun = false;
  let ref: MessageRef;
  try {
    const to = await ctx.messenger.direct(account);
    begun = true;
    ref = await ctx.messenger.send(to, view, reader, claimed.id);
  } catch (error) {
    return settleFailure(ctx, attempt, claimed, error, begun);
  }
  await closeSent(ctx, attempt, claimed, ref);
  return { kind: "over" };
}

const lateAfter = 10 * 60_000;

function viewOf({ clock }: Context, { told, kind }: Attempt, reader: Reader): View {
  const view = kind.view(told.data, reader);
  // What was held back on purpose comes in time.
  if (clock.now() - (told.dueAt ?? told.createdAt) <= lateAfter) return view;
  return { ...view, body: [...(view.body ?? []), { paragraph: notificationTexts(reader).late(told.createdAt) }] };
}

const closeSent = ({ store, clock }: Context, { told }: Attempt, { id }: Delivery, ref: MessageRef) =>
  store.commit([
    patch(deliveries, id, {
      status: "sent",
      sentAt: clock.now(),
      ref: { ...ref },
      leaseUntil: undefined,
      reason: undefined,
    }),
    patch(notifications, told.id, { dueAt: undefined }),
  ]);

const refusals = new Set(["blocked", "unreachable", "gone"]);
const passing = new Set(["rate_limited", "unavailable", "conflict"]);

async function settleFailure(
  ctx: Context,
  { told, account, lastTry }: Attempt,
  claimed: Delivery,
  error: unknown,
  begun: boolean,
): Promise<Tried> {
  const known = error instanceof AppError ? error : undefined;
  const reason = known?.detail.reason ?? known?.code ?? "unknown";
  if (refusals.has(reason)) {
    await closeAccount(ctx, account, claimed, reason);
    return { kind: "refused" };
  }
  const unknown = begun && (!known || known.detail.unknown === true);
  if (unknown) {
    await ctx.store.commit([patch(deliveries, claimed.id, { leaseUntil: ctx.clock.now(), reason: "unknown" })]);
    throw error;
  }
  const again = !lastTry && (!known || passing.has(known.code));
  await ctx.store.commit([
    patch(deliveries, claimed.id, {
      status: again ? "queued" : "failed",
      reason: reason.slice(0, 100),
      leaseUntil: undefined,
    }),
    patch(notifications, told.id, { begunAt: undefined }),
  ]);
  if (again) throw error;
  ctx.log.warn({ platform: account.platform, reason }, "a channel did not take a notification", error);
  return { kind: "refused" };
}
