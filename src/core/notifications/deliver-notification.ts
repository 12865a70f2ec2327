// Gives a notification its turn: by every channel it is to come by, and in its place in the line of the member's chat.
import { z } from "zod";
import { passes } from "../errors.ts";
import type { Context } from "../kernel/house.ts";
import { defineJob } from "../kernel/job.ts";
import { type Profile, profiles } from "../members/read.ts";
import { just } from "../plain-shapes.ts";
import { type Brought, bring, waysOf } from "./bring.ts";
import { leaveToInbox } from "./conclude.ts";
import type { Later } from "./delivery.ts";
import { inLine } from "./line.ts";
import { mayGo } from "./may-go.ts";
import { type Notification, notifications, openChannels } from "./notification.ts";
import { waits } from "./patience.ts";
import { deliverRequest } from "./turn.ts";

export const deliverNotification = defineJob({
  name: "notification.deliver",
  input: z.object({ notification: just.string }),
  /** Of turns that failed by themselves, the store's failures above all; what an app refuses waits on its row. */
  retry: waits,
  /** Does nothing for one that was delivered. The last try gives up rather than fail: the inbox has it. */
  async run(ctx, { notification: id }, { attempt }) {
    const told = await ctx.store.get(notifications, id);
    if (told?.dueAt === undefined) return;
    try {
      await deliver(ctx, told);
    } catch (error) {
      if (attempt <= waits.length) throw error;
      ctx.log.warn({ notification: id, type: told.type }, "a notification is left to the inbox", error);
      await abandon(ctx, told, "gave_up");
    }
  },
});

async function deliver(ctx: Context, told: Notification): Promise<void> {
  const brought = await ready(ctx, told);
  if (!brought) return;
  const waiting = await Promise.allSettled(
    openChannels({ via: brought.via, done: told.done }).map((channel) =>
      channel === "chat" ? byChat(ctx, brought) : bring(ctx, brought, channel),
    ),
  );
  const at = waiting.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value.at] : []));
  if (at.length) await turnAt(ctx, told, Math.min(...at));
  for (const one of waiting) if (one.status === "rejected") throw one.reason;
}

/** Undefined when it may not go now, or there is nobody to tell or nothing to say any more. */
async function ready(ctx: Context, told: Notification): Promise<Brought | undefined> {
  if (!(await mayGo(ctx, told))) return undefined;
  const kind = ctx.house.notifications.get(told.type);
  const member = await memberNow(ctx, told.memberId);
  const via = member ? await waysOf(ctx, member, told.via) : [];
  if (kind && member && via.length) return { told, kind, member, via };
  await abandon(ctx, told, kind ? (member ? "no_channel" : "no_member") : "no_kind");
  return undefined;
}

/** Merged members live on as the one they became. */
async function memberNow({ store }: Context, id: string): Promise<Profile | undefined> {
  const member = await store.get(profiles, id);
  return member?.mergedInto ? store.get(profiles, member.mergedInto) : member;
}

const turnAt = (ctx: Context, { id }: Notification, at: number): Promise<void> =>
  ctx.queue.enqueue([deliverRequest({ id, dueAt: at }, undefined, ctx.correlation)]);

async function abandon(ctx: Context, told: Notification, reason: string): Promise<void> {
  const [first = "chat"] = openChannels(told);
  await leaveToInbox(ctx, { told, via: [first] }, first, { reason });
}

/** In its place in the line; one in front of it that can't be brought at all holds up nobody. */
const byChat = (ctx: Context, own: Brought): Promise<Later | undefined> =>
  inLine(ctx, own.told, {
    turnAt: (told, at) => turnAt(ctx, told, at),
    async bring(told) {
      if (told.id === own.told.id) return bring(ctx, own, "chat");
      try {
        const brought = await ready(ctx, told);
        return brought && (await bring(ctx, brought, "chat"));
      } catch (error) {
        if (passes(error)) throw error;
        ctx.log.warn({ notification: told.id, type: told.type }, "a notification beside another failed", error);
        return undefined;
      }
    },
  });
