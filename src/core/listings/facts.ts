// What happens to calendars.
import { z } from "zod";
import { defineFact } from "../kernel/fact.ts";
import { CalendarShut } from "../spaces/read.ts";

/** Events can't be listed in a space's own calendar; `pod` is one whose event was to be listed there. */
export const calendarShut = defineFact(
  "calendar.shut",
  z.object({ platform: z.string(), space: z.string(), pod: z.string(), why: CalendarShut.optional() }),
);
