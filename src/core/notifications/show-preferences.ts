// What a member is told, by which channel and when: shown, and changed by buttons or by words.
import { z } from "zod";
import { button, callOf, defineAction } from "../kernel/action.ts";
import type { ActionContext, House, NotificationGroup } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { profiles } from "../members/read.ts";
import { just } from "../plain-shapes.ts";
import type { Reader } from "../text.ts";
import { type Block, paragraph, type View } from "../view.ts";
import { type Channel, channels } from "./channel.ts";
import { groups } from "./groups.ts";
import { mailAddressOf } from "./mail-address.ts";
import { preferenceTexts } from "./preference-texts.ts";
import { channelsOn, choose, isSwitchedOn, preferencesOf, type Settings, settingsOf } from "./preferences.ts";
import { groupsNamed, readChange } from "./read-change.ts";
import { showInbox } from "./show-inbox.ts";
import { wake } from "./wake.ts";

interface Shown {
  readonly settings: Settings;
  readonly zone: string;
  /** Those the house has something to tell of. */
  readonly groups: readonly NotificationGroup[];
  /** The one whose channels are shown. */
  readonly group?: NotificationGroup;
  readonly saved: boolean;
  /** Those that there are here; e-mail always, with a word on why none comes. */
  readonly ways: readonly Channel[];
  /** Why nothing comes by e-mail, though something is to. */
  readonly mail: "here" | "address" | undefined;
}

export const showPreferences = defineAction({
  name: "notifications.show",
  command: "notifications",
  summary: preferenceTexts.say("summary"),
  title: preferenceTexts.say("title"),
  examples: {
    en: [
      "/notifications",
      "/notifications quiet 22:00-07:30",
      "/notifications digest daily 18:00",
      "/notifications events mail on",
      "/notifications budget 8",
      "/notifications reminders 1d 1h",
    ],
    de: [
      "/notifications",
      "/notifications ruhe 22:00-07:30",
      "/notifications zusammenfassung täglich 18:00",
      "/notifications termine mail an",
      "/notifications budget 8",
      "/notifications erinnerungen 1d 1h",
    ],
  },
  who: "member",
  input: z.object({
    change: ask(preferenceTexts.say("askChange"), just.string.trim().max(200)).optional(),
    group: just.string.pipe(z.enum(groups)).optional(),
  }),
  /** @throws AppError `invalid` when it is not clear what to change. */
  async run(ctx, { change, group }): Promise<Shown> {
    const saved = Boolean(change);
    const settings = change ? await changed(ctx, change) : settingsOf(await preferencesOf(ctx.store, ctx.actor.id));
    const zone = (await ctx.store.get(profiles, ctx.actor.id))?.timezone ?? ctx.actor.timezone;
    return {
      settings,
      zone,
      groups: groupsIn(ctx.house, settings, change),
      group,
      saved,
      ways: channels.filter((channel) => channel !== "push" || ctx.pusher),
      mail: await lackOf(ctx, settings),
    };
  },
  view: (shown, reader) => ({
    ...(shown.group ? groupView(shown, shown.group, reader) : wholeView(shown, reader)),
    replaces: true,
  }),
});

/** What waits is looked at again by what holds now. */
async function changed(ctx: ActionContext, words: string): Promise<Settings> {
  const settings = await choose(ctx, ctx.actor.id, readChange(words));
  await wake(ctx, ctx.actor.id);
  return settings;
}

/** Those that something is told of, or that the member has spoken of. */
function groupsIn({ notifications }: House, { switches }: Settings, change = ""): readonly NotificationGroup[] {
  const told = [...notifications.values()].map(({ group }) => group);
  const chosen = Object.keys(switches).map((name) => name.split(".")[0]);
  const shown = new Set<string | undefined>([...told, ...chosen, ...groupsNamed(change)]);
  return groups.filter((group) => shown.has(group));
}

async function lackOf({ mailer, store, actor }: ActionContext, settings: Settings): Promise<Shown["mail"]> {
  if (!byMail(settings).length) return undefined;
  if (!mailer) return "here";
  return (await mailAddressOf(store, actor.id))?.address ? undefined : "address";
}

/** The groups that come by e-mail. */
export const byMail = (settings: Pick<Settings, "switches">): readonly NotificationGroup[] =>
  groups.filter((group) => isSwitchedOn(settings, group, "mail"));

function mailNote({ mail }: Pick<Shown, "mail">, reader: Reader): Block[] {
  const t = preferenceTexts(reader);
  return mail ? [paragraph(mail === "here" ? t.noMailHere : t.noAddress)] : [];
}

function wholeView(shown: Shown, reader: Reader): View {
  const t = preferenceTexts(reader);
  const { settings, zone, groups, saved, ways } = shown;
  const onBy = (group: NotificationGroup) => channelsOn(settings, group).filter((channel) => ways.includes(channel));
  const { quiet, digest, budget, reminders } = settings;
  return {
    title: t.title,
    body: [
      ...(saved ? [paragraph(t.saved)] : []),
      ...mailNote(shown, reader),
      { list: groups.map((group) => `${t.group(group)}: ${namesOf(onBy(group), reader)}`) },
      paragraph(t.how),
    ],
    fields: [
      { name: t.quiet, value: quiet ? `${t.quietIs(quiet)} (${zone})` : t.off },
      { name: t.digest, value: digest ? t.digestIs(digest) : t.off },
      { name: t.budget, value: t.budgetIs(budget) },
      { name: t.reminders, value: reminders ? t.remindersAre(reminders) : t.asPlanned },
    ],
    select: {
      placeholder: t.pick,
      options: groups.map((group) => ({ label: t.group(group) as string, call: callOf(showPreferences, { group }) })),
    },
    buttons: [
      [
        button(quiet ? t.quietOff : t.quietOn, showPreferences, { change: quiet ? "quiet off" : "quiet on" }),
        digestButton(settings, reader),
        button(t.inbox, showInbox, {}),
      ],
    ],
  };
}

/** Off, daily, weekly, off: the next one. */
function digestButton({ digest }: Settings, reader: Reader) {
  const t = preferenceTexts(reader);
  if (!digest) return button(t.daily, showPreferences, { change: "digest daily" });
  return digest.every === "daily"
    ? button(t.weekly, showPreferences, { change: "digest weekly" })
    : button(t.digestOff, showPreferences, { change: "digest off" });
}

function namesOf(on: readonly Channel[], reader: Reader): string {
  const t = preferenceTexts(reader);
  return on.length ? on.map((channel) => t.channel(channel)).join(", ") : t.none;
}

function groupView(shown: Shown, group: NotificationGroup, reader: Reader): View {
  const t = preferenceTexts(reader);
  const { settings, ways } = shown;
  const always = group === "always";
  const mail = isSwitchedOn(settings, group, "mail") ? mailNote(shown, reader) : [];
  const notes: Block[] = [paragraph(always ? t.alwaysNote : t.groupNote), ...mail];
  const toggles = ways
    .filter((channel) => !always || channel === "mail")
    .map((channel) => {
      const on = isSwitchedOn(settings, group, channel);
      const change = `${group} ${channel} ${on ? "off" : "on"}`;
      return button(t.toggle({ channel, on }), showPreferences, { change, group }, on ? "primary" : "plain");
    });
  return {
    title: t.group(group),
    body: notes,
    buttons: [toggles, [button(t.back, showPreferences, {})]],
  };
}
