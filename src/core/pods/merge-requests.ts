// Two members who asked to come into the same pod, or were asked into it, turn out to be one: what is still open stands.
import { patch, remove } from "../kernel/change.ts";
import type { MergeRule } from "../kernel/house.ts";
import { invites, isOpen } from "./invite.ts";
import { joinRequests } from "./join-request.ts";

/** Rows keep their ids: the buttons that answer them go on working. */
export const mergeRequests: MergeRule<typeof joinRequests> = {
  of: joinRequests,
  clash: ({ store }, kept, merged) =>
    kept.status === "refused" && merged.status !== "refused"
      ? store.commit([remove(joinRequests, kept), patch(joinRequests, merged, { memberId: kept.memberId })])
      : store.commit([remove(joinRequests, merged)]),
};

export const mergeInvites: MergeRule<typeof invites> = {
  of: invites,
  clash: ({ store, clock }, kept, merged) =>
    isOpen(merged, clock.now()) && !isOpen(kept, clock.now())
      ? store.commit([remove(invites, kept), patch(invites, merged, { memberId: kept.memberId })])
      : store.commit([remove(invites, merged)]),
};
