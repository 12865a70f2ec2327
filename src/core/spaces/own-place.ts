// The conversation an action was called in, and whether the caller has the say there.
import { AppError } from "../errors.ts";
import type { ActionContext, Policy } from "../kernel/house.ts";
import type { Extent, Place } from "../ports/platform.ts";
import { spaceTexts } from "./texts.ts";

/** @throws AppError `unsupported` outside a conversation. */
export function placeOf({ place }: ActionContext): Place {
  if (!place) throw new AppError("unsupported", spaceTexts.say("noPlace"));
  return place;
}

export const administersPlace = async (ctx: ActionContext, place: Place, extent?: Extent): Promise<boolean> =>
  ctx.account !== undefined &&
  ctx.messenger.administers({ ...ctx.account, name: ctx.actor.displayName }, place, extent);

/** For who administers the group, server or workspace that it is said in. */
export const administersSpace: Policy = {
  managers: true,
  async check(ctx) {
    const place = placeOf(ctx);
    if (place.kind === "direct") throw new AppError("unsupported", spaceTexts.say("inASpace"));
    if (!(await administersPlace(ctx, place, "space"))) throw new AppError("forbidden", spaceTexts.say("notYourSpace"));
  },
};
