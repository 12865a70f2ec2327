// Gives a reminder another time, whether it has rung or not.
import { AppError } from "../errors.ts";
import { patch, untilSettled } from "../kernel/change.ts";
import type { ActionContext } from "../kernel/house.ts";
import { type Reminder, reminders } from "./reminder.ts";
import { keyOf, ringing } from "./ring-reminder.ts";
import { withFreeSlot } from "./take-slot.ts";
import { reminderTexts } from "./texts.ts";

/** @throws AppError `conflict` when it was cancelled, or has rung and fifty others are open. */
export async function reopenReminder(
  ctx: Pick<ActionContext, "store" | "queue" | "secrets" | "correlation">,
  id: string,
  timeOf: (reminder: Reminder) => Pick<Reminder, "dueAt" | "zone">,
): Promise<Reminder> {
  const [before, after] = await untilSettled(async () => {
    const reminder = await ctx.store.get(reminders, id);
    if (!reminder) throw new AppError("not_found", reminderTexts.say("notFound"));
    if (reminder.status === "cancelled") throw new AppError("conflict", reminderTexts.say("wasCancelled"));
    const set = { ...timeOf(reminder), status: "pending" as const };
    const write = (slot: number | undefined) => ctx.store.commit([patch(reminders, reminder, { ...set, slot })]);
    await (reminder.status === "pending" ? write(reminder.slot) : withFreeSlot(ctx, reminder.memberId, write));
    return [reminder, { ...reminder, ...set }];
  });
  await ctx.queue.enqueue([ringing(after, ctx.correlation)]);
  if (before.dueAt !== after.dueAt) await ctx.queue.cancel(keyOf(before));
  return after;
}
