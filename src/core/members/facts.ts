// What happens to members.
import { z } from "zod";
import { defineFact } from "../kernel/fact.ts";
import { just } from "../plain-shapes.ts";

export const memberJoined = defineFact("member.joined", z.object({ member: just.string, platform: just.string }));
/** What is to reach them waits by another clock or other choices than it did: they have moved, or have become one with another. */
export const memberMoved = defineFact("member.moved", z.object({ member: just.string }));
/** Two members turned out to be one: what `merged` has becomes `kept`'s; `accounts` (ids) are those that came over. */
export const membersMerged = defineFact(
  "members.merged",
  z.object({ kept: just.string, merged: just.string, accounts: z.array(just.string).default([]) }),
);
/** An account was taken off its member: it is nobody's until it is used again. */
export const accountUnlinked = defineFact(
  "account.unlinked",
  z.object({ member: just.string, platform: just.string, workspace: just.string, userId: just.string }),
);
