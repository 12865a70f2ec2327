// Puts back the turns of notifications that the queue has lost, and forgets mailed codes that count no more.
import { z } from "zod";
import { defineJob } from "../kernel/job.ts";
import { removeAll } from "../kernel/pages.ts";
import { putBack } from "../kernel/put-back.ts";
import { countedFor, mailedCodes } from "./mail-address.ts";
import { notifications } from "./notification.ts";
import { turnFor } from "./turn.ts";

const minute = 60_000;

export const sweepNotifications = defineJob({
  name: "notification.sweep",
  input: z.object({}),
  every: 5 * minute,
  /** Turns that should have come five minutes ago, the longest first. */
  async run(ctx) {
    const now = ctx.clock.now();
    const where = { dueAt: { lte: now - 5 * minute } };
    await putBack(ctx, notifications, { where, orderBy: { field: "dueAt" } }, (row) =>
      turnFor(row, ctx.house.notifications.get(row.type)),
    );
    const over = { since: { lte: now - countedFor } };
    await removeAll(ctx.store, mailedCodes, { where: over, orderBy: { field: "since" } });
  },
});
