// Setting up a group, a server or a workspace: its language, its own calendar, its first pod.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { button, callOf, defineAction, formButton } from "../kernel/action.ts";
import { upsert } from "../kernel/change.ts";
import type { ActionContext } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { just } from "../plain-shapes.ts";
import { bindPod, createPod } from "../pods/read.ts";
import { languages, type Reader } from "../text.ts";
import type { View } from "../view.ts";
import { spaceChanged } from "./facts.ts";
import { administersSpace, placeOf } from "./own-place.ts";
import { type CalendarShut, type Space, spaceIdOf, spaces, titleOf } from "./space.ts";
import { spaceTexts } from "./texts.ts";

const say = spaceTexts.say;

export const setUpSpace = defineAction({
  name: "space.setup",
  command: "setup",
  summary: say("setupSummary"),
  title: say("formTitle"),
  examples: { en: ["/setup", "/setup language:de"], de: ["/setup", "/setup sprache:Deutsch"] },
  who: administersSpace,
  input: z.object({
    language: ask(say("askLanguage"), z.enum(languages)).optional(),
    calendar: ask(say("askCalendar"), just.boolean).optional(),
  }),
  main: false,
  async run(ctx, { language, calendar }): Promise<SetUp> {
    const place = placeOf(ctx);
    const hasCalendar = ctx.messenger.hasCalendar(place.platform);
    if (calendar && !hasCalendar) throw new AppError("unsupported", say("noCalendar"));
    const saved = language !== undefined || calendar !== undefined;
    if (saved) await change(ctx, { ...(language && { language }), ...(calendar !== undefined && { calendar }) });
    const known = await ctx.store.getBy(spaces, { platform: place.platform, externalId: spaceIdOf(place) });
    const { language: speaks = "en", calendar: lists = false, calendarShutAt, calendarShut = "closed" } = known ?? {};
    return {
      title: known?.title ?? titleOf(place),
      language: speaks,
      calendar: lists,
      hasCalendar,
      saved,
      shut: calendarShutAt === undefined ? undefined : calendarShut,
      alone: ctx.messenger.whispers(place.platform),
    };
  },
  view: setUpView,
});

interface SetUp extends Pick<Space, "title" | "language" | "calendar"> {
  readonly hasCalendar: boolean;
  readonly shut: CalendarShut | undefined;
  readonly saved: boolean;
  /** The caller alone sees it, and can still press its buttons in the place. */
  readonly alone: boolean;
}

/** A space that PeerSpark was never told it was put into becomes known by this. */
async function change(ctx: ActionContext, set: Partial<Pick<Space, "language" | "calendar">>): Promise<void> {
  const place = placeOf(ctx);
  const { platform, channel } = place;
  const externalId = spaceIdOf(place);
  const first = { id: ctx.secrets.id(), platform, externalId, channel, title: titleOf(place) };
  const row = { ...first, joinedAt: ctx.clock.now(), joinedBy: ctx.actor.id, ...set };
  await ctx.store.commit([
    upsert(spaces, { platform, externalId }, row, {
      ...set,
      ...(set.calendar !== undefined && { calendarShutAt: undefined }),
    }),
    spaceChanged(ctx, { platform, space: externalId, channel }),
  ]);
}

/** In the place itself, since what is bound by its buttons is bound to where it stands. */
function setUpView({ title, language, calendar, hasCalendar, saved, shut, alone }: SetUp, reader: Reader): View {
  const t = spaceTexts(reader);
  return {
    audience: alone ? "caller" : "channel",
    replaces: saved,
    title: title ? t.setUpTitled(title) : t.setUpTitle,
    body: [{ paragraph: saved ? t.saved : t.setUpWhat }],
    fields: [
      { name: t.language, value: t.languageName(language) },
      ...(hasCalendar
        ? [
            {
              name: t.calendar,
              value: calendar ? [t.calendarOn, ...(shut ? [" ", t.calendarShut(shut)] : [])] : t.calendarOff,
            },
          ]
        : []),
    ],
    select: {
      placeholder: t.pickLanguage,
      options: languages.map((one) => ({
        label: t.languageOption(one),
        call: callOf(setUpSpace, { language: one }),
      })),
    },
    buttons: [
      ...(hasCalendar
        ? [[button(calendar ? t.turnCalendarOff : t.turnCalendarOn, setUpSpace, { calendar: !calendar })]]
        : []),
      [formButton(t.makePod, createPod), formButton(t.bringPod, bindPod)],
    ],
    footer: t.setUpFoot,
  };
}
