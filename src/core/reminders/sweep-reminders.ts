// Puts back the turns of reminders that the queue has lost.
import { z } from "zod";
import { defineJob } from "../kernel/job.ts";
import { putBack } from "../kernel/put-back.ts";
import { reminders } from "./reminder.ts";
import { ringing } from "./ring-reminder.ts";

const minute = 60_000;
const ahead = 2 * minute;

export const sweepReminders = defineJob({
  name: "reminder.sweep",
  input: z.object({}),
  every: minute,
  /** Looks at what is due until the next sweep but one, the most overdue first. */
  async run(ctx) {
    const where = { status: "pending", dueAt: { lte: ctx.clock.now() + ahead } } as const;
    await putBack(ctx, reminders, { where, orderBy: { field: "dueAt" } }, (reminder) => ringing(reminder));
  },
});
