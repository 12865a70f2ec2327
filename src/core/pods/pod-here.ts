// Which pod is meant when none is named.
import { NeedsField } from "../kernel/ask-more.ts";
import type { ActionContext } from "../kernel/house.ts";
import { bindingAt } from "./binding.ts";
import { podsOf } from "./membership.ts";
import { type Pod, pods } from "./pod.ts";
import { maySee } from "./pod-ref.ts";

/** The one given, else the one bound to the conversation, if the caller may see it, else the caller's only one. */
export async function podHere(ctx: ActionContext, given?: Pod): Promise<Pod | undefined> {
  if (given) return given;
  const binding = ctx.place && (await bindingAt(ctx.store, ctx.place));
  const bound = binding && (await ctx.store.get(pods, binding.podId));
  if (bound && (await maySee(ctx, bound))) return bound;
  const own = await podsOf(ctx.store, ctx.actor.id);
  return own.length === 1 ? own[0] : undefined;
}

/** @throws NeedsField "pod": the caller is asked which one. */
export async function whichPod(ctx: ActionContext, given?: Pod): Promise<Pod> {
  const pod = await podHere(ctx, given);
  if (!pod) throw new NeedsField("pod");
  return pod;
}
