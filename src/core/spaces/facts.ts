// What happens to spaces. `space` and `channel` are the platform's ids.
import { z } from "zod";
import { defineFact } from "../kernel/fact.ts";

const where = { platform: z.string(), space: z.string(), channel: z.string() };

export const spaceJoined = defineFact("space.joined", z.object({ ...where, by: z.string().optional() }));
export const spaceLeft = defineFact("space.left", z.object(where));
/** It was set up differently. */
export const spaceChanged = defineFact("space.changed", z.object(where));
/** The channel `channel` goes by the id `to` from now on; `behind`: its messages do not. */
export const spaceMoved = defineFact(
  "space.moved",
  z.object({ ...where, to: z.string(), behind: z.boolean().default(false) }),
);
