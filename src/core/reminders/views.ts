// What a reminder looks like.
import { type Reader, type Sentence, time } from "../text.ts";
import type { Button, View } from "../view.ts";
import type { Reminder } from "./reminder.ts";
import { reminderTexts } from "./texts.ts";

interface Shown {
  readonly reminder: Reminder;
  /** What was assumed when its time was read. */
  readonly remarks?: readonly Sentence[];
}

/** A reminder that was just set, moved or snoozed: what is remembered, and how its time was understood. */
export function reminderView(
  title: "set" | "moved" | "snoozed",
  { reminder, remarks = [] }: Shown,
  reader: Reader,
  buttons: readonly Button[],
): View {
  const t = reminderTexts(reader);
  return {
    title: t[title],
    body: [{ quote: reminder.text }, ...remarks.map((remark) => ({ paragraph: remark(reader) }))],
    fields: [
      { name: t.when, value: [time(reminder.dueAt)] },
      { name: t.code, value: reminder.code },
    ],
    ...(reader.zone === "UTC" && { footer: t.zoneHint(reader.zone) }),
    buttons: [buttons],
  };
}
