// Inviting: a code to pass on, or one member by name.
import { z } from "zod";
import { AppError, isConflict } from "../errors.ts";
import { defineAction } from "../kernel/action.ts";
import { insert, patch } from "../kernel/change.ts";
import type { ActionContext } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { just } from "../plain-shapes.ts";
import { podInvited } from "./facts.ts";
import { dayMs, hashOf, type Invite, invites, isOpen, newInviteCode } from "./invite.ts";
import { type Invited, inviteView } from "./invite-view.ts";
import { memberCalled } from "./member-called.ts";
import { memberNameRef } from "./member-ref.ts";
import { membershipOf, requireMember, requireRole } from "./membership.ts";
import type { Pod } from "./pod.ts";
import { whichPod } from "./pod-here.ts";
import { ownPodRef } from "./pod-ref.ts";
import { podTexts } from "./texts.ts";

export const inviteToPod = defineAction({
  name: "pod.invite",
  summary: podTexts.say("inviteSummary"),
  title: podTexts.say("inviteFormTitle"),
  examples: {
    en: ["/pod invite Linear Algebra", "/pod invite Linear Algebra days:2 uses:1", "/pod invite who:grace"],
    de: ["/pod invite Lineare Algebra", "/pod invite Lineare Algebra tage:2 einlösungen:1", "/pod invite wer:grace"],
  },
  who: "member",
  input: z.object({
    pod: ask(podTexts.say("askPod"), ownPodRef).optional(),
    who: ask(podTexts.say("askWho"), memberNameRef).optional(),
    days: ask(podTexts.say("askDays"), just.int.min(1).max(90)).default(7),
    uses: ask(podTexts.say("askUses"), just.int.min(1).max(1000)).default(10),
  }),
  async run(ctx, { pod: given, who, days, uses }): Promise<Invited> {
    const pod = await whichPod(ctx, given);
    const open = pod.privacy === "public" && pod.joinPolicy === "open";
    await (open ? requireMember(ctx, pod) : requireRole(ctx, pod, "moderator"));
    const expiresAt = ctx.clock.now() + days * dayMs;
    return who ? inviteMember(ctx, pod, who, expiresAt) : inviteByCode(ctx, pod, { expiresAt, uses });
  },
  view: inviteView,
});

async function inviteByCode(
  ctx: ActionContext,
  pod: Pod,
  { expiresAt, uses }: { expiresAt: number; uses: number },
): Promise<Invited> {
  const code = newInviteCode(ctx);
  const row = { id: ctx.secrets.id(), podId: pod.id, hash: hashOf(ctx, code), by: ctx.actor.id, expiresAt };
  await ctx.store.commit([insert(invites, { ...row, usesLeft: uses })]);
  const links = ctx.messenger.platforms().flatMap((platform) => {
    const url = ctx.messenger.openPrivately(platform, `join-${code}`);
    return url ? [{ platform, url }] : [];
  });
  return { kind: "code", pod, code, uses, expiresAt, links };
}

/** One open invitation to a pod for each member: inviting them again does not tell them again. */
async function inviteMember(ctx: ActionContext, pod: Pod, who: string, expiresAt: number): Promise<Invited> {
  const { store, secrets, clock, actor } = ctx;
  const { id: memberId, displayName: name } = await memberCalled(ctx.store, who);
  if (await membershipOf(store, pod.id, memberId))
    throw new AppError("conflict", podTexts.say("isIn", { pod: pod.name, name }));
  const former: Invite | undefined = await store.getBy(invites, { podId: pod.id, memberId });
  if (former && isOpen(former, clock.now())) return { kind: "member", pod, name, again: true };
  const state = { by: actor.id, usesLeft: 1, expiresAt };
  const id = former?.id ?? secrets.id();
  try {
    await store.commit([
      former ? patch(invites, former, state) : insert(invites, { id, podId: pod.id, memberId, ...state }),
      podInvited(ctx, { subject: pod.id, invite: id, member: memberId, by: actor.id }),
    ]);
    return { kind: "member", pod, name, again: false };
  } catch (error) {
    if (isConflict(error) && error.detail.collection === invites.name)
      return { kind: "member", pod, name, again: true };
    throw error;
  }
}
