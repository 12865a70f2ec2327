// The button of a personal invitation.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { defineAction } from "../kernel/action.ts";
import { just } from "../plain-shapes.ts";
import { invites } from "./invite.ts";
import { join, joinedView } from "./join-pod.ts";
import { pods } from "./pod.ts";
import { podTexts } from "./texts.ts";

export const acceptInvite = defineAction({
  name: "invite.accept",
  command: false,
  who: "member",
  input: z.object({ invite: just.string.max(36) }),
  async run(ctx, { invite: id }) {
    const invite = await ctx.store.get(invites, id);
    const pod = invite?.memberId === ctx.actor.id ? await ctx.store.get(pods, invite.podId) : undefined;
    if (!invite || !pod?.isActive) throw new AppError("not_found", podTexts.say("noInvite"));
    return join(ctx, { pod, invite });
  },
  view: joinedView,
});
