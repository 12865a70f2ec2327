// Calls behind buttons that do not fit a platform's id, and behind links. They carry the row's id, which cannot be guessed.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { just } from "../plain-shapes.ts";
import { KeptPlace } from "./kept-place.ts";

export const storedCalls = collection(
  "stored_calls",
  z.object({
    action: just.string,
    input: z.record(just.string, z.unknown()),
    /** Where it was made, if that goes on to matter. */
    place: KeptPlace.optional(),
    at: just.int,
  }),
  { indexes: [["at"]] },
);
