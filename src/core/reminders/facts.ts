// What happens to reminders.
import { z } from "zod";
import { defineFact } from "../kernel/fact.ts";

/** Its time has come. `dueAt` and `at` (when it rang) are epoch milliseconds. */
export const reminderRang = defineFact(
  "reminder.rang",
  z.object({ reminder: z.string(), dueAt: z.int(), at: z.int() }),
);
