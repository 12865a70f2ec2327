// What happens to members.
import { z } from "zod";
import { defineFact } from "../kernel/fact.ts";

export const memberJoined = defineFact("member.joined", z.object({ member: z.string(), platform: z.string() }));
/** Two members turned out to be one: what `merged` has becomes `kept`'s. */
export const membersMerged = defineFact("members.merged", z.object({ kept: z.string(), merged: z.string() }));
