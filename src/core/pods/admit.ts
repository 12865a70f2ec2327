// Letting somebody into a pod, whoever else comes in or leaves at the same moment.
import { AppError, isConflict } from "../errors.ts";
import { increment, insert } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import type { Change } from "../ports/store.ts";
import { podJoined } from "./facts.ts";
import { invites } from "./invite.ts";
import { memberships } from "./membership.ts";
import { type Pod, pods } from "./pod.ts";
import { noSuchPod } from "./pod-ref.ts";
import { podTexts } from "./texts.ts";

interface Entry {
  readonly member: string;
  readonly via: "open" | "invite" | "approval";
  readonly by?: string;
  /** What is committed together with the membership: an invitation spent, a request closed. */
  readonly also?: readonly Change[];
}

type Needs = Pick<Context, "store" | "clock" | "secrets" | "correlation">;

/**
 * True when they are in now, false when they were in already (then nothing has changed).
 * The count may not pass the capacity, nor come out below 2: only an archived pod has nobody in it.
 * @throws AppError `conflict` when it is full, `not_found` when it is archived, and conflicts of `also`.
 */
export async function admit(ctx: Needs, pod: Pod, { member, via, by, also = [] }: Entry): Promise<boolean> {
  try {
    await ctx.store.commit([
      insert(memberships, { id: ctx.secrets.id(), podId: pod.id, memberId: member, joinedAt: ctx.clock.now() }),
      increment(pods, pod.id, "membersCount", 1, { min: 2, max: pod.maxMembers }),
      ...also,
      podJoined(ctx, { subject: pod.id, member, via, by }),
    ]);
    return true;
  } catch (error) {
    if (!isConflict(error)) throw error;
    if (error.detail.collection === memberships.name) return false;
    throw await refusal(ctx, pod, error);
  }
}

async function refusal(ctx: Needs, pod: Pod, error: AppError): Promise<AppError> {
  if (error.detail.key !== "bound") return error;
  if (error.detail.collection === invites.name)
    return new AppError("invalid", podTexts.say("inviteUsedUp"), { cause: error });
  const now = await ctx.store.get(pods, pod.id);
  if (!now?.isActive) return noSuchPod(pod.code);
  return new AppError("conflict", podTexts.say("full", now), { cause: error });
}
