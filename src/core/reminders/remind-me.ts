// Asking to be reminded, in one line or by two questions.
import { z } from "zod";
import { defineAction } from "../kernel/action.ts";
import { insert } from "../kernel/change.ts";
import { ask } from "../kernel/input.ts";
import { withFreshCode } from "../kernel/short-code.ts";
import { commitWithTurns } from "../kernel/turns.ts";
import { isInboxOnly } from "../notifications/read.ts";
import { just } from "../plain-shapes.ts";
import type { Values } from "../ports/store.ts";
import { buttonsOf } from "./move-reminder.ts";
import { readReminder } from "./read-reminder.ts";
import { longestText, reminders } from "./reminder.ts";
import { ringing } from "./ring-reminder.ts";
import { withFreeSlot } from "./take-slot.ts";
import { reminderTexts } from "./texts.ts";
import { reminderView } from "./views.ts";

export const remindMe = defineAction({
  name: "reminder.create",
  command: "remind me",
  summary: reminderTexts.say("createSummary"),
  title: reminderTexts.say("createTitle"),
  examples: {
    en: ["/remind me to revise chapter 3 tomorrow at 7", "/remind me in 20 minutes to call Grace"],
    de: ["/remind me morgen um 7 Kapitel 3 wiederholen", "/remind me in 20 Minuten Grace anrufen"],
  },
  who: "member",
  input: z.object({
    what: ask(reminderTexts.say("askWhat"), just.string.trim().min(1).max(longestText)),
    when: ask(reminderTexts.say("askWhen"), just.string.trim().min(1).max(longestText)).optional(),
    day: just.string.regex(/^\d{4}-\d\d-\d\d$/).optional(),
  }),
  shortcut: { label: reminderTexts.say("shortcut"), field: "what", asks: "when" },
  async run(ctx, input) {
    const { actor, clock, reader, secrets } = ctx;
    const { zone, language } = reader;
    const { text, dueAt, remarks } = await readReminder(input, { now: clock.now(), zone, language });
    const base = { memberId: actor.id, text, zone, dueAt, status: "pending" as const, createdAt: clock.now() };
    const reminder = await withFreeSlot(ctx, actor.id, (slot) =>
      withFreshCode(reminders, secrets, async (code) => {
        const row = { id: secrets.id(), ...base, code, slot } satisfies Values<typeof reminders> & { id: string };
        await commitWithTurns(ctx, [insert(reminders, row)], { given: [ringing(row, ctx.correlation)] });
        return { ...row, rev: 1 };
      }),
    );
    const unreached = (await isInboxOnly(ctx)) ? [reminderTexts.say("inboxOnly")] : [];
    return { reminder, remarks: [...remarks, ...unreached] };
  },
  view: (outcome, reader) => reminderView("set", outcome, reader, buttonsOf(outcome.reminder, reader)),
});
