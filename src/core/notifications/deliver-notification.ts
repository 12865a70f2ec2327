// Brings one notification to its member by the first channel that takes it.
import { z } from "zod";
import { insert, patch } from "../kernel/change.ts";
import type { AnyNotificationKind, Context } from "../kernel/house.ts";
import { defineJob } from "../kernel/job.ts";
import { accountsOf, type Profile, profiles } from "../members/read.ts";
import { channelsFor } from "./channels-for.ts";
import { deliveries } from "./delivery.ts";
import { mayGo } from "./may-go.ts";
import { type Notification, notifications } from "./notification.ts";
import { tryChannel } from "./try-channel.ts";
import { deliverRequest } from "./turn.ts";

const minute = 60_000;
const waits = [5_000, 30_000, 2 * minute, 10 * minute, 30 * minute, 120 * minute] as const;

export const deliverNotification = defineJob({
  name: "notification.deliver",
  input: z.object({ notification: z.string() }),
  retry: waits,
  /** Does nothing for one that was delivered. The last try gives up rather than fail: the inbox has it. */
  async run(ctx, { notification: id }, { attempt }) {
    const told = await ctx.store.get(notifications, id);
    if (told?.dueAt === undefined || !(await mayGo(ctx, told))) return;
    const lastTry = attempt > waits.length;
    try {
      await deliver(ctx, told, lastTry);
    } catch (error) {
      if (!lastTry) throw error;
      ctx.log.warn({ notification: id, type: told.type }, "a notification is left to the inbox", error);
      await leaveToInbox(ctx, told, "gave_up");
    }
  },
});

async function deliver(ctx: Context, told: Notification, lastTry: boolean): Promise<void> {
  const kind: AnyNotificationKind | undefined = ctx.house.notifications.get(told.type);
  const member = await memberNow(ctx, told.memberId);
  if (!kind || !member) return leaveToInbox(ctx, told, kind ? "no_member" : "no_kind");
  const accounts = await accountsOf(ctx.store, member.id);
  const has = (platform: string) => ctx.messenger.has(platform);
  for (const account of channelsFor(member, kind, accounts, has)) {
    const tried = await tryChannel(ctx, { told, kind, member, account, lastTry });
    if (tried.kind === "over") return;
    if (tried.kind === "elsewhere") return takeUpLater(ctx, told, tried.until);
  }
  await leaveToInbox(ctx, told, "no_channel");
}

/** Merged members live on as the one they became. */
async function memberNow({ store }: Context, id: string): Promise<Profile | undefined> {
  const member = await store.get(profiles, id);
  return member?.mergedInto ? store.get(profiles, member.mergedInto) : member;
}

/** Somebody else is sending it. Should they die, it is settled when their lease has run out. */
const takeUpLater = (ctx: Context, told: Notification, until: number): Promise<void> => {
  const request = deliverRequest(told, undefined, ctx.correlation);
  return ctx.queue.enqueue([{ ...request, key: `${request.key}:${until}`, runAt: until }]);
};

async function leaveToInbox({ store, secrets }: Context, told: Notification, reason: string): Promise<void> {
  const known = await store.getBy(deliveries, { notificationId: told.id, channel: "direct" });
  const row = { id: secrets.id(), notificationId: told.id, memberId: told.memberId, channel: "direct" };
  await store.commit([
    patch(notifications, told.id, { dueAt: undefined }),
    ...(known ? [] : [insert(deliveries, { ...row, status: "suppressed", reason })]),
  ]);
}
