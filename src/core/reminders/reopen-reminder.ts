// Gives a reminder another time, whether it has rung or not.
import { AppError } from "../errors.ts";
import { fromSeen, patch } from "../kernel/change.ts";
import type { ActionContext } from "../kernel/house.ts";
import { commitWithTurns } from "../kernel/turns.ts";
import { type Reminder, reminders } from "./reminder.ts";
import { keyOf, ringing } from "./ring-reminder.ts";
import { withFreeSlot } from "./take-slot.ts";
import { reminderTexts } from "./texts.ts";

/** @throws AppError `conflict` when it was cancelled, or has rung and fifty others are open. */
export async function reopenReminder(
  ctx: Pick<ActionContext, "store" | "queue" | "log" | "secrets" | "correlation">,
  seen: Reminder,
  timeOf: (reminder: Reminder) => Pick<Reminder, "dueAt" | "zone">,
): Promise<Reminder> {
  return fromSeen(ctx.store, reminders, seen, async (reminder) => {
    if (reminder.status === "cancelled") throw new AppError("conflict", reminderTexts.say("wasCancelled"));
    const set = { ...timeOf(reminder), status: "pending" as const };
    const pending = reminder.status === "pending";
    const [before, after] = [keyOf(reminder), ringing({ ...reminder, ...set }, ctx.correlation)];
    const turns = { given: [after], takenBack: pending && before !== after.key ? [before] : [] };
    const write = (slot: number | undefined) =>
      commitWithTurns(ctx, [patch(reminders, reminder, { ...set, slot })], turns);
    await (pending ? write(reminder.slot) : withFreeSlot(ctx, reminder.memberId, write));
    return { ...reminder, ...set };
  });
}
