// Giving a reminder another time.
import { z } from "zod";
import { button, defineAction } from "../kernel/action.ts";
import { NeedsField } from "../kernel/ask-more.ts";
import { ask } from "../kernel/input.ts";
import { just } from "../plain-shapes.ts";
import type { Reader } from "../text.ts";
import type { Button } from "../view.ts";
import { cancelReminder } from "./cancel-reminder.ts";
import { readDue } from "./read-reminder.ts";
import type { Reminder } from "./reminder.ts";
import { reminderRef } from "./reminder-ref.ts";
import { reopenReminder } from "./reopen-reminder.ts";
import { reminderTexts } from "./texts.ts";
import { reminderView } from "./views.ts";

export const moveReminder = defineAction({
  name: "reminder.move",
  command: "remind move",
  summary: reminderTexts.say("moveSummary"),
  title: reminderTexts.say("moveTitle"),
  examples: { en: ['/remind move K7M2QX when:"Friday 6pm"'], de: ['/remind move K7M2QX wann:"Freitag 18 Uhr"'] },
  who: "member",
  input: z.object({
    reminder: ask(reminderTexts.say("askWhich"), reminderRef),
    when: ask(reminderTexts.say("askWhen"), just.string.trim().min(1).max(200)).optional(),
  }),
  async run(ctx, { reminder, when }) {
    const question = reminderTexts.say("askNewTime", reminder);
    if (!when) throw new NeedsField("when", { question });
    const { zone, language } = ctx.reader;
    const asked = { now: ctx.clock.now(), zone, language };
    const { dueAt, remarks } = await readDue(when, asked, reminder).catch((error: unknown) => {
      throw error instanceof NeedsField ? new NeedsField(error.field, { question, ...error.more }) : error;
    });
    return { reminder: await reopenReminder(ctx, reminder, () => ({ dueAt, zone })), remarks };
  },
  view: (outcome, reader) => reminderView("moved", outcome, reader, buttonsOf(outcome.reminder, reader)),
});

/** Under a reminder that is still to ring. */
export const buttonsOf = ({ id }: Pick<Reminder, "id">, reader: Reader): readonly Button[] => [
  button(reminderTexts(reader).change, moveReminder, { reminder: id }),
  button(reminderTexts(reader).cancel, cancelReminder, { reminder: id }, "danger"),
];
