// What pods offer to other features.
export { type AtHome, podsAtHome } from "./at-home.ts";
export { bindPod } from "./bind-pod.ts";
export { addressOf, type Binding, bindingAt, bindings, bindingsOf, homesOf, isAt, readerThere } from "./binding.ts";
export { postEverywhere, postIn } from "./channel-post.ts";
export { createPod } from "./create-pod.ts";
export { findPods } from "./find-pods.ts";
export { join, outsideView } from "./join-pod.ts";
export { memberCalled } from "./member-called.ts";
export { memberNameRef } from "./member-ref.ts";
export {
  type Membership,
  membershipOf,
  memberships,
  ownerIdsOf,
  podMemberIds,
  podsOf,
  requireMember,
  requireRole,
} from "./membership.ts";
export { type Outside, outsideOf, ownPodHere, wayInView } from "./outside.ts";
export { placeName, placeNames } from "./place-name.ts";
export { type Pod, pods } from "./pod.ts";
export { podHere, whichPod } from "./pod-here.ts";
export { maySee, ownPodRef, podRef } from "./pod-ref.ts";
export type { PodRole } from "./pod-role.ts";
export { channelPost } from "./post-in-channel.ts";
export { showPod } from "./show-pod.ts";
