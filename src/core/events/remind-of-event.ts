// Before an event those who come are reminded: each reminder is stated once, whoever gets its turn.
import { z } from "zod";
import { patch, untilSettled } from "../kernel/change.ts";
import { defineJob } from "../kernel/job.ts";
import { just } from "../plain-shapes.ts";
import { atEveryMoment, dueReminders, type EventRow, events, nextReminder, reminderAt, stateOf } from "./event.ts";
import { eventComesUp } from "./facts.ts";

export const remindOfEvent = defineJob({
  name: "event.remind",
  input: z.object({ event: just.string, offset: just.int, startTime: just.int }),
  /**
   * A turn for an event that is cancelled or over, that starts at another time, or whose reminder was stated, does
   * nothing. The fact and the step to the next reminder are one commit at the event's revision. A turn that comes too
   * early (the clock was set back) is left to the sweep.
   */
  run: (ctx, { event: id, startTime }) =>
    untilSettled(async () => {
      const event = await ctx.store.get(events, id);
      if (!event || event.startTime !== startTime) return;
      const at = ctx.clock.now();
      if (!["scheduled", "ongoing"].includes(stateOf(event, at))) return;
      const timed = atEveryMoment(event);
      const [offset, ...others] = dueReminders(timed, at);
      if (offset === undefined) return;
      await ctx.store.commit([
        patch(events, event, { nextReminderAt: nextReminder(timed, at) }),
        eventComesUp(ctx, { subject: id, offset, others, startTime, at }),
      ]);
    }),
});

export const turnToRemind = (
  { id, startTime }: Pick<EventRow, "id" | "startTime">,
  offset: number,
  correlation?: string,
) =>
  remindOfEvent.request(
    { event: id, offset, startTime },
    { key: `event.remind:${id}:${offset}:${startTime}`, runAt: reminderAt(startTime, offset), correlation },
  );
