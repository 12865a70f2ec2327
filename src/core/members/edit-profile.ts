// Changing your name, time zone, language, or the app you are written to on.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { callOf, defineAction } from "../kernel/action.ts";
import { askingAgain, NeedsField } from "../kernel/ask-more.ts";
import { update } from "../kernel/change.ts";
import { ask } from "../kernel/input.ts";
import { visibleText } from "../kernel/visible-text.ts";
import { languages, type Reader } from "../text.ts";
import { readZone, type ZoneSuggestion } from "../time/read-zone.ts";
import { note, type View } from "../view.ts";
import { accountsOf } from "./account.ts";
import { appRef } from "./app-ref.ts";
import { byHand, longestName, moved, profiles } from "./profile.ts";
import { memberTexts } from "./texts.ts";
import { profileView } from "./views.ts";

const mostChoices = 6;

export const editProfile = defineAction({
  name: "profile.edit",
  summary: memberTexts.say("editSummary"),
  title: memberTexts.say("editTitle"),
  examples: [
    "/profile edit zone:Berlin",
    '/profile edit name:"Ada Lovelace" language:de',
    "/profile edit app:telegram",
  ],
  who: "member",
  input: z.object({
    name: ask(memberTexts.say("askName"), visibleText(longestName)).optional(),
    zone: ask(memberTexts.say("askZone"), z.string().trim().min(1).max(100)).optional(),
    language: ask(memberTexts.say("askLanguage"), z.enum(languages)).optional(),
    app: ask(memberTexts.say("askApp"), appRef).optional(),
    /** What a button has asked for. */
    asks: z.enum(["zone"]).optional(),
  }),
  main: false,
  async run(ctx, { name, zone, language, app, asks }) {
    if (asks && !zone) throw new NeedsField(asks);
    if (!name && !zone && !language && !app) throw new AppError("invalid", memberTexts.say("nothingToEdit"));
    const { zone: timezone, suggestions } = zone ? await readZone(zone).catch(askingAgain("zone")) : {};
    if (suggestions) return { choices: suggestions.slice(0, mostChoices) };
    const set = {
      ...(name && { displayName: name }),
      ...(timezone && { timezone, zoneFrom: byHand }),
      ...(language && { language, languageFrom: byHand }),
      ...(app && { app }),
    };
    const profile = await update(ctx.store, profiles, ctx.actor.id, () => set, moved(ctx));
    return { profile, accounts: await accountsOf(ctx.store, ctx.actor.id), saved: true };
  },
  view: (outcome, reader) =>
    outcome.choices
      ? whichZone(outcome.choices, reader)
      : profileView(outcome, { ...reader, language: outcome.profile.language }),
});

/** Several places have that name. */
const whichZone = (choices: readonly ZoneSuggestion[], reader: Reader): View => ({
  ...note(memberTexts(reader).whichZone),
  select: {
    placeholder: memberTexts(reader).pickPlace,
    options: choices.map(({ label, zone }) => ({ label, call: callOf(editProfile, { zone }) })),
  },
});
