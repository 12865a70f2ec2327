// The shapes that most fields have, each made once: one more costs every start some 7 µs and 1 KB, and there are hundreds.
import { z } from "zod";

export const just = { string: z.string(), int: z.int(), boolean: z.boolean() };

/** Or absent. */
export const maybe = { string: just.string.optional(), int: just.int.optional(), boolean: just.boolean.optional() };
