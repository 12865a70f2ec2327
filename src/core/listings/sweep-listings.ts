// Looks after calendars now and then: what was refused, lost or changed where nobody told is made up for.
import { z } from "zod";
import { defineJob } from "../kernel/job.ts";
import type { JobRequest } from "../ports/queue.ts";
import { spaces } from "../spaces/read.ts";
import { type CalendarPlace, eventListings } from "./listing.ts";
import { settleSpace } from "./settle-calendars.ts";

const hour = 3600_000;
const mostPages = 20;

export const settleCalendar = defineJob({
  name: "calendar.settle",
  input: z.object({ platform: z.string(), space: z.string() }),
  run: (ctx, spot) => settleSpace(ctx, spot),
});

/** One turn for each calendar. */
function turnsFor(spots: readonly CalendarPlace[]): readonly JobRequest[] {
  const turns = spots.map(({ platform, space }): [string, JobRequest] => {
    const key = `calendar.settle:${platform}:${space}`;
    return [key, settleCalendar.request({ platform, space }, { key })];
  });
  return [...new Map(turns).values()];
}

export const sweepCalendars = defineJob({
  name: "calendar.sweep",
  input: z.object({}),
  every: hour,
  /** Every calendar that is on, and every one that still lists something; 10 000 of each at most. */
  async run({ store, queue }) {
    for (let after: string | undefined, page = 0; page < mostPages; page++) {
      const on = await store.find(spaces, { where: { calendar: true }, limit: 500, after });
      await queue.enqueue(turnsFor(on.rows.map(({ platform, externalId: space }) => ({ platform, space }))));
      after = on.next;
      if (!after) break;
    }
    for (let after: string | undefined, page = 0; page < mostPages; page++) {
      const listed = await store.find(eventListings, { limit: 500, after });
      await queue.enqueue(turnsFor(listed.rows));
      after = listed.next;
      if (!after) break;
    }
  },
});
