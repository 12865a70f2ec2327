// One attempt by one outlet: claimed by a row before the send, closed after it.
import { AppError, isOutOfReach } from "../errors.ts";
import { patch } from "../kernel/change.ts";
import type { AnyTelling, Context } from "../kernel/house.ts";
import type { Profile } from "../members/read.ts";
import type { Change } from "../ports/store.ts";
import type { Reader } from "../text.ts";
import type { Channel } from "./channel.ts";
import { claimDelivery } from "./claim.ts";
import { type Delivery, deliveries, type Tried } from "./delivery.ts";
import { messageOf } from "./message-of.ts";
import { type Notification, notifications } from "./notification.ts";
import type { Outlet } from "./outlet.ts";
import { holdsLine, waitAfter } from "./patience.ts";
import { keptReason } from "./reason.ts";
import { isPast } from "./truth.ts";

export interface Attempt {
  readonly told: Notification;
  readonly kind: AnyTelling;
  readonly member: Profile;
  readonly outlet: Outlet;
  readonly via: readonly Channel[];
  /** Why it does not go where it should have gone first. */
  readonly instead?: string;
  /** Ends the channel's part in one commit with these changes. */
  over(changes: readonly Change[]): Promise<void>;
}

/**
 * Sends it, unless somebody else does, it is sent already, or it is to wait. Where it is not known whether a send came
 * through, it is sent once more; what a process dies over is sent again by whoever claims it next.
 */
export async function tryOutlet(ctx: Context, attempt: Attempt): Promise<Tried> {
  const { told, member, outlet, instead } = attempt;
  const own: Reader = { language: member.language, zone: member.timezone, platform: outlet.platform };
  const reader = outlet.reader ?? own;
  const view = outlet.says?.(reader) ?? messageOf(ctx, attempt, reader);
  const claimed = await claimDelivery(ctx, told, outlet, {
    instead,
    past: isPast(attempt.kind, told, ctx.clock.now()),
  });
  if ("kind" in claimed) {
    if (claimed.kind === "over") await attempt.over([]);
    return claimed;
  }
  let begun = false;
  let ref: Readonly<Record<string, string>> | undefined;
  try {
    const send = await outlet.open();
    begun = true;
    ref = await send(view, reader, claimed.id);
  } catch (error) {
    return settleFailure(ctx, attempt, claimed, error, begun);
  }
  const closed = { leaseUntil: undefined, reason: undefined };
  await attempt.over([
    patch(deliveries, claimed.id, {
      status: "sent",
      sentAt: ctx.clock.now(),
      ...(ref && { ref: { ...ref } }),
      ...closed,
    }),
  ]);
  return { kind: "over" };
}

const passing = new Set(["rate_limited", "unavailable", "conflict"]);

async function settleFailure(
  ctx: Context,
  { told, via, outlet, over }: Attempt,
  claimed: Delivery,
  error: unknown,
  begun: boolean,
): Promise<Tried> {
  const known = error instanceof AppError ? error : undefined;
  const reason = keptReason(error);
  const ended = patch(deliveries, claimed.id, { status: "failed", reason, leaseUntil: undefined });
  if (isOutOfReach(error)) {
    await outlet.close(reason, [ended]);
    return { kind: "refused", reason };
  }
  const unknown = begun && (!known || known.detail.unknown === true);
  const wait = !known || passing.has(known.code) ? waitAfter(claimed.attempt, claimed.id) : undefined;
  ctx.log.warn({ channel: outlet.channel, reason, attempt: claimed.attempt }, "a notification was not taken", error);
  if (unknown && claimed.resent > 0) {
    await over([patch(deliveries, claimed.id, { status: "failed", reason: "unknown", leaseUntil: undefined })]);
    return { kind: "over" };
  }
  if (unknown || wait !== undefined) {
    const retryAt = ctx.clock.now() + Math.max(wait ?? 0, known?.detail.retryAfter ?? 0);
    const still = unknown ? { leaseUntil: ctx.clock.now() } : { status: "queued" as const, leaseUntil: undefined };
    await ctx.store.commit([
      patch(deliveries, claimed.id, { ...still, reason: unknown ? "unknown" : reason, retryAt }),
      ...(unknown ? [] : untouched(told, via)),
    ]);
    return { kind: "later", at: retryAt, holds: holdsLine(claimed.attempt) };
  }
  await ctx.store.commit([ended, ...untouched(told, via)]);
  return { kind: "refused", reason };
}

/** Nothing of it is out, so it may still be told in another way. With several channels another may have brought it: it stays begun. */
const untouched = ({ id }: Notification, via: readonly Channel[]): Change[] =>
  via.length === 1 ? [patch(notifications, id, { begunAt: undefined })] : [];
