// What happens to calendars.
import { z } from "zod";
import { defineFact } from "../kernel/fact.ts";

/** The right to list events in a space's own calendar is missing; `pod` is one whose event was to be listed there. */
export const calendarShut = defineFact(
  "calendar.shut",
  z.object({ platform: z.string(), space: z.string(), pod: z.string() }),
);
