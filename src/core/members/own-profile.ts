// The profile of the member who acts.
import { AppError } from "../errors.ts";
import type { ActionContext } from "../kernel/house.ts";
import { type Profile, profiles } from "./profile.ts";
import { memberTexts } from "./texts.ts";

export async function ownProfile({ store, actor }: Pick<ActionContext, "store" | "actor">): Promise<Profile> {
  const profile = await store.get(profiles, actor.id);
  if (!profile) throw new AppError("not_found", memberTexts.say("noProfile"));
  return profile;
}
