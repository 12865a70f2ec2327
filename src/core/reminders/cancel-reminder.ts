// Taking back a reminder.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { defineAction } from "../kernel/action.ts";
import { fromSeen, patch } from "../kernel/change.ts";
import { ask } from "../kernel/input.ts";
import { commitWithTurns } from "../kernel/turns.ts";
import { note } from "../view.ts";
import { reminders } from "./reminder.ts";
import { reminderRef } from "./reminder-ref.ts";
import { keyOf } from "./ring-reminder.ts";
import { reminderTexts } from "./texts.ts";

export const cancelReminder = defineAction({
  name: "reminder.cancel",
  command: "remind cancel",
  summary: reminderTexts.say("cancelSummary"),
  examples: {
    en: ["/remind cancel K7M2QX", "/remind cancel revise"],
    de: ["/remind cancel K7M2QX", "/remind cancel wiederholen"],
  },
  who: "member",
  input: z.object({ reminder: ask(reminderTexts.say("askWhich"), reminderRef) }),
  async run(ctx, { reminder: seen }) {
    await fromSeen(ctx.store, reminders, seen, async (reminder) => {
      if (reminder.status === "rung") throw new AppError("conflict", reminderTexts.say("rangAlready"));
      if (reminder.status === "cancelled") return;
      const change = patch(reminders, reminder, { status: "cancelled", slot: undefined });
      await commitWithTurns(ctx, [change], { takenBack: [keyOf(reminder)] });
    });
    return { text: seen.text };
  },
  view: ({ text }, reader) => ({ ...note(reminderTexts(reader).cancelled(text)), replaces: true }),
});
