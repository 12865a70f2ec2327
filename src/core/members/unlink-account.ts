// Taking an account off your member again.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { defineAction } from "../kernel/action.ts";
import { patch, remove } from "../kernel/change.ts";
import { ask } from "../kernel/input.ts";
import { accounts, accountsOf } from "./account.ts";
import { audit } from "./audit.ts";
import { ownProfile } from "./own-profile.ts";
import { profiles } from "./profile.ts";
import { memberTexts } from "./texts.ts";
import { unlinkView } from "./views.ts";

export const unlinkAccount = defineAction({
  name: "account.unlink",
  command: "unlink",
  summary: memberTexts.say("unlinkSummary"),
  examples: ["/unlink", "/unlink telegram"],
  who: "member",
  input: z.object({
    platform: ask(memberTexts.say("askPlatform"), z.string().trim().toLowerCase().max(30)).optional(),
  }),
  async run(ctx, { platform }) {
    const profile = await ownProfile(ctx);
    const mine = await accountsOf(ctx.store, ctx.actor.id);
    const wanted = platform ?? ctx.account?.platform;
    const account =
      mine.find(
        (candidate) => candidate.platform === wanted && (platform || candidate.userId === ctx.account?.userId),
      ) ?? mine.find((candidate) => candidate.platform === wanted);
    if (!account)
      throw new AppError("not_found", memberTexts.say("notLinked", mine.map((one) => one.platform).join(", ")));
    if (mine.length === 1) throw new AppError("conflict", memberTexts.say("lastAccount"));
    await ctx.store.commit([
      patch(profiles, profile, { language: profile.language }),
      remove(accounts, account),
      audit(ctx, {
        actorId: ctx.actor.id,
        what: "account.unlinked",
        subject: ctx.actor.id,
        details: { platform: account.platform },
      }),
    ]);
    return { platform: account.platform };
  },
  view: unlinkView,
});
