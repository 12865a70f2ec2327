// Coming into a pod: by its name or code where it is open, by an invitation, or by asking.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { button, defineAction } from "../kernel/action.ts";
import type { ActionContext, Reference } from "../kernel/house.ts";
import { ask, refTo } from "../kernel/input.ts";
import { isId, readShortCode } from "../kernel/short-code.ts";
import type { Reader } from "../text.ts";
import { type Button, note, type View } from "../view.ts";
import { admit } from "./admit.ts";
import { type Invite, inviteBehind, invites, isOpen, spend } from "./invite.ts";
import { askToJoin } from "./join-request.ts";
import { leavePod } from "./leave-pod.ts";
import { listPodMembers } from "./list-members.ts";
import { membershipOf } from "./membership.ts";
import { nameKey, type Pod, pods } from "./pod.ts";
import { noSuchPod, podReference, suggestToJoin } from "./pod-ref.ts";
import { podTexts } from "./texts.ts";

export interface Way {
  readonly pod: Pod;
  readonly invite?: Invite;
}

const wayIn: Reference<Way> = {
  async find(ctx, named) {
    const invite = await inviteBehind(ctx, named);
    const pod = invite && (await ctx.store.get(pods, invite.podId));
    if (invite && pod?.isActive) return { pod, invite };
    return (await invitedTo(ctx, named)) ?? { pod: await podReference.find(ctx, named) };
  },
  suggest: suggestToJoin,
  open: true,
};

const mostInvites = 50;

/** By its whole name or its code. What one was invited to oneself goes before pods of others that are called so. */
async function invitedTo({ store, clock, actor }: ActionContext, named: string): Promise<Way | undefined> {
  if (isId(named)) return undefined;
  const { rows } = await store.find(invites, { where: { memberId: actor.id }, limit: mostInvites });
  const open = rows.filter((invite) => isOpen(invite, clock.now()));
  if (open.length === 0) return undefined;
  const [code, key] = [readShortCode(named), nameKey(named)];
  const there = await store.getMany(
    pods,
    open.map(({ podId }) => podId),
  );
  const meant = there.filter((pod) => pod.isActive && (pod.code === code || pod.nameKey === key));
  if (meant.length > 1) throw new AppError("conflict", podTexts.say("severalPods", meant.slice(0, 5)));
  return meant[0] && { pod: meant[0], invite: open.find(({ podId }) => podId === meant[0]!.id) };
}

export const joinPod = defineAction({
  name: "pod.join",
  summary: podTexts.say("joinSummary"),
  title: podTexts.say("joinTitle"),
  examples: {
    en: ["/pod join Linear Algebra", "/pod join K7M2QX9PAB"],
    de: ["/pod join Lineare Algebra", "/pod join K7M2QX9PAB"],
  },
  who: "member",
  input: z.object({ pod: ask(podTexts.say("askWayIn"), refTo(wayIn)) }),
  run: (ctx, { pod: way }) => join(ctx, way),
  view: joinedView,
});

interface Joining {
  readonly pod: Pod;
  readonly step: "joined" | "already" | "asked" | "waiting";
}

/** An invitation opens every pod; without one it is as the pod's policy says. */
export async function join(ctx: ActionContext, { pod, invite }: Way): Promise<Joining> {
  const { actor, store, clock } = ctx;
  if (invite) {
    if (await membershipOf(store, pod.id, actor.id)) return { pod, step: "already" };
    const entry = { member: actor.id, via: "invite" as const, by: invite.by, also: [spend(invite, clock.now())] };
    return { pod, step: (await admit(ctx, pod, entry)) ? "joined" : "already" };
  }
  if (pod.joinPolicy === "open" && pod.privacy === "public")
    return { pod, step: (await admit(ctx, pod, { member: actor.id, via: "open" })) ? "joined" : "already" };
  if (await membershipOf(store, pod.id, actor.id)) return { pod, step: "already" };
  if (pod.privacy !== "public") throw noSuchPod(pod.code);
  if (pod.joinPolicy === "invite-only") throw new AppError("forbidden", podTexts.say("inviteNeeded", pod.name));
  return { pod, step: (await askToJoin(ctx, pod)) ? "asked" : "waiting" };
}

export function joinedView({ pod, step }: Joining, reader: Reader): View {
  const t = podTexts(reader);
  if (step === "asked") return note(t.asked(pod.name));
  if (step === "waiting") return { ...note(t.waiting(pod.name)), brief: true };
  if (step === "already") return { ...note(t.alreadyIn(pod.name)), brief: true };
  return {
    ...note(t.joined(pod)),
    buttons: [[button(t.members, listPodMembers, { pod: pod.id }), button(t.leave, leavePod, { pod: pod.id })]],
  };
}

/** The button that helps who is not in it; none where an invitation is needed. */
export function joinButtons({ id, privacy, joinPolicy }: Pod, reader: Reader): Button[] {
  const t = podTexts(reader);
  if (privacy !== "public" || joinPolicy === "invite-only") return [];
  return [button(joinPolicy === "open" ? t.join : t.askToJoin, joinPod, { pod: id }, "primary")];
}

/** For who would have to be in a public pod: how to come in. */
export function outsideView(pod: Pod, reader: Reader): View {
  const t = podTexts(reader);
  const said = { open: t.outsideOpen, approval: t.outsideAsking, "invite-only": t.inviteNeeded }[pod.joinPolicy];
  return { ...note(said(pod.name)), buttons: [joinButtons(pod, reader)].filter((row) => row.length > 0) };
}
