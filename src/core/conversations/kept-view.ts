// Answers that wait for their reader to open a private chat: what was done is shown then, and not done again.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { KeptPlace } from "./kept-place.ts";

export const keptViews = collection(
  "kept_views",
  z.object({
    /** Whom it is for; nobody else is shown it. */
    memberId: z.string(),
    /** The view as data, worded when it is shown. */
    view: z.record(z.string(), z.unknown()),
    /** Where it was asked for. */
    place: KeptPlace.optional(),
    at: z.int(),
  }),
  { indexes: [["at"], ["memberId"]], members: ["memberId"] },
);
