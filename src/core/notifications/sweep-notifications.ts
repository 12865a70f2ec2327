// Puts back the turns of notifications that the queue has lost: the rows are what counts.
import { z } from "zod";
import { defineJob } from "../kernel/job.ts";
import { notifications } from "./notification.ts";
import { turnFor } from "./turn.ts";

const minute = 60_000;
const mostPages = 20;

export const sweepNotifications = defineJob({
  name: "notification.sweep",
  input: z.object({}),
  every: 5 * minute,
  /** Those that should have come five minutes ago, the longest first, 10 000 at most. */
  async run({ store, queue, clock, house }) {
    const where = { dueAt: { lte: clock.now() - 5 * minute } };
    let after: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const found = await store.find(notifications, { where, orderBy: { field: "dueAt" }, limit: 500, after });
      const turns = found.rows.map((row) => turnFor(row, house.notifications.get(row.type)));
      if (turns.length) await queue.enqueue(turns);
      after = found.next;
      if (!after) return;
    }
  },
});
