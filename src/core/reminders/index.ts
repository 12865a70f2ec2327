// Reminders: what members ask to be reminded of, and when.
import type { Feature } from "../kernel/house.ts";
import { cancelReminder } from "./cancel-reminder.ts";
import { reminderRang } from "./facts.ts";
import { listReminders } from "./list-reminders.ts";
import { moveReminder } from "./move-reminder.ts";
import { reminderNotification } from "./notify.ts";
import { remindMe } from "./remind-me.ts";
import { keepBothReminders, reminders as rows } from "./reminder.ts";
import { ringReminder } from "./ring-reminder.ts";
import { snoozeReminder } from "./snooze-reminder.ts";
import { sweepReminders } from "./sweep-reminders.ts";
import { reminderTexts } from "./texts.ts";

export const reminders: Feature = {
  name: "reminders",
  title: reminderTexts.say("area"),
  collections: [rows],
  actions: [remindMe, listReminders, snoozeReminder, moveReminder, cancelReminder],
  jobs: [ringReminder, sweepReminders],
  facts: [reminderRang],
  notifications: [reminderNotification],
  merges: [keepBothReminders],
};
