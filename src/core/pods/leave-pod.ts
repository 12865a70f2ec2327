// Leaving a pod. Its last owner stays while others are in it; alone, they close it behind them.
import { z } from "zod";
import { AppError, isConflict } from "../errors.ts";
import { button, defineAction } from "../kernel/action.ts";
import { increment, patch, remove, untilSettled } from "../kernel/change.ts";
import type { ActionContext } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { maybe } from "../plain-shapes.ts";
import type { Change } from "../ports/store.ts";
import type { Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import { podArchived, podLeft } from "./facts.ts";
import { type Membership, membershipOf, memberships } from "./membership.ts";
import { type Pod, pods } from "./pod.ts";
import { whichPod } from "./pod-here.ts";
import { noSuchPod, ownPodRef } from "./pod-ref.ts";
import { podTexts } from "./texts.ts";

interface Leaving {
  readonly pod: Pod;
  /** What is still to be confirmed, or what has happened. */
  readonly step: "close?" | "leave?" | "closed" | "left";
}

export const leavePod = defineAction({
  name: "pod.leave",
  summary: podTexts.say("leaveSummary"),
  examples: { en: ["/pod leave", "/pod leave Linear Algebra"], de: ["/pod leave", "/pod leave Lineare Algebra"] },
  who: "member",
  input: z.object({
    pod: ask(podTexts.say("askPod"), ownPodRef).optional(),
    sure: maybe.boolean,
  }),
  async run(ctx, { pod: given, sure = false }): Promise<Leaving> {
    const { id, code } = await whichPod(ctx, given);
    return untilSettled(() => leave(ctx, { id, code }, sure));
  },
  view: leavingView,
});

/** Read, decide, commit; again when somebody joined or left meanwhile. */
async function leave(ctx: ActionContext, { id, code }: Pick<Pod, "id" | "code">, sure: boolean): Promise<Leaving> {
  const { store, actor } = ctx;
  const [pod, membership] = await Promise.all([store.get(pods, id), membershipOf(store, id, actor.id)]);
  if (!pod?.isActive) throw noSuchPod(code);
  if (!membership) throw new AppError("conflict", podTexts.say("notInAnyMore", pod.name));
  const closes = membership.role === "owner" && !(await hasOtherOwner(ctx, pod));
  if (closes && pod.membersCount > 1) throw new AppError("conflict", podTexts.say("lastOwner", pod));
  if (closes && !sure) return { pod, step: "close?" };
  if (!sure && pod.privacy !== "public") return { pod, step: "leave?" };
  await going(ctx, pod, membership, closes);
  return { pod, step: closes ? "closed" : "left" };
}

async function hasOtherOwner({ store, actor }: ActionContext, pod: Pod): Promise<boolean> {
  const { rows } = await store.find(memberships, { where: { podId: pod.id, role: "owner" }, limit: 2 });
  return rows.some((row) => row.memberId !== actor.id);
}

/** An owner goes at the revision of the pod that was read, so that two can't both leave it to the other. */
async function going(ctx: ActionContext, pod: Pod, membership: Membership, closes: boolean): Promise<void> {
  const { actor, store } = ctx;
  const counted: Change[] = closes
    ? [patch(pods, pod, { membersCount: 0, isActive: false }), podArchived(ctx, { subject: pod.id, by: actor.id })]
    : membership.role === "owner"
      ? [patch(pods, pod, { membersCount: pod.membersCount - 1 })]
      : [increment(pods, pod.id, "membersCount", -1, { min: 1 })];
  const left = podLeft(ctx, { subject: pod.id, member: actor.id });
  try {
    await store.commit([...removing(membership), ...counted, left]);
  } catch (error) {
    const gone = error instanceof AppError && error.code === "not_found" && !isConflict(error);
    throw gone ? new AppError("conflict", podTexts.say("notInAnyMore", pod.name), { cause: error }) : error;
  }
}

/** A removal alone does not mind that the row is gone; the patch does, so nobody is counted out twice. */
const removing = (membership: Membership): Change[] => [
  patch(memberships, membership, { role: membership.role }),
  remove(memberships, membership.id),
];

function leavingView({ pod, step }: Leaving, reader: Reader): View {
  const t = podTexts(reader);
  const sure = button(step === "close?" ? t.closeIt : t.leave, leavePod, { pod: pod.id, sure: true }, "danger");
  if (step === "close?") return { ...note(t.reallyClose(pod.name)), buttons: [[sure]] };
  if (step === "leave?") return { ...note(t.reallyLeave(pod.name)), buttons: [[sure]] };
  return { ...note(step === "closed" ? t.closed(pod.name) : t.left(pod.name)), brief: true };
}
