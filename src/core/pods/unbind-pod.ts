// Taking a pod out of a channel again.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { defineAction } from "../kernel/action.ts";
import { patch, remove } from "../kernel/change.ts";
import type { ActionContext } from "../kernel/house.ts";
import { administersPlace, placeOf } from "../spaces/read.ts";
import { note } from "../view.ts";
import { bindings } from "./binding.ts";
import { podUnbound } from "./facts.ts";
import { membershipOf } from "./membership.ts";
import { rank } from "./pod-role.ts";
import { podTexts } from "./texts.ts";

/** For the pod's admins and for those who administer the place: either side can end it. */
export const unbindPod = defineAction({
  name: "pod.unbind",
  summary: podTexts.say("unbindSummary"),
  examples: { en: ["/pod unbind"], de: ["/pod unbind"] },
  who: "member",
  input: z.object({}),
  async run(ctx) {
    const { platform, channel, thread = "" } = placeOf(ctx);
    const here = { platform, channel, thread };
    const binding = await ctx.store.getBy(bindings, here);
    if (!binding) throw new AppError("not_found", podTexts.say("nothingBound"));
    if (!(await mayUnbind(ctx, binding.podId))) throw new AppError("forbidden", podTexts.say("notYourBinding"));
    await ctx.store.commit([
      patch(bindings, binding, { boundBy: binding.boundBy }),
      remove(bindings, binding.id),
      podUnbound(ctx, { subject: binding.podId, by: ctx.actor.id, ...here }),
    ]);
    return {};
  },
  view: (_, reader) => ({ ...note(podTexts(reader).unbound), audience: "channel" }),
});

async function mayUnbind(ctx: ActionContext, podId: string): Promise<boolean> {
  const membership = await membershipOf(ctx.store, podId, ctx.actor.id);
  if (membership && rank(membership.role) >= rank("admin")) return true;
  return administersPlace(ctx, placeOf(ctx));
}
