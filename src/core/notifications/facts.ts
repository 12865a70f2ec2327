// What happens to the ways by which members are told things.
import { z } from "zod";
import { defineFact } from "../kernel/fact.ts";
import { just } from "../plain-shapes.ts";

/** Direct messages to an account are refused from now on. */
export const channelClosed = defineFact(
  "channel.closed",
  z.object({ member: just.string, account: just.string, platform: just.string }),
);
