// Joining your accounts on two apps: a code here, entered there.
import { z } from "zod";
import { AppError, isConflict } from "../errors.ts";
import { defineAction } from "../kernel/action.ts";
import { insert, patch, remove, untilSettled, upsert } from "../kernel/change.ts";
import type { ActionContext } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { codeAlphabet } from "../kernel/short-code.ts";
import { accounts, accountsOf } from "./account.ts";
import { audit } from "./audit.ts";
import { membersMerged } from "./facts.ts";
import { toldToBoth } from "./follow-app.ts";
import { codeLifetime, linkCodes, linkTries, mostTries, normaliseCode } from "./link-code.ts";
import { profiles } from "./profile.ts";
import { memberTexts } from "./texts.ts";
import { linkView } from "./views.ts";

export const linkAccount = defineAction({
  name: "account.link",
  command: "link",
  summary: memberTexts.say("linkSummary"),
  examples: ["/link", "/link K7M2QX9P"],
  who: "member",
  input: z.object({ code: ask(memberTexts.say("askCode"), z.string().trim().min(1).max(40)).optional() }),
  async run(ctx, { code }) {
    return code ? { linked: await redeem(ctx, normaliseCode(code)) } : { code: await issue(ctx) };
  },
  view: linkView,
});

const wrong = () => new AppError("invalid", memberTexts.say("codeWrong"));

/** A new code takes the place of the member's last one. Only its keyed hash is kept. */
async function issue({ store, secrets, clock, actor }: ActionContext): Promise<string> {
  const code = secrets.random(8, codeAlphabet);
  const state = { hash: secrets.sign(`link:${code}`), expiresAt: clock.now() + codeLifetime };
  await store.commit([
    upsert(linkCodes, { memberId: actor.id }, { id: secrets.id(), memberId: actor.id, ...state }, state),
  ]);
  return code;
}

/** The member who enters the code becomes the member who asked for it; answers the platforms they now have. */
async function redeem(ctx: ActionContext, code: string): Promise<readonly string[]> {
  const { store } = ctx;
  await untilSettled(() => countTry(ctx));
  const kept = await untilSettled(() => join(ctx, code));
  return (await accountsOf(store, kept)).map((account) => account.platform);
}

/** Both members are changed at the revision they were read at: of two who enter a code at once one wins. */
async function join(ctx: ActionContext, code: string): Promise<string> {
  const { store, actor, secrets, clock } = ctx;
  const found = await store.getBy(linkCodes, { hash: secrets.sign(`link:${code}`) });
  if (!found || found.expiresAt <= clock.now()) throw wrong();
  if (found.memberId === actor.id) throw new AppError("invalid", memberTexts.say("codeOwn"));
  const [merged, kept] = await store.getMany(profiles, [actor.id, found.memberId]);
  if (!merged || !kept || merged.mergedInto || kept.mergedInto) throw wrong();
  const mine = await accountsOf(store, actor.id);
  await store
    .commit([
      remove(linkCodes, found),
      patch(profiles, merged, { mergedInto: kept.id }),
      patch(profiles, kept, { app: kept.app ?? merged.app, ...toldToBoth(kept, merged) }),
      ...mine.map((account) => patch(accounts, account, { memberId: found.memberId })),
      audit(ctx, { actorId: actor.id, what: "members.merged", subject: found.memberId, details: { merged: actor.id } }),
      membersMerged(ctx, { kept: found.memberId, merged: actor.id }),
    ])
    .catch((error) => {
      throw error instanceof AppError && error.code === "not_found" ? wrong() : error;
    });
  return kept.id;
}

/** Counts before looking, so that guessing costs a try whatever happens after. */
async function countTry(ctx: ActionContext): Promise<void> {
  const { store, actor, secrets, clock } = ctx;
  const now = clock.now();
  const last = await store.getBy(linkTries, { memberId: actor.id });
  const current = last && now - last.since < codeLifetime ? last : { count: 0, since: now };
  if (current.count >= mostTries) throw new AppError("rate_limited", memberTexts.say("tooManyTries"));
  const state = { count: current.count + 1, since: current.since };
  if (last) return store.commit([patch(linkTries, last, state)]);
  const first = insert(linkTries, { id: secrets.id(), memberId: actor.id, ...state });
  return store.commit([first]).catch((error) => {
    if (isConflict(error) && error.detail.collection === linkTries.name) return countTry(ctx);
    throw error;
  });
}
