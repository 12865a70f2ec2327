// Being reminded again: ten minutes, an hour, or tomorrow at the same time of day.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { defineAction } from "../kernel/action.ts";
import type { ActionContext } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { just } from "../plain-shapes.ts";
import { instantOf, wallClockOf } from "../time/wall-clock.ts";
import { buttonsOf } from "./move-reminder.ts";
import { type Reminder, rungReminders } from "./reminder.ts";
import { rungReminderRef } from "./reminder-ref.ts";
import { reopenReminder } from "./reopen-reminder.ts";
import { reminderTexts } from "./texts.ts";
import { reminderView } from "./views.ts";

const lengths = ["10min", "1h", "tomorrow"] as const;
export type Snooze = (typeof lengths)[number];

type Time = Pick<Reminder, "dueAt" | "zone">;

/** "tomorrow" is the reminder's own time of day on the day after this one, in its zone. */
export function snoozed({ dueAt, zone }: Time, length: Snooze, now: number): Time {
  if (length === "10min") return { dueAt: now + 10 * 60_000, zone };
  if (length === "1h") return { dueAt: now + 60 * 60_000, zone };
  const tomorrow = wallClockOf(now, zone).toPlainDate().add({ days: 1 });
  return { dueAt: instantOf(tomorrow.toPlainDateTime(wallClockOf(dueAt, zone).toPlainTime()), zone).instant, zone };
}

export const snoozeReminder = defineAction({
  name: "reminder.snooze",
  command: "remind snooze",
  summary: reminderTexts.say("snoozeSummary"),
  title: reminderTexts.say("snoozeTitle"),
  examples: {
    en: ["/remind snooze", "/remind snooze K7M2QX for:1h", "/remind snooze for:tomorrow"],
    de: ["/remind snooze", "/remind snooze K7M2QX dauer:1h", "/remind snooze dauer:morgen"],
  },
  who: "member",
  input: z.object({
    reminder: ask(reminderTexts.say("askWhichRung"), rungReminderRef).optional(),
    for: ask(reminderTexts.say("askHowLong"), z.enum(lengths)).default("10min"),
    /** Epoch seconds, which fit the smallest button: the time that the card was about, whatever the reminder has by now. */
    due: just.int.min(0).max(8.64e12).optional(),
  }),
  async run(ctx, { reminder, for: length, due }) {
    const seen = reminder ?? (await lastRung(ctx));
    const now = ctx.clock.now();
    const timeOf = ({ dueAt, zone }: Time) => snoozed({ dueAt: due ? due * 1000 : dueAt, zone }, length, now);
    return { reminder: await reopenReminder(ctx, seen, timeOf) };
  },
  view: (outcome, reader) => reminderView("snoozed", outcome, reader, buttonsOf(outcome.reminder, reader)),
});

async function lastRung({ store, actor }: ActionContext): Promise<Reminder> {
  const [last] = await rungReminders(store, actor.id, 1);
  if (!last) throw new AppError("not_found", reminderTexts.say("noneRung"));
  return last;
}
