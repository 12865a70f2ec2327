// Puts back the turns of events that the queue has lost: the rows are what counts.
import { z } from "zod";
import type { Context } from "../kernel/house.ts";
import { defineJob } from "../kernel/job.ts";
import type { JobRequest } from "../ports/queue.ts";
import type { Query } from "../ports/store.ts";
import { atEveryMoment, dueReminders, type EventRow, events } from "./event.ts";
import { turnToMoveOn } from "./move-on.ts";
import { turnToRemind } from "./remind-of-event.ts";

const minute = 60_000;
const mostPages = 20;

export const sweepEvents = defineJob({
  name: "event.sweep",
  input: z.object({}),
  every: minute,
  /** What is due by now, the most overdue first, 10 000 of each kind at most. */
  async run(ctx) {
    const now = ctx.clock.now();
    await putBack(ctx, { where: { nextReminderAt: { lte: now } }, orderBy: { field: "nextReminderAt" } }, (event) =>
      turnToRemind(event, dueReminders(atEveryMoment(event), now)[0]!),
    );
    await putBack(
      ctx,
      { where: { status: "scheduled", startTime: { lte: now } }, orderBy: { field: "startTime" } },
      (event) => turnToMoveOn(event, event.startTime),
    );
    await putBack(
      ctx,
      { where: { status: "ongoing", endTime: { lte: now } }, orderBy: { field: "endTime" } },
      (event) => turnToMoveOn(event, event.endTime),
    );
  },
});

async function putBack(
  { store, queue }: Context,
  query: Omit<Query<typeof events>, "limit">,
  turnOf: (event: EventRow) => JobRequest,
): Promise<void> {
  let after: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const found = await store.find(events, { ...query, limit: 500, after });
    if (found.rows.length) await queue.enqueue(found.rows.map(turnOf));
    after = found.next;
    if (!after) return;
  }
}
