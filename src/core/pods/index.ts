// Pods: study groups, who is in them, and where they are at home.
import type { Feature } from "../kernel/house.ts";
import { acceptInvite } from "./accept-invite.ts";
import { announceToPod, sendAnnouncement } from "./announce-to-pod.ts";
import { announcements } from "./announcement.ts";
import { answerRequest } from "./answer-request.ts";
import { bindPod } from "./bind-pod.ts";
import { bindings } from "./binding.ts";
import { channelPosts } from "./channel-post.ts";
import { closeInvite } from "./close-invite.ts";
import { createPod } from "./create-pod.ts";
import {
  podAnnounced,
  podArchived,
  podBound,
  podChanged,
  podCreated,
  podHandedOver,
  podInvited,
  podJoined,
  podLeft,
  podPlaceOpened,
  podPlaceShut,
  podRefused,
  podRequested,
  podUnbound,
} from "./facts.ts";
import { findPods } from "./find-pods.ts";
import { handOverPod } from "./hand-over-pod.ts";
import { invites } from "./invite.ts";
import { inviteToPod } from "./invite-to-pod.ts";
import { joinPod } from "./join-pod.ts";
import { joinRequests } from "./join-request.ts";
import { leavePod } from "./leave-pod.ts";
import { listPodMembers } from "./list-members.ts";
import { memberships } from "./membership.ts";
import { mergeMemberships } from "./merge-memberships.ts";
import { mergeInvites, mergeRequests } from "./merge-requests.ts";
import { podAdmitted, podAnnouncement, podHandover, podInvite, podRequest, podTurnedAway } from "./notify.ts";
import { podPlaceShutNotification } from "./notify-shut.ts";
import { pods as rows } from "./pod.ts";
import { podCard } from "./pod-card.ts";
import { announceInChannels, postAnnouncement } from "./post-announcement.ts";
import { closeBindings, dropBindings, moveBindings, reviveBindings } from "./settle-bindings.ts";
import { showPod } from "./show-pod.ts";
import { sweepChannelPosts } from "./sweep-channel-posts.ts";
import { sweepInvites } from "./sweep-invites.ts";
import { podTexts } from "./texts.ts";
import { unbindPod } from "./unbind-pod.ts";

export const pods: Feature = {
  name: "pods",
  title: podTexts.say("area"),
  collections: [rows, memberships, bindings, invites, joinRequests, announcements, channelPosts],
  actions: [
    createPod,
    findPods,
    showPod,
    joinPod,
    leavePod,
    handOverPod,
    inviteToPod,
    listPodMembers,
    bindPod,
    unbindPod,
    announceToPod,
    sendAnnouncement,
    acceptInvite,
    answerRequest,
  ],
  jobs: [sweepInvites, postAnnouncement, sweepChannelPosts],
  facts: [
    podCreated,
    podJoined,
    podLeft,
    podChanged,
    podHandedOver,
    podArchived,
    podAnnounced,
    podRequested,
    podRefused,
    podInvited,
    podBound,
    podUnbound,
    podPlaceShut,
    podPlaceOpened,
  ],
  listeners: [closeInvite, closeBindings, reviveBindings, moveBindings, dropBindings, announceInChannels],
  cards: [podCard],
  notifications: [
    podInvite,
    podRequest,
    podAdmitted,
    podTurnedAway,
    podHandover,
    podAnnouncement,
    podPlaceShutNotification,
  ],
  merges: [mergeMemberships, mergeRequests, mergeInvites],
};
