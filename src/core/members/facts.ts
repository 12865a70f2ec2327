// What happens to members.
import { z } from "zod";
import { defineFact } from "../kernel/fact.ts";

export const memberJoined = defineFact("member.joined", z.object({ member: z.string(), platform: z.string() }));
/** What is to reach them waits by another clock or other choices than it did: they have moved, or have become one with another. */
export const memberMoved = defineFact("member.moved", z.object({ member: z.string() }));
/** Two members turned out to be one: what `merged` has becomes `kept`'s; `accounts` (ids) are those that came over. */
export const membersMerged = defineFact(
  "members.merged",
  z.object({ kept: z.string(), merged: z.string(), accounts: z.array(z.string()).default([]) }),
);
/** An account was taken off its member: it is nobody's until it is used again. */
export const accountUnlinked = defineFact(
  "account.unlinked",
  z.object({ member: z.string(), platform: z.string(), workspace: z.string(), userId: z.string() }),
);
