// Brings a notification by one channel: down the ladder of its outlets to the first that takes it.
import type { AnyTelling, Context } from "../kernel/house.ts";
import { accountsOf, type Profile } from "../members/read.ts";
import type { Change } from "../ports/store.ts";
import { accountsInOrder } from "./accounts-in-order.ts";
import type { Channel } from "./channel.ts";
import { chatOutlets } from "./chat-outlets.ts";
import { conclude, leaveToInbox } from "./conclude.ts";
import type { Later, Tried } from "./delivery.ts";
import { mailAddressOf } from "./mail-address.ts";
import { mailOutlet } from "./mail-outlet.ts";
import { insteadFor } from "./message-of.ts";
import type { Notification } from "./notification.ts";
import type { Outlet } from "./outlet.ts";
import { podOutlet } from "./pod-outlet.ts";
import { pushOutlets } from "./push-outlets.ts";
import { subscriptionsOf } from "./push-subscription.ts";
import { tryOutlet } from "./try-outlet.ts";

export interface Brought {
  readonly told: Notification;
  readonly kind: AnyTelling;
  readonly member: Profile;
  /** The channels it is to come by and can. */
  readonly via: readonly Channel[];
}

/** Undefined when nothing more is to come by this channel. Safe to be called by several at once. */
export async function bring(ctx: Context, brought: Brought, channel: Channel): Promise<Later | undefined> {
  if (channel === "push") return toEach(ctx, brought, channel);
  let instead: string | undefined;
  for await (const outlet of ladderOf(ctx, brought, channel)) {
    const tried: Tried = await tryOutlet(ctx, {
      ...brought,
      outlet,
      instead: instead ?? (outlet.channel === "pod" ? insteadFor("chat", "closed") : undefined),
      over: (changes) => conclude(ctx, brought, channel, changes),
    });
    if (tried.kind === "over") return undefined;
    if (tried.kind === "later") return tried;
    instead = insteadFor(outlet.channel, tried.reason);
  }
  await leaveToInbox(ctx, brought, channel, { reason: "no_channel", instead });
  return undefined;
}

/** What stands under the direct messages is looked for only when none of them went. */
async function* ladderOf(ctx: Context, brought: Brought, channel: Channel): AsyncGenerator<Outlet> {
  yield* await outletsOf(ctx, brought, channel);
  const pod = channel === "chat" ? brought.kind.podOf?.(brought.told.data) : undefined;
  if (pod) yield* await podOutlet(ctx, brought.member, pod);
}

async function outletsOf(ctx: Context, { member }: Brought, channel: Channel): Promise<readonly Outlet[]> {
  if (channel === "push")
    return ctx.pusher ? pushOutlets(ctx, ctx.pusher, await subscriptionsOf(ctx.store, member.id)) : [];
  if (channel === "mail") {
    const row = await mailAddressOf(ctx.store, member.id);
    return ctx.mailer && row?.address ? [mailOutlet(ctx, ctx.mailer, { ...row, address: row.address })] : [];
  }
  const accounts = await accountsOf(ctx.store, member.id);
  return chatOutlets(
    ctx,
    accountsInOrder(member, accounts, (platform) => ctx.messenger.has(platform)),
  );
}

/** To every browser by itself: what one of them does is nothing to the others. */
async function toEach(ctx: Context, brought: Brought, channel: Channel): Promise<Later | undefined> {
  const over = async (changes: readonly Change[]) => {
    if (changes.length) await ctx.store.commit(changes);
  };
  const waiting: number[] = [];
  for (const outlet of await outletsOf(ctx, brought, channel)) {
    const tried = await tryOutlet(ctx, { ...brought, outlet, over });
    if (tried.kind === "later") waiting.push(tried.at);
  }
  if (waiting.length) return { kind: "later", at: Math.min(...waiting), holds: false };
  await conclude(ctx, brought, channel);
  return undefined;
}

/** Those of the channels that the member can be reached by; chat always leads somewhere, the inbox at last. */
export async function waysOf(
  ctx: Context,
  { id }: Pick<Profile, "id">,
  via: readonly Channel[],
): Promise<readonly Channel[]> {
  const leads: Record<Channel, () => Promise<boolean>> = {
    chat: async () => true,
    mail: async () => ctx.mailer !== undefined && (await mailAddressOf(ctx.store, id))?.address !== undefined,
    push: async () => ctx.pusher !== undefined && (await subscriptionsOf(ctx.store, id)).length > 0,
  };
  const open = await Promise.all(via.map((channel) => leads[channel]()));
  return via.filter((_, at) => open[at]);
}
