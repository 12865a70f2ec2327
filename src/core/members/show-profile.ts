// Your profile as PeerSpark knows it.
import { z } from "zod";
import { defineAction } from "../kernel/action.ts";
import { accountsOf } from "./account.ts";
import { ownProfile } from "./own-profile.ts";
import { memberTexts } from "./texts.ts";
import { profileView } from "./views.ts";

export const showProfile = defineAction({
  name: "profile.show",
  command: "profile",
  summary: memberTexts.say("showSummary"),
  examples: { en: ["/profile"], de: ["/profile"] },
  who: "member",
  input: z.object({}),
  async run(ctx) {
    return { profile: await ownProfile(ctx), accounts: await accountsOf(ctx.store, ctx.actor.id), saved: false };
  },
  view: profileView,
});
