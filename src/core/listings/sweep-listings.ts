// Looks after calendars now and then: what was refused, lost or changed where nobody told is made up for.
import { z } from "zod";
import { defineJob } from "../kernel/job.ts";
import { pages } from "../kernel/pages.ts";
import { just } from "../plain-shapes.ts";
import type { JobRequest } from "../ports/queue.ts";
import { spaces } from "../spaces/read.ts";
import { type CalendarPlace, eventListings } from "./listing.ts";
import { settleSpace } from "./settle-calendars.ts";

const hour = 3600_000;
const mostPages = 20;

export const settleCalendar = defineJob({
  name: "calendar.settle",
  input: z.object({ platform: just.string, space: just.string }),
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
    for await (const on of pages(store, spaces, { where: { calendar: true }, limit: 500 }, mostPages))
      await queue.enqueue(turnsFor(on.map(({ platform, externalId: space }) => ({ platform, space }))));
    for await (const listed of pages(store, eventListings, { limit: 500 }, mostPages))
      await queue.enqueue(turnsFor(listed));
  },
});
