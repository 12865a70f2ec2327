// A pod's card.
import { z } from "zod";
import { defineAction } from "../kernel/action.ts";
import type { ActionContext } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";
import { type Inside, insideOf, insideView } from "./inside-view.ts";
import { membershipOf } from "./membership.ts";
import type { Pod } from "./pod.ts";
import { podView } from "./pod-card.ts";
import { whichPod } from "./pod-here.ts";
import { podRef } from "./pod-ref.ts";
import { podTexts } from "./texts.ts";

type Shown =
  /** For everybody in the channel it was asked for in, who may be in it or not. */
  | { readonly to: "everybody"; readonly pod: Pod }
  | { readonly to: "member"; readonly inside: Inside }
  | { readonly to: "stranger"; readonly pod: Pod };

/** Shown to everybody in a channel only where everybody may see the pod. */
export const showPod = defineAction({
  name: "pod.info",
  summary: podTexts.say("infoSummary"),
  examples: { en: ["/pod info", "/pod info Linear Algebra"], de: ["/pod info", "/pod info Lineare Algebra"] },
  who: "member",
  input: z.object({ pod: ask(podTexts.say("askPod"), podRef).optional() }),
  run: async (ctx, { pod }) => shownTo(ctx, await whichPod(ctx, pod)),
  view: shownView,
});

async function shownTo(ctx: ActionContext, pod: Pod): Promise<Shown> {
  if (ctx.place?.kind === "channel" && pod.privacy === "public") return { to: "everybody", pod };
  const membership = await membershipOf(ctx.store, pod.id, ctx.actor.id);
  if (!membership) return { to: "stranger", pod };
  return { to: "member", inside: await insideOf(ctx, pod, membership.role) };
}

function shownView(shown: Shown, reader: Reader): View {
  if (shown.to === "member") return insideView(shown.inside, reader);
  return { ...podView(shown.pod, reader), audience: shown.to === "everybody" ? "channel" : "caller" };
}
