// Changing your name, time zone, language, or the app you are written to on.
import { z } from "zod";
import { button, callOf, defineAction } from "../kernel/action.ts";
import { askingAgain, NeedsField } from "../kernel/ask-more.ts";
import { update } from "../kernel/change.ts";
import type { ActionContext, Actor } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { furtherOf } from "../kernel/perform.ts";
import { visibleText } from "../kernel/visible-text.ts";
import { just, maybe } from "../plain-shapes.ts";
import { type Language, languages, type Reader } from "../text.ts";
import { readZone, type ZoneSuggestion } from "../time/read-zone.ts";
import { type Form, note, type View } from "../view.ts";
import { accountsOf } from "./account.ts";
import { appRef } from "./app-ref.ts";
import { byHand, longestName, moved, profiles } from "./profile.ts";
import { memberTexts } from "./texts.ts";
import { profileView, type ShownProfile } from "./views.ts";

const mostChoices = 6;

export const editProfile = defineAction({
  name: "profile.edit",
  summary: memberTexts.say("editSummary"),
  title: memberTexts.say("editTitle"),
  examples: {
    en: ["/profile edit zone:Berlin", '/profile edit name:"Ada Lovelace" language:de', "/profile edit app:telegram"],
    de: [
      "/profile edit zeitzone:Berlin",
      '/profile edit name:"Ada Lovelace" sprache:Deutsch',
      "/profile edit app:telegram",
    ],
  },
  who: "member",
  input: z.object({
    name: ask(memberTexts.say("askName"), visibleText(longestName)).optional(),
    zone: ask(memberTexts.say("askZone"), just.string.trim().min(1).max(100)).optional(),
    language: ask(memberTexts.say("askLanguage"), z.enum(languages)).optional(),
    app: ask(memberTexts.say("askApp"), appRef).optional(),
    /** What a button has asked for. */
    asks: z.enum(["zone", "name", "language"]).optional(),
    /** It answers the form that shows what there is: what is still so was not set. */
    preset: maybe.boolean,
  }),
  main: false,
  async run(ctx, { asks, preset, ...input }): Promise<Edited> {
    const { name, zone, language, app } = preset ? changedIn(input, ctx.actor) : input;
    if (asks && !input[asks]) throw new NeedsField(asks);
    if (!preset && !name && !zone && !language && !app) return { form: presetForm(ctx) };
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
  view(outcome, reader) {
    if ("form" in outcome) return whatToEdit(outcome.form, reader);
    if ("choices" in outcome) return whichZone(outcome.choices, reader);
    return profileView(outcome, { ...reader, language: outcome.profile.language });
  },
});

type Edited = ShownProfile | { readonly choices: readonly ZoneSuggestion[] } | { readonly form: Form };

interface Answers {
  readonly name?: string;
  readonly zone?: string;
  readonly language?: Language;
  readonly app?: string;
}
const changedIn = ({ name, zone, language, app }: Answers, actor: Actor): Answers => ({
  ...(name !== actor.displayName && { name }),
  ...(zone !== actor.timezone && { zone }),
  ...(language !== actor.language && { language }),
  app,
});

/** What there is, to be changed. */
function presetForm({ actor, reader }: Pick<ActionContext, "actor" | "reader">): Form {
  const { displayName: name, timezone: zone, language } = actor;
  const now: Readonly<Record<string, string>> = { name, zone, language };
  const call = callOf(editProfile, { preset: true });
  const fields = furtherOf(reader, editProfile, call).map((field) => ({ ...field, value: now[field.name] }));
  return { call, title: memberTexts(reader).editTitle, fields };
}

/** Where there are no forms, a button asks for each. */
function whatToEdit(form: Form, reader: Reader): View {
  const t = memberTexts(reader);
  const { name, zone } = Object.fromEntries(form.fields.map((field) => [field.name, field.value]));
  return {
    ...note(t.nothingToEdit),
    buttons: [
      [button(`${t.name}: ${name}`, editProfile, { asks: "name" })],
      [button(`${t.zone}: ${zone}`, editProfile, { asks: "zone" })],
      [button(`${t.language}: ${t.languageName(reader.language)}`, editProfile, { asks: "language" })],
    ],
    form,
  };
}

/** Several places have that name. */
const whichZone = (choices: readonly ZoneSuggestion[], reader: Reader): View => ({
  ...note(memberTexts(reader).whichZone),
  select: {
    placeholder: memberTexts(reader).pickPlace,
    options: choices.map(({ label, zone }) => ({ label, call: callOf(editProfile, { zone }) })),
  },
});
