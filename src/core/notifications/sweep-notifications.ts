// Puts back the turns of notifications that the queue has lost.
import { z } from "zod";
import { defineJob } from "../kernel/job.ts";
import { putBack } from "../kernel/put-back.ts";
import { notifications } from "./notification.ts";
import { turnFor } from "./turn.ts";

const minute = 60_000;

export const sweepNotifications = defineJob({
  name: "notification.sweep",
  input: z.object({}),
  every: 5 * minute,
  /** Those that should have come five minutes ago, the longest first. */
  async run(ctx) {
    const where = { dueAt: { lte: ctx.clock.now() - 5 * minute } };
    await putBack(ctx, notifications, { where, orderBy: { field: "dueAt" } }, (row) =>
      turnFor(row, ctx.house.notifications.get(row.type)),
    );
  },
});
