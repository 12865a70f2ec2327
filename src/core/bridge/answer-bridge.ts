// A channel says whether it takes part in its pod's bridge: by somebody who administers it, in the channel itself.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { button, defineAction } from "../kernel/action.ts";
import type { ActionContext } from "../kernel/house.ts";
import { just } from "../plain-shapes.ts";
import { bindings, type Pod, pods } from "../pods/read.ts";
import { administersPlace, placeOf } from "../spaces/read.ts";
import type { Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import { answerLink, bridgeLinks, mostChannels } from "./link.ts";
import { bridgeTexts } from "./texts.ts";

interface Answered {
  readonly pod: Pod;
  readonly binding: string;
  readonly answer: "yes" | "no";
}

export const answerBridge = defineAction({
  name: "bridge.answer",
  command: false,
  who: "member",
  input: z.object({
    binding: just.string.max(36),
    answer: z.enum(["yes", "no"]),
  }),
  async run(ctx, { binding: id, answer }): Promise<Answered> {
    const binding = await ctx.store.get(bindings, id);
    const pod = binding && (await ctx.store.get(pods, binding.podId));
    if (!binding || !pod?.bridge || !pod.isActive) throw new AppError("not_found", bridgeTexts.say("noBridge"));
    const place = placeOf(ctx);
    const { platform, channel, thread = "" } = place;
    if (platform !== binding.platform || channel !== binding.channel || thread !== binding.thread)
      throw new AppError("forbidden", bridgeTexts.say("wrongPlace"));
    if (!(await administersPlace(ctx, place))) throw new AppError("forbidden", bridgeTexts.say("notYours"));
    await settle(ctx, pod, id, answer);
    return { pod, binding: id, answer };
  },
  view: answeredView,
});

async function settle(ctx: ActionContext, pod: Pod, bindingId: string, answer: "yes" | "no"): Promise<void> {
  await answerLink(ctx, pod, bindingId, ctx.actor.id, async (said) => {
    if (said === answer) return undefined;
    const where = { podId: pod.id, answer: "yes" } as const;
    if (answer === "yes" && (await ctx.store.count(bridgeLinks, where)) >= mostChannels)
      throw new AppError("conflict", bridgeTexts.say("full", mostChannels));
    return answer;
  });
}

function answeredView({ pod, binding, answer }: Answered, reader: Reader): View {
  const t = bridgeTexts(reader);
  const leave = button(t.leave, answerBridge, { binding, answer: "no" });
  return {
    ...note(answer === "yes" ? t.joined(pod.name) : t.declined(pod.name)),
    audience: "channel",
    replaces: true,
    buttons: answer === "yes" ? [[leave]] : [],
  };
}
