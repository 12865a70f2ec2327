// Puts back the turns of events that the queue has lost.
import { z } from "zod";
import { defineJob } from "../kernel/job.ts";
import { putBack } from "../kernel/put-back.ts";
import { atEveryMoment, dueReminders, events } from "./event.ts";
import { turnToMoveOn } from "./move-on.ts";
import { turnToRemind } from "./remind-of-event.ts";

const minute = 60_000;

export const sweepEvents = defineJob({
  name: "event.sweep",
  input: z.object({}),
  every: minute,
  /** What is due by now, the most overdue first. */
  async run(ctx) {
    const now = ctx.clock.now();
    await putBack(
      ctx,
      events,
      { where: { nextReminderAt: { lte: now } }, orderBy: { field: "nextReminderAt" } },
      (event) => turnToRemind(event, dueReminders(atEveryMoment(event), now)[0]!),
    );
    await putBack(
      ctx,
      events,
      { where: { status: "scheduled", startTime: { lte: now } }, orderBy: { field: "startTime" } },
      (event) => turnToMoveOn(event, event.startTime),
    );
    await putBack(
      ctx,
      events,
      { where: { status: "ongoing", endTime: { lte: now } }, orderBy: { field: "endTime" } },
      (event) => turnToMoveOn(event, event.endTime),
    );
  },
});
