// Messages in a place that ask somebody to open a private chat: one to a person and place, taken away once they have.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { just, maybe } from "../plain-shapes.ts";

export const asksToOpen = collection(
  "asks_to_open",
  z.object({
    /** The account, as "platform:workspace:user". */
    person: just.string,
    channel: just.string,
    thread: maybe.string,
    message: just.string,
    at: just.int,
  }),
  { unique: [["person", "channel"]], indexes: [["at"]] },
);
