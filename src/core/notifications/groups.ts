// The groups that members turn on and off: what each is called, and what members write for it.
import type { NotificationGroup } from "../kernel/house.ts";
import type { Language } from "../text.ts";

/** The settings list those that a kind of the house belongs to. */
const table: Readonly<Record<NotificationGroup, Readonly<Record<Language, string>> & { words: readonly string[] }>> = {
  social: {
    en: "Likes, comments, followers",
    de: "Likes, Kommentare, Follower",
    words: ["social", "soziales"],
  },
  mentions: { en: "Mentions", de: "Erwähnungen", words: ["mentions", "mention", "erwähnungen"] },
  messages: { en: "Messages", de: "Nachrichten", words: ["messages", "message", "nachrichten"] },
  events: { en: "Events", de: "Termine", words: ["events", "event", "termine", "termin"] },
  pods: { en: "Pods", de: "Pods", words: ["pods", "pod"] },
  accountability: {
    en: "Pledges and streaks",
    de: "Vorhaben und Serien",
    words: ["accountability", "pledges", "vorhaben"],
  },
  progress: { en: "Progress", de: "Fortschritt", words: ["progress", "fortschritt"] },
  learning: { en: "Learning", de: "Lernen", words: ["learning", "lernen"] },
  always: { en: "Reminders and service", de: "Erinnerungen und Dienst", words: ["always", "immer"] },
};

export const groups = Object.keys(table) as NotificationGroup[];

export const nameOfGroup = (group: NotificationGroup, language: Language): string => table[group][language];

/** Undefined for a word that names none. */
export const groupNamed = (word: string | undefined): NotificationGroup | undefined =>
  groups.find((group) => word !== undefined && table[group].words.includes(word));
