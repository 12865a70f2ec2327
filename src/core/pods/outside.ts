// Who is in no pod, or not in the one that is meant, reads so with the way in, in the place of questions that lead nowhere.
import { button, formButton } from "../kernel/action.ts";
import { NeedsField } from "../kernel/ask-more.ts";
import type { ActionContext } from "../kernel/house.ts";
import type { Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import { createPod } from "./create-pod.ts";
import { findPods } from "./find-pods.ts";
import { joinButtons } from "./join-pod.ts";
import { membershipOf, podsOf } from "./membership.ts";
import type { Pod } from "./pod.ts";
import { podHere } from "./pod-here.ts";
import { podTexts } from "./texts.ts";

export interface Outside {
  readonly outside: Pod | "all";
}

/** @param pod the one that is meant, as `podHere` finds it: what is found and not one's own is public. */
export async function outsideOf({ store, actor }: ActionContext, pod?: Pod): Promise<Outside | undefined> {
  if (pod) return (await membershipOf(store, pod.id, actor.id)) ? undefined : { outside: pod };
  return (await podsOf(store, actor.id)).length > 0 ? undefined : { outside: "all" };
}

/** The pod that is meant, where it is one of the caller's. @throws NeedsField "pod": the caller is asked which one. */
export async function ownPodHere(ctx: ActionContext, given?: Pod): Promise<Pod | Outside> {
  const pod = await podHere(ctx, given);
  const outside = await outsideOf(ctx, pod);
  if (outside) return outside;
  if (!pod) throw new NeedsField("pod");
  return pod;
}

export function wayInView({ outside }: Outside, reader: Reader): View {
  const t = podTexts(reader);
  if (outside === "all") {
    const ways = [button(t.findTitle, findPods, {}, "primary"), formButton(t.createTitle, createPod)];
    return { ...note(t.inNone), buttons: [ways] };
  }
  const ways = joinButtons(outside, reader);
  return ways.length ? { ...note(t.notIn(outside)), buttons: [ways] } : note(t.inviteNeeded(outside.name));
}
