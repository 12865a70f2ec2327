// Two members who turned out to be one and were both in a pod: one membership is left, with the higher role.
import { increment, patch, remove } from "../kernel/change.ts";
import type { MergeRule } from "../kernel/house.ts";
import { podChanged } from "./facts.ts";
import { memberships } from "./membership.ts";
import { pods } from "./pod.ts";
import { higher } from "./pod-role.ts";

export const mergeMemberships: MergeRule<typeof memberships> = {
  of: memberships,
  /** Both at the revision that was read: the one that is gone is counted out once. */
  clash: (ctx, kept, merged) =>
    ctx.store.commit([
      patch(memberships, kept, {
        role: higher(kept.role, merged.role),
        joinedAt: Math.min(kept.joinedAt, merged.joinedAt),
      }),
      patch(memberships, merged, { role: "member" }),
      remove(memberships, merged.id),
      increment(pods, kept.podId, "membersCount", -1, { min: 1 }),
      podChanged(ctx, { subject: kept.podId }),
    ]),
};
