// Telling everybody in a pod something: shown first, with how many will get it, and sent when that is confirmed.
import { z } from "zod";
import { AppError, isConflict } from "../errors.ts";
import { button, defineAction } from "../kernel/action.ts";
import { insert } from "../kernel/change.ts";
import { ask } from "../kernel/input.ts";
import { isId } from "../kernel/short-code.ts";
import { visibleText } from "../kernel/visible-text.ts";
import { just } from "../plain-shapes.ts";
import type { Reader } from "../text.ts";
import { note, paragraph, type View } from "../view.ts";
import { announcements, longestAnnouncement } from "./announcement.ts";
import { announcementTexts } from "./announcement-texts.ts";
import { podAnnounced } from "./facts.ts";
import { requireRole } from "./membership.ts";
import { type Outside, outsideOf, ownPodHere, wayInView } from "./outside.ts";
import type { Pod } from "./pod.ts";
import { podHere } from "./pod-here.ts";
import { ownPodRef, podRef } from "./pod-ref.ts";
import { podTexts } from "./texts.ts";

const text = visibleText(longestAnnouncement);

interface Preview {
  /** The announcement's, made here so that two presses send one. */
  readonly id: string;
  readonly pod: Pod;
  readonly text: string;
}

export const announceToPod = defineAction({
  name: "pod.announce",
  summary: announcementTexts.say("summary"),
  title: announcementTexts.say("title"),
  examples: {
    en: ["/pod announce The room has changed: 5 instead of 3", '/pod announce Welcome back! pod:"Linear Algebra"'],
    de: ["/pod announce Neuer Raum: 5 statt 3", '/pod announce Willkommen zurück! pod:"Lineare Algebra"'],
  },
  who: "member",
  input: z.object({
    text: ask(announcementTexts.say("askText"), text),
    pod: ask(podTexts.say("askPod"), ownPodRef).optional(),
  }),
  before: async (ctx, { pod }) => outsideOf(ctx, await podHere(ctx, pod)),
  async run(ctx, { text, pod: given }): Promise<Preview | Outside> {
    const pod = await ownPodHere(ctx, given);
    if ("outside" in pod) return pod;
    await requireRole(ctx, pod, "admin");
    if (pod.membersCount < 2) throw new AppError("conflict", announcementTexts.say("alone", pod.name));
    return { id: ctx.secrets.id(), pod, text };
  },
  view: (outcome, reader) => ("outside" in outcome ? wayInView(outcome, reader) : previewView(outcome, reader)),
});

function previewView({ id, pod, text }: Preview, reader: Reader): View {
  const t = announcementTexts(reader);
  const count = pod.membersCount - 1;
  return {
    title: t.preview(pod.name),
    body: [{ quote: text }, paragraph(t.goesTo(count))],
    buttons: [[button(t.send(count), sendAnnouncement, { id, pod: pod.id, text }, "primary")]],
  };
}

export const sendAnnouncement = defineAction({
  name: "pod.send-announcement",
  command: false,
  who: "member",
  input: z.object({ id: just.string.refine(isId), pod: podRef, text }),
  async run(ctx, { id, pod, text }) {
    await requireRole(ctx, pod, "admin");
    const row = { id, podId: pod.id, by: ctx.actor.id, text, at: ctx.clock.now() };
    const fact = podAnnounced(ctx, { subject: pod.id, announcement: id, by: ctx.actor.id });
    await ctx.store.commit([insert(announcements, row), fact]).catch((error) => {
      if (!isConflict(error) || error.detail.collection !== announcements.name) throw error;
    });
    return { pod };
  },
  view: ({ pod }, reader) => ({ ...note(announcementTexts(reader).sent(pod.name)), replaces: true }),
});
