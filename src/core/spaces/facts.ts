// What happens to spaces. `space` and `channel` are the platform's ids.
import { z } from "zod";
import { defineFact } from "../kernel/fact.ts";
import { just, maybe } from "../plain-shapes.ts";

const where = { platform: just.string, space: just.string, channel: just.string };

export const spaceJoined = defineFact("space.joined", z.object({ ...where, by: maybe.string }));
export const spaceLeft = defineFact("space.left", z.object(where));
/** It was set up differently. */
export const spaceChanged = defineFact("space.changed", z.object(where));
/** The channel `channel` goes by the id `to` from now on; `behind`: its messages do not. */
export const spaceMoved = defineFact(
  "space.moved",
  z.object({ ...where, to: just.string, behind: just.boolean.default(false) }),
);
