// Messages in a place that ask somebody to open a private chat: one to a person and place, taken away once they have.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";

export const asksToOpen = collection(
  "asks_to_open",
  z.object({
    /** The account, as "platform:workspace:user". */
    person: z.string(),
    channel: z.string(),
    thread: z.string().optional(),
    message: z.string(),
    at: z.int(),
  }),
  { unique: [["person", "channel"]], indexes: [["at"]] },
);
