// Making another member the owner, so that one can leave.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { button, defineAction } from "../kernel/action.ts";
import { patch } from "../kernel/change.ts";
import { ask } from "../kernel/input.ts";
import { maybe } from "../plain-shapes.ts";
import type { Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import { podHandedOver } from "./facts.ts";
import { podMemberCalled } from "./member-called.ts";
import { memberNameRef } from "./member-ref.ts";
import { membershipOf, memberships, requireRole } from "./membership.ts";
import type { Pod } from "./pod.ts";
import { whichPod } from "./pod-here.ts";
import { ownPodRef } from "./pod-ref.ts";
import { podTexts } from "./texts.ts";

interface HandedOver {
  readonly pod: Pod;
  readonly name: string;
  readonly member: string;
  readonly done: boolean;
}

export const handOverPod = defineAction({
  name: "pod.handover",
  summary: podTexts.say("handOverSummary"),
  title: podTexts.say("handOverTitle"),
  examples: {
    en: ["/pod handover grace", '/pod handover grace pod:"Linear Algebra"'],
    de: ["/pod handover grace", '/pod handover grace pod:"Lineare Algebra"'],
  },
  who: "member",
  input: z.object({
    who: ask(podTexts.say("askNewOwner"), memberNameRef),
    pod: ask(podTexts.say("askPod"), ownPodRef).optional(),
    sure: maybe.boolean,
  }),
  async run(ctx, { who, pod: given, sure = false }): Promise<HandedOver> {
    const pod = await whichPod(ctx, given);
    const own = await requireRole(ctx, pod, "owner");
    const { id: member, displayName: name } = await podMemberCalled(ctx.store, pod.id, who);
    const theirs = await membershipOf(ctx.store, pod.id, member);
    if (!theirs) throw new AppError("not_found", podTexts.say("isNotIn", { pod: pod.name, name }));
    if (member === ctx.actor.id) throw new AppError("conflict", podTexts.say("ownAlready", pod.name));
    if (!sure) return { pod, name, member, done: false };
    await ctx.store.commit([
      patch(memberships, own, { role: "admin" }),
      patch(memberships, theirs, { role: "owner" }),
      podHandedOver(ctx, { subject: pod.id, member, by: ctx.actor.id }),
    ]);
    return { pod, name, member, done: true };
  },
  view: handedOverView,
});

function handedOverView({ pod, name, member, done }: HandedOver, reader: Reader): View {
  const t = podTexts(reader);
  const said = { pod: pod.name, name };
  if (done) return note(t.handedOver(said));
  const sure = button(t.handOver, handOverPod, { who: member, pod: pod.code, sure: true }, "danger");
  return { ...note(t.reallyHandOver(said)), buttons: [[sure]] };
}
