// Answers that wait for their reader to open a private chat: what was done is shown then, and not done again.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { just } from "../plain-shapes.ts";
import { KeptPlace } from "./kept-place.ts";

export const keptViews = collection(
  "kept_views",
  z.object({
    /** Whom it is for; nobody else is shown it. */
    memberId: just.string,
    /** The view as data, worded when it is shown. */
    view: z.record(just.string, z.unknown()),
    /** Where it was asked for. */
    place: KeptPlace.optional(),
    at: just.int,
  }),
  { indexes: [["at"], ["memberId"]], members: ["memberId"] },
);
