// A new event asks for its turns: its reminders, its beginning and its end.
import { on } from "../kernel/fact.ts";
import { atEveryMoment, events, reminderAt } from "./event.ts";
import { eventCreated } from "./facts.ts";
import { turnToMoveOn } from "./move-on.ts";
import { turnToRemind } from "./remind-of-event.ts";

export const planTurns = on(eventCreated, "plan-turns-of-event", async (ctx, { subject }) => {
  const event = await ctx.store.get(events, subject);
  if (!event || event.status === "cancelled") return;
  const { nextReminderAt = Number.POSITIVE_INFINITY, reminderOffsets, startTime, endTime } = atEveryMoment(event);
  const left = reminderOffsets.filter((offset) => reminderAt(startTime, offset) >= nextReminderAt);
  await ctx.queue.enqueue([
    ...left.map((offset) => turnToRemind(event, offset, ctx.correlation)),
    turnToMoveOn(event, startTime, ctx.correlation),
    turnToMoveOn(event, endTime, ctx.correlation),
  ]);
});
