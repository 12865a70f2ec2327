// Whom pods tell what: an invitation, somebody who asks to come in, the answer.
import { button } from "../kernel/action.ts";
import type { Context, NotificationKind } from "../kernel/house.ts";
import { profiles } from "../members/read.ts";
import { acceptInvite } from "./accept-invite.ts";
import { announcements } from "./announcement.ts";
import { announcementTexts } from "./announcement-texts.ts";
import { answerRequest } from "./answer-request.ts";
import { podAnnounced, podHandedOver, podInvited, podJoined, podRefused, podRequested } from "./facts.ts";
import { invites, isOpen } from "./invite.ts";
import { joinRequests } from "./join-request.ts";
import { listPodMembers } from "./list-members.ts";
import { memberships, podMemberIds } from "./membership.ts";
import { pods } from "./pod.ts";
import { showPod } from "./show-pod.ts";
import { podTexts } from "./texts.ts";

interface Told {
  readonly [key: string]: unknown;
  readonly pod: string;
  readonly podName: string;
  /** The name of the one it is about. */
  readonly name: string;
}

/** What every one of them says; undefined once the pod is gone. */
async function told({ store }: Context, podId: string, memberId: string): Promise<Told | undefined> {
  const [pod, profile] = await Promise.all([store.get(pods, podId), store.get(profiles, memberId)]);
  return pod?.isActive ? { pod: podId, podName: pod.name, name: profile?.displayName ?? "…" } : undefined;
}

/** For those who tell its members alone. */
const inPod = { podOf: ({ pod }: Told) => pod };

interface ToldInvite extends Told {
  readonly invite: string;
  /** Not kept with what was told long ago. */
  readonly expiresAt?: number;
}

export const podInvite: NotificationKind<typeof podInvited.payload, ToldInvite> = {
  type: "pod_invite",
  group: "pods",
  urgency: "plain",
  late: "tell",
  pastAt: ({ expiresAt }) => expiresAt,
  async stillTrue({ store, clock }, { invite: id }) {
    const invite = await store.get(invites, id);
    return invite !== undefined && isOpen(invite, clock.now());
  },
  fact: podInvited,
  async prepare(ctx, { subject, invite: id, member, by }) {
    const invite = await ctx.store.get(invites, id);
    if (!invite || !isOpen(invite, ctx.clock.now())) return undefined;
    const said = await told(ctx, subject, by);
    return said && { to: [member], data: { ...said, invite: id, expiresAt: invite.expiresAt }, by };
  },
  view({ podName, name, invite }, reader) {
    const t = podTexts(reader);
    return {
      title: t.inviteTitle(podName),
      body: [{ paragraph: t.invitesYou({ pod: podName, name }) }],
      buttons: [[button(t.join, acceptInvite, { invite }, "primary")]],
    };
  },
};

const mostModerators = 100;

export const podRequest: NotificationKind<typeof podRequested.payload, Told & { request: string }> = {
  type: "pod_request",
  group: "pods",
  urgency: "plain",
  late: "tell",
  ...inPod,
  subject: ({ pod }) => pod,
  stillTrue: async ({ store }, { request }) => (await store.get(joinRequests, request))?.status === "pending",
  fact: podRequested,
  async prepare(ctx, { subject, request: id, member }) {
    const request = await ctx.store.get(joinRequests, id);
    const said = request?.status === "pending" ? await told(ctx, subject, member) : undefined;
    if (!said) return undefined;
    const { rows } = await ctx.store.find(memberships, {
      where: { podId: subject, role: { in: ["owner", "admin", "moderator"] } },
      limit: mostModerators,
    });
    return { to: rows.map((row) => row.memberId), data: { ...said, request: id }, by: member };
  },
  view({ podName, name, request }, reader) {
    const t = podTexts(reader);
    return {
      title: t.requestTitle(podName),
      body: [{ paragraph: t.wantsIn({ pod: podName, name }) }],
      buttons: [
        [
          button(t.approve, answerRequest, { request, answer: "approve" }, "primary"),
          button(t.refuse, answerRequest, { request, answer: "refuse" }, "danger"),
        ],
      ],
    };
  },
  many: ({ podName, name }, others, reader) => podTexts(reader).manyWantIn({ pod: podName, name, others }),
};

/** Only those who had to wait are told: who came in by an open door saw it happen. */
export const podAdmitted: NotificationKind<typeof podJoined.payload, Told> = {
  type: "pod_joined",
  group: "pods",
  urgency: "plain",
  late: "tell",
  ...inPod,
  fact: podJoined,
  async prepare(ctx, { subject, member, via }) {
    const said = via === "approval" ? await told(ctx, subject, member) : undefined;
    return said && { to: [member], data: said };
  },
  view({ pod, podName }, reader) {
    const t = podTexts(reader);
    return {
      title: podName,
      body: [{ paragraph: t.letIn(podName) }],
      buttons: [[button(t.show, showPod, { pod }), button(t.members, listPodMembers, { pod })]],
    };
  },
};

export const podTurnedAway: NotificationKind<typeof podRefused.payload, Told> = {
  type: "pod_refused",
  group: "pods",
  urgency: "plain",
  late: "tell",
  fact: podRefused,
  async prepare(ctx, { subject, member }) {
    const said = await told(ctx, subject, member);
    return said && { to: [member], data: said };
  },
  view({ podName }, reader) {
    const t = podTexts(reader);
    return { title: podName, body: [{ paragraph: t.turnedAway(podName) }] };
  },
};

export const podHandover: NotificationKind<typeof podHandedOver.payload, Told> = {
  type: "pod_handed_over",
  group: "pods",
  urgency: "plain",
  late: "tell",
  ...inPod,
  fact: podHandedOver,
  async prepare(ctx, { subject, member, by }) {
    const said = await told(ctx, subject, by);
    return said && { to: [member], data: said, by };
  },
  view({ pod, podName, name }, reader) {
    const t = podTexts(reader);
    return {
      title: podName,
      body: [{ paragraph: t.yoursNow({ pod: podName, name }) }],
      buttons: [[button(t.show, showPod, { pod }), button(t.members, listPodMembers, { pod })]],
    };
  },
};

export const podAnnouncement: NotificationKind<typeof podAnnounced.payload, Told & { text: string }> = {
  type: "pod_announcement",
  group: "pods",
  urgency: "plain",
  late: "tell",
  ...inPod,
  fact: podAnnounced,
  async prepare(ctx, { subject, announcement: id, by }) {
    const [said, announcement] = await Promise.all([told(ctx, subject, by), ctx.store.get(announcements, id)]);
    if (!said || !announcement) return undefined;
    return { to: await podMemberIds(ctx.store, subject), data: { ...said, text: announcement.text }, by };
  },
  view({ pod, podName, name, text }, reader) {
    return {
      title: podName,
      body: [{ paragraph: text }],
      footer: announcementTexts(reader).from(name),
      buttons: [[button(podTexts(reader).show, showPod, { pod })]],
    };
  },
};
