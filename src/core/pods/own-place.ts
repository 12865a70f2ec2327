// The conversation an action was called in, and whether the caller has the say there.
import { AppError } from "../errors.ts";
import type { ActionContext } from "../kernel/house.ts";
import type { Place } from "../ports/platform.ts";
import { podTexts } from "./texts.ts";

/** @throws AppError `unsupported` outside a conversation. */
export function placeOf({ place }: ActionContext): Place {
  if (!place) throw new AppError("unsupported", podTexts.say("noPlace"));
  return place;
}

export const administersPlace = async (ctx: ActionContext, place: Place): Promise<boolean> =>
  ctx.account !== undefined && ctx.messenger.administers({ ...ctx.account, name: ctx.actor.displayName }, place);
