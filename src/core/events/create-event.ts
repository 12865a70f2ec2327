// Planning an event in one line: shows how it was understood, and creates it when that is confirmed.
import { z } from "zod";
import { button, defineAction } from "../kernel/action.ts";
import { NeedsField } from "../kernel/ask-more.ts";
import { ask } from "../kernel/input.ts";
import { lacksZone, zoneButton } from "../members/read.ts";
import { readOffsets } from "../notifications/read.ts";
import { just } from "../plain-shapes.ts";
import { type Outside, outsideOf, ownPodHere, ownPodRef, type Pod, podHere, wayInView } from "../pods/read.ts";
import { md, type Reader, type Text } from "../text.ts";
import type { View } from "../view.ts";
import { dismissQuestion } from "./dismiss-question.ts";
import { linkTo, spanOf } from "./event-card.ts";
import { details, publishEvent } from "./publish-event.ts";
import { type Plan, readPlan } from "./read-plan.ts";
import { eventTexts } from "./texts.ts";

const longestLine = 500;
const say = eventTexts.say;

export const createEvent = defineAction({
  name: "event.create",
  summary: say("createSummary"),
  examples: {
    en: [
      "/event create Eigenvalues tomorrow 6pm for 90 min",
      '/event create Exam monday 9:00 reminders:"1w 1d 1h"',
      '/event create Sheet 3 friday 16:00-18:00 capacity:8 place:"Room 5"',
    ],
    de: [
      "/event create Eigenwerte morgen um 18 Uhr, 90 Minuten",
      '/event create Klausur Montag 9 Uhr erinnerungen:"1w 1d 1h"',
      '/event create Blatt 3 Freitag 16-18 Uhr plätze:8 ort:"Raum 5"',
    ],
  },
  who: "member",
  input: z.object({
    what: ask(say("askWhat"), just.string.trim().min(1).max(longestLine), say("askTitle")),
    when: ask(say("askWhen"), just.string.trim().min(1).max(longestLine)).optional(),
    pod: ask(say("askPod"), ownPodRef).optional(),
    capacity: ask(say("askCapacity"), details.capacity).optional(),
    place: ask(say("askPlace"), details.place).optional(),
    link: ask(say("askLink"), details.link).optional(),
    description: ask(say("askDescription"), details.description).optional(),
    reminders: ask(say("askReminders"), just.string.trim().min(1).max(100)).optional(),
    day: just.string.regex(/^\d{4}-\d\d-\d\d$/).optional(),
    clock: just.string.regex(/^\d\d:\d\d$/).optional(),
  }),
  before: async (ctx, { pod }) => outsideOf(ctx, await podHere(ctx, pod)),
  shortcut: { label: say("shortcut"), field: "what", asks: "what" },
  async run(ctx, { what, when, day, clock, pod: given, reminders: before, ...details }): Promise<Preview | Outside> {
    const pod = await ownPodHere(ctx, given);
    if ("outside" in pod) return pod;
    const { zone, language } = ctx.reader;
    const plan = await readPlan({ what, when, day, clock }, { now: ctx.clock.now(), zone, language });
    const reminders = before ? offsetsIn(before) : undefined;
    return {
      plan,
      pod,
      zone,
      placeless: lacksZone(ctx.actor),
      id: ctx.secrets.id(),
      more: { ...details, ...(reminders && { reminders }) },
    };
  },
  view: (outcome, reader) => ("outside" in outcome ? wayInView(outcome, reader) : previewView(outcome, reader)),
});

function offsetsIn(words: string): number[] {
  const offsets = readOffsets(words);
  if (!offsets) throw new NeedsField("reminders", { problem: say("badReminders"), optional: true });
  return [...offsets];
}

interface Preview {
  readonly plan: Plan;
  readonly pod: Pod;
  readonly zone: string;
  /** It is UTC because nobody has told another. */
  readonly placeless: boolean;
  /** The event's, made here so that two presses make one event. */
  readonly id: string;
  readonly more: { capacity?: number; place?: string; link?: string; description?: string; reminders?: number[] };
}

const remindersAre = (offsets: readonly number[], reader: Reader): Text => {
  const t = eventTexts(reader);
  return offsets.length ? offsets.map((minutes) => t.lengthOf(minutes)).join(", ") : t.noReminders;
};

function previewView({ plan, pod, zone, placeless, id, more }: Preview, reader: Reader): View {
  const t = eventTexts(reader);
  const { title, start, end, remarks } = plan;
  const field = (name: Text, value: Text | undefined) => (value === undefined ? [] : [{ name, value }]);
  const input = { id, pod: pod.id, start, end, zone, title, ...more };
  return {
    title: t.preview,
    body: [
      { paragraph: md`**${title}**` },
      ...(more.description ? [{ paragraph: more.description }] : []),
      ...remarks.map((remark) => ({ paragraph: remark(reader) })),
    ],
    fields: [
      ...field(t.when, spanOf(start, end, { ...reader, zone })),
      ...field(t.length, t.lengthOf(Math.round((end - start) / 60_000))),
      ...field(t.zone, zone),
      ...field(t.pod, pod.name),
      ...field(t.seats, more.capacity === undefined ? t.noLimit : `${more.capacity}`),
      ...field(t.reminders, more.reminders && remindersAre(more.reminders, reader)),
      ...field(t.where, more.place),
      ...field(t.link, linkTo(more.link)),
    ],
    ...(placeless && { footer: t.zoneHint }),
    buttons: [
      [button(t.create, publishEvent, input, "primary"), button(t.discard, dismissQuestion, {})],
      ...(placeless ? [[zoneButton(reader)]] : []),
    ],
  };
}
