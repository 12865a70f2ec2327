// Brings a notification by one channel: down the ladder of its outlets to the first that takes it.
import type { AnyNotificationKind, Context } from "../kernel/house.ts";
import { accountsOf, type Profile } from "../members/read.ts";
import type { Channel } from "./channel.ts";
import { channelsFor } from "./channels-for.ts";
import { chatOutlets } from "./chat-outlets.ts";
import { conclude, leaveToInbox } from "./conclude.ts";
import type { Later, Tried } from "./delivery.ts";
import { insteadFor } from "./message-of.ts";
import type { Notification } from "./notification.ts";
import type { Outlet } from "./outlet.ts";
import { tryOutlet } from "./try-outlet.ts";

export interface Brought {
  readonly told: Notification;
  readonly kind: AnyNotificationKind;
  readonly member: Profile;
  /** The channels it is to come by and can. */
  readonly via: readonly Channel[];
}

/** Undefined when nothing more is to come by this channel. Safe to be called by several at once. */
export async function bring(ctx: Context, brought: Brought, channel: Channel): Promise<Later | undefined> {
  let instead: string | undefined;
  for (const outlet of await outletsOf(ctx, brought, channel)) {
    const tried: Tried = await tryOutlet(ctx, {
      ...brought,
      outlet,
      instead,
      over: (changes) => conclude(ctx, brought, channel, changes),
    });
    if (tried.kind === "over") return undefined;
    if (tried.kind === "later") return tried;
    instead = insteadFor(outlet.channel, tried.reason);
  }
  await leaveToInbox(ctx, brought, channel, { reason: "no_channel", instead });
  return undefined;
}

async function outletsOf(ctx: Context, { member, kind }: Brought, channel: Channel): Promise<readonly Outlet[]> {
  if (channel !== "chat") return [];
  const accounts = await accountsOf(ctx.store, member.id);
  return chatOutlets(
    ctx,
    channelsFor(member, kind, accounts, (platform) => ctx.messenger.has(platform)),
  );
}

/** Those of the channels that the member can be reached by; chat always leads somewhere, the inbox at last. */
export async function waysOf(_ctx: Context, _member: Profile, via: readonly Channel[]): Promise<readonly Channel[]> {
  return via.filter((channel) => channel === "chat");
}
