// Puts back the turns of reminders that the queue has lost: the rows are what counts.
import { z } from "zod";
import { defineJob } from "../kernel/job.ts";
import { reminders } from "./reminder.ts";
import { ringing } from "./ring-reminder.ts";

const minute = 60_000;
const ahead = 2 * minute;
const mostPages = 20;

export const sweepReminders = defineJob({
  name: "reminder.sweep",
  input: z.object({}),
  every: minute,
  /** Looks at what is due until the next sweep but one, the most overdue first, 10 000 at most. */
  async run({ store, queue, clock }) {
    const where = { status: "pending", dueAt: { lte: clock.now() + ahead } } as const;
    let after: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const found = await store.find(reminders, { where, orderBy: { field: "dueAt" }, limit: 500, after });
      if (found.rows.length) await queue.enqueue(found.rows.map((reminder) => ringing(reminder)));
      after = found.next;
      if (!after) return;
    }
  },
});
