// Taking an account off your member again, after asking whether that is meant.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { button, callOf, defineAction } from "../kernel/action.ts";
import { patch, remove } from "../kernel/change.ts";
import type { ActionContext } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { just, maybe } from "../plain-shapes.ts";
import type { Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import { type AccountRow, accounts, accountsOf, isOn } from "./account.ts";
import { namesOf } from "./account-names.ts";
import { audit } from "./audit.ts";
import { accountUnlinked } from "./facts.ts";
import { linkCodes } from "./link-code.ts";
import { ownProfile } from "./own-profile.ts";
import { profiles } from "./profile.ts";
import { memberTexts } from "./texts.ts";

interface Outcome {
  readonly became: "unlinked" | "asked" | "which";
  /** The one that is meant, or those it may be. */
  readonly candidates: readonly AccountRow[];
  readonly others: readonly AccountRow[];
}

export const unlinkAccount = defineAction({
  name: "account.unlink",
  command: "unlink",
  summary: memberTexts.say("unlinkSummary"),
  title: memberTexts.say("unlinkFormTitle"),
  examples: { en: ["/unlink", "/unlink telegram"], de: ["/unlink", "/unlink telegram"] },
  who: "member",
  input: z.object({
    platform: ask(memberTexts.say("askPlatform"), just.string.trim().toLowerCase().max(30)).optional(),
    account: just.string.max(36).optional(),
    sure: maybe.boolean,
  }),
  async run(ctx, { platform, account, sure }): Promise<Outcome> {
    const profile = await ownProfile(ctx);
    const mine = await accountsOf(ctx.store, ctx.actor.id);
    const candidates = mine.filter((one) => isMeant(ctx, one, platform, account));
    const others = mine.filter((one) => !candidates.includes(one));
    const [meant, another] = candidates;
    if (!meant) throw new AppError("not_found", memberTexts.say("notLinked", namesOf(mine)));
    if (mine.length === 1) throw new AppError("conflict", memberTexts.say("lastAccount"));
    if (another) return { became: "which", candidates, others };
    if (!sure) return { became: "asked", candidates, others };
    // A code asked for with the account that goes must not bring a stranger in its place.
    const code = await ctx.store.getBy(linkCodes, { memberId: ctx.actor.id });
    await ctx.store.commit([
      patch(profiles, profile, { app: profile.app && isOn(others, profile.app) ? profile.app : undefined }),
      remove(accounts, meant),
      ...(code ? [remove(linkCodes, code.id)] : []),
      audit(ctx, {
        actorId: ctx.actor.id,
        what: "account.unlinked",
        subject: ctx.actor.id,
        details: { platform: meant.platform },
      }),
      accountUnlinked(ctx, {
        member: ctx.actor.id,
        platform: meant.platform,
        workspace: meant.workspace,
        userId: meant.userId,
      }),
    ]);
    return { became: "unlinked", candidates, others };
  },
  view: unlinkView,
});

/** By its id, by its platform, else the one that speaks. */
function isMeant({ account: speaking }: ActionContext, one: AccountRow, platform?: string, id?: string): boolean {
  if (id) return one.id === id;
  if (platform) return one.platform === platform;
  const { platform: on, workspace, userId } = speaking ?? {};
  return one.platform === on && one.workspace === workspace && one.userId === userId;
}

function unlinkView({ became, candidates, others }: Outcome, reader: Reader): View {
  const t = memberTexts(reader);
  const meant = candidates[0]!;
  if (became === "unlinked") return { ...note(t.unlinked(namesOf([meant]))), replaces: true };
  if (became === "which")
    return {
      ...note(t.whichAccount),
      select: {
        placeholder: t.pickAccount,
        options: candidates.map((one) => ({
          label: namesOf([one]),
          call: callOf(unlinkAccount, { account: one.id }),
        })),
      },
    };
  const yes = button(t.takeOff, unlinkAccount, { account: meant.id, sure: true }, "danger");
  return { ...note(t.sureToUnlink({ account: namesOf([meant]), others: namesOf(others) })), buttons: [[yes]] };
}
