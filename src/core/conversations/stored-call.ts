// Calls behind buttons that do not fit a platform's id. The button carries the row's id, which cannot be guessed.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";

export const storedCalls = collection(
  "stored_calls",
  z.object({ action: z.string(), input: z.record(z.string(), z.unknown()), at: z.number().int() }),
  { indexes: [["at"]] },
);
