// Joining your accounts on two apps: a code here, entered there, and a yes to what will become of both.
import { z } from "zod";
import { AppError, isConflict } from "../errors.ts";
import { button, defineAction } from "../kernel/action.ts";
import { insert, patch, remove, untilSettled, upsert } from "../kernel/change.ts";
import type { ActionContext } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { codeAlphabet } from "../kernel/short-code.ts";
import { chosenByBoth, preferencesOfMany, settingsOf } from "../notifications/read.ts";
import { just } from "../plain-shapes.ts";
import type { View } from "../view.ts";
import { accounts, accountsOf } from "./account.ts";
import { audit } from "./audit.ts";
import { membersMerged } from "./facts.ts";
import { toldToBoth } from "./follow-app.ts";
import { codeLifetime, type LinkCode, linkCodes, linkTries, mostTries, normaliseCode } from "./link-code.ts";
import { codeView, type Linked, linkedView, type Offer, offerView } from "./link-view.ts";
import { profiles } from "./profile.ts";
import { memberTexts } from "./texts.ts";

export const linkAccount = defineAction({
  name: "account.link",
  command: "link",
  summary: memberTexts.say("linkSummary"),
  title: memberTexts.say("linkFormTitle"),
  examples: { en: ["/link", "/link K7M2QX9P"], de: ["/link", "/link K7M2QX9P"] },
  who: "member",
  input: z.object({
    code: ask(memberTexts.say("askCode"), just.string.trim().min(1).max(40)).optional(),
    /** The hash of a code that was right: what the button carries, which nobody can guess. */
    offer: just.string.max(64).optional(),
  }),
  async run(ctx, { code, offer }): Promise<Outcome> {
    if (offer) return { became: "linked", ...(await untilSettled(() => join(ctx, offer))) };
    if (!code) return { became: "code", code: await issue(ctx) };
    await untilSettled(() => countTry(ctx));
    const hash = ctx.secrets.sign(`link:${normaliseCode(code)}`);
    return { became: "asked", offer: hash, ...(await bothBehind(ctx, hash)) };
  },
  view(outcome, reader): View {
    if (outcome.became === "code") return codeView(outcome.code, reader);
    if (outcome.became === "linked") return linkedView(outcome, reader);
    const yes = button(memberTexts(reader).link, linkAccount, { offer: outcome.offer }, "primary");
    return { ...offerView(outcome, reader), buttons: [[yes]] };
  },
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

interface Both extends Offer {
  readonly found: LinkCode;
}

type Outcome =
  | { readonly became: "code"; readonly code: string }
  | ({ readonly became: "asked"; readonly offer: string } & Offer)
  | ({ readonly became: "linked" } & Linked);

/** The member who asked for the code, as they will be; the one who enters it becomes them. */
async function bothBehind({ store, actor, clock }: ActionContext, hash: string): Promise<Both> {
  const found = await store.getBy(linkCodes, { hash });
  if (!found || found.expiresAt <= clock.now()) throw wrong();
  if (found.memberId === actor.id) throw new AppError("invalid", memberTexts.say("codeOwn"));
  const [merged, kept] = await store.getMany(profiles, [actor.id, found.memberId]);
  if (!merged || !kept || merged.mergedInto || kept.mergedInto) throw wrong();
  const [mine, theirs] = [await accountsOf(store, actor.id), await accountsOf(store, kept.id)];
  const chosen = await preferencesOfMany(store, [kept.id, merged.id]);
  const { quiet } = settingsOf(chosenByBoth(chosen.get(kept.id), chosen.get(merged.id)));
  const before = settingsOf(chosen.get(merged.id)).quiet;
  const profile = { ...kept, ...toldToBoth(kept, merged) };
  return { found, merged, mine, theirs, profile, quiet, before, accounts: [...theirs, ...mine] };
}

/**
 * Both members are changed at the revision they were read at: of two who enter a code at once one wins. The accounts that
 * come over are the last in order, so that the member goes on being written to where they were.
 */
async function join(ctx: ActionContext, hash: string): Promise<Linked> {
  const { store, actor, clock } = ctx;
  const both = await bothBehind(ctx, hash);
  const { found, merged, mine, profile } = both;
  const { id: kept, timezone, zoneFrom, language, languageFrom } = profile;
  await store
    .commit([
      remove(linkCodes, found),
      patch(profiles, merged, { mergedInto: kept }),
      patch(profiles, profile, { timezone, zoneFrom, language, languageFrom }),
      ...mine.map((account) => patch(accounts, account, { memberId: kept, linkedAt: clock.now() })),
      audit(ctx, { actorId: actor.id, what: "members.merged", subject: kept, details: { merged: actor.id } }),
      membersMerged(ctx, { kept, merged: actor.id, accounts: mine.map(({ id }) => id) }),
    ])
    .catch((error) => {
      throw error instanceof AppError && error.code === "not_found" ? wrong() : error;
    });
  return both;
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
