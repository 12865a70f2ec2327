// What happens to calendars.
import { z } from "zod";
import { defineFact } from "../kernel/fact.ts";
import { just } from "../plain-shapes.ts";
import { CalendarShut } from "../spaces/read.ts";

/** Events can't be listed in a space's own calendar; `pod` is one whose event was to be listed there. */
export const calendarShut = defineFact(
  "calendar.shut",
  z.object({ platform: just.string, space: just.string, pod: just.string, why: CalendarShut.optional() }),
);
