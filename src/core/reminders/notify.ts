// What a member is told when their reminder rings.

import { button } from "../kernel/action.ts";
import type { NotificationKind } from "../kernel/house.ts";
import { reminderRang } from "./facts.ts";
import { lateAfter, reminders } from "./reminder.ts";
import { snoozeReminder } from "./snooze-reminder.ts";
import { reminderTexts } from "./texts.ts";

interface Rung {
  readonly [key: string]: unknown;
  readonly reminder: string;
  readonly text: string;
  readonly dueAt: number;
  readonly late: boolean;
}

export const reminderNotification: NotificationKind<typeof reminderRang.payload, Rung> = {
  type: "reminder",
  group: "always",
  urgency: "asked",
  late: "tell",
  plannedFor: ({ dueAt }) => dueAt,
  /** Given another time meanwhile, it rings then. */
  async stillTrue({ store }, { reminder: id, dueAt }) {
    const reminder = await store.get(reminders, id);
    return reminder?.status === "rung" && reminder.dueAt === dueAt;
  },
  fact: reminderRang,
  async prepare({ store }, { reminder: id, dueAt, at }) {
    const reminder = await store.get(reminders, id);
    if (!reminder) return undefined;
    return {
      to: [reminder.memberId],
      data: { reminder: id, text: reminder.text, dueAt, late: at - dueAt > lateAfter },
    };
  },
  view({ reminder, text, dueAt, late }, reader) {
    const t = reminderTexts(reader);
    return {
      title: t.rings,
      body: [{ paragraph: text }, { paragraph: late ? t.late(dueAt) : t.due(dueAt) }],
      buttons: [
        [
          button(t.tenMinutes, snoozeReminder, { reminder, for: "10min" }),
          button(t.oneHour, snoozeReminder, { reminder, for: "1h" }),
          button(t.tomorrow, snoozeReminder, { reminder, for: "tomorrow", due: Math.floor(dueAt / 1000) }),
        ],
      ],
    };
  },
};
