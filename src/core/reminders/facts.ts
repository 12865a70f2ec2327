// What happens to reminders.
import { z } from "zod";
import { defineFact } from "../kernel/fact.ts";
import { just } from "../plain-shapes.ts";

/** Its time has come. `dueAt` and `at` (when it rang) are epoch milliseconds. */
export const reminderRang = defineFact(
  "reminder.rang",
  z.object({ reminder: just.string, dueAt: just.int, at: just.int }),
);
