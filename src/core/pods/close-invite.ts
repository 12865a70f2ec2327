// Whoever came into a pod by another way needs their personal invitation no more.
import { patch, untilSettled } from "../kernel/change.ts";
import { on } from "../kernel/fact.ts";
import { podJoined } from "./facts.ts";
import { invites } from "./invite.ts";
import { membershipOf } from "./membership.ts";

/** Heard late, after they have left again, it leaves alone what may be a new one. */
export const closeInvite = on(podJoined, "close-invite", ({ store }, { subject: podId, member: memberId }) =>
  untilSettled(async () => {
    const invite = await store.getBy(invites, { podId, memberId });
    if (!invite?.usesLeft || !(await membershipOf(store, podId, memberId))) return;
    await store.commit([patch(invites, invite, { usesLeft: 0 })]);
  }),
);
