// Taking back a reminder.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { defineAction } from "../kernel/action.ts";
import { update } from "../kernel/change.ts";
import { ask } from "../kernel/input.ts";
import { note } from "../view.ts";
import { reminders } from "./reminder.ts";
import { reminderRef } from "./reminder-ref.ts";
import { keyOf } from "./ring-reminder.ts";
import { reminderTexts } from "./texts.ts";

export const cancelReminder = defineAction({
  name: "reminder.cancel",
  command: "remind cancel",
  summary: reminderTexts.say("cancelSummary"),
  examples: ["/remind cancel K7M2QX", "/remind cancel revise"],
  who: "member",
  input: z.object({ reminder: ask(reminderTexts.say("askWhich"), reminderRef) }),
  async run({ store, queue }, { reminder }) {
    const now = await update(store, reminders, reminder.id, ({ status }) => {
      if (status === "rung") throw new AppError("conflict", reminderTexts.say("rangAlready"));
      return status === "cancelled" ? undefined : { status: "cancelled" as const, slot: undefined };
    });
    await queue.cancel(keyOf(now));
    return { text: now.text };
  },
  view: ({ text }, reader) => note(reminderTexts(reader).cancelled(text)),
});
