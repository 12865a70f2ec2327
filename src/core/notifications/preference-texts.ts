// What is said about what a member wants to be told.
import type { NotificationGroup } from "../kernel/house.ts";
import { defineTexts, md } from "../text.ts";
import type { Channel } from "./channel.ts";
import { nameOfGroup } from "./groups.ts";
import type { DigestTime, Quiet } from "./quiet.ts";

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

const short = (minutes: number, [week, day]: readonly [string, string]) => {
  if (minutes % 10_080 === 0) return `${minutes / 10_080} ${week}`;
  if (minutes % 1440 === 0 && minutes > 1440) return `${minutes / 1440} ${day}`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
};
const offsets = (list: readonly number[], words: readonly [string, string]) =>
  list.map((minutes) => short(minutes, words)).join(", ");

const weekdays = {
  en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  de: ["montags", "dienstags", "mittwochs", "donnerstags", "freitags", "samstags", "sonntags"],
} as const;
const channelNames = {
  en: { chat: "Chat", mail: "E-mail", push: "Push" },
  de: { chat: "Chat", mail: "E-Mail", push: "Push" },
} as const satisfies Record<string, Record<Channel, string>>;

interface Switched {
  readonly channel: Channel;
  readonly on: boolean;
}

export const preferenceTexts = defineTexts({
  en: {
    summary: "What I tell you, where, and when I leave you alone",
    askChange: "What should change? Such as quiet 22:00-07:30, digest daily 18:00, budget 8, or events mail off",
    title: "Notifications",
    saved: "Saved.",
    group: (group: NotificationGroup) => nameOfGroup(group, "en"),
    channel: (channel: Channel) => channelNames.en[channel],
    toggle: ({ channel, on }: Switched) => `${channelNames.en[channel]}: ${on ? "on" : "off"}`,
    none: "inbox only",
    alwaysOn:
      "Reminders you asked for, and what concerns your account, always reach you. You can add e-mail, and leave the other groups out.",
    alwaysNote: "These always reach you. E-mail can come on top.",
    groupNote: "What is off is still in your inbox.",
    pick: "Choose where a group comes",
    quiet: "Quiet hours",
    quietIs: ({ from, to }: Quiet) => `${clock(from)}–${clock(to)}`,
    digest: "Digest",
    digestIs: ({ every, at, day }: DigestTime) =>
      every === "daily" ? `daily at ${clock(at)}` : `${weekdays.en[day - 1]} at ${clock(at)}`,
    budget: "At most a day",
    budgetIs: (count: number) => md`${count}; what is more comes with the next digest, or as one line the next morning`,
    noMailHere: "There is no mail here: whoever runs PeerSpark has not set it up. So nothing comes by e-mail.",
    noAddress: md`Nothing comes by e-mail until you give me an address: \`/mail set ada@example.org\`.`,
    reminders: "Before events",
    remindersAre: (list: readonly number[]) => offsets(list, ["week", "days"]) || "none",
    asPlanned: "as each event has it",
    off: "off",
    quietOn: "Quiet hours on",
    quietOff: "Quiet hours off",
    daily: "Daily digest",
    weekly: "Weekly digest",
    digestOff: "No digest",
    inbox: "Inbox",
    settings: "Settings",
    back: "Back",
    how: md`Other times: \`/notifications quiet 22:00-07:30\`, \`/notifications digest weekly friday 18:00\`, \`/notifications budget 8\`.`,
    whatChange: md`I don't know what to change. For example: \`/notifications events mail on\`, \`/notifications quiet 22:00-07:30\`, \`/notifications digest daily 18:00\`, \`/notifications budget 8\`.`,
    whatQuiet: md`From when until when? For example: \`/notifications quiet 22:00-07:30\`, or \`/notifications quiet off\`.`,
    sameTimes: md`From and until are the same time, so nothing would be quiet. \`/notifications quiet off\` turns quiet hours off.`,
    whatDigest: md`How often and when? For example: \`/notifications digest daily 18:00\`, \`/notifications digest weekly friday 18:00\`, or \`/notifications digest off\`.`,
    whatBudget: md`How many a day, from 0 to 100? For example: \`/notifications budget 12\`.`,
    whatReminders: md`Before events I can remind you at 1w, 2d, 1d, 12h, 3h, 1h, 30min, 10min and 5min. For example: \`/notifications reminders 1d 1h\`, or \`/notifications reminders usual\`.`,
  },
  de: {
    summary: "Was ich dir mitteile, wo, und wann ich dich in Ruhe lasse",
    askChange: "Was soll anders sein? Etwa ruhe 22:00-07:30, zusammenfassung täglich 18:00 oder termine mail aus",
    title: "Mitteilungen",
    saved: "Gespeichert.",
    group: (group) => nameOfGroup(group, "de"),
    channel: (channel) => channelNames.de[channel],
    toggle: ({ channel, on }) => `${channelNames.de[channel]}: ${on ? "an" : "aus"}`,
    none: "nur Posteingang",
    alwaysOn:
      "Erinnerungen, um die du gebeten hast, und was dein Konto betrifft, erreichen dich immer. Du kannst E-Mail dazunehmen und andere Gruppen weglassen.",
    alwaysNote: "Das erreicht dich immer. E-Mail kann dazukommen.",
    groupNote: "Was aus ist, steht trotzdem im Posteingang.",
    pick: "Wähle, wo eine Gruppe ankommt",
    quiet: "Ruhezeit",
    quietIs: ({ from, to }) => `${clock(from)}–${clock(to)}`,
    digest: "Zusammenfassung",
    digestIs: ({ every, at, day }) =>
      every === "daily" ? `täglich um ${clock(at)}` : `${weekdays.de[day - 1]} um ${clock(at)}`,
    budget: "Höchstens am Tag",
    budgetIs: (count) =>
      md`${count}; was darüber hinausgeht, kommt mit der nächsten Zusammenfassung oder am nächsten Morgen in einer Zeile`,
    noMailHere:
      "Hier gibt es keine Mails: Wer PeerSpark betreibt, hat sie nicht eingerichtet. Per E-Mail kommt also nichts.",
    noAddress: md`Per E-Mail kommt nichts, bis du mir eine Adresse gibst: \`/mail set ada@example.org\`.`,
    reminders: "Vor Terminen",
    remindersAre: (list) => offsets(list, ["Woche", "Tage"]) || "keine",
    asPlanned: "wie beim Termin festgelegt",
    off: "aus",
    quietOn: "Ruhezeit an",
    quietOff: "Ruhezeit aus",
    daily: "Täglich zusammenfassen",
    weekly: "Wöchentlich zusammenfassen",
    digestOff: "Nicht zusammenfassen",
    inbox: "Posteingang",
    settings: "Einstellungen",
    back: "Zurück",
    how: md`Andere Zeiten: \`/notifications ruhe 22:00-07:30\`, \`/notifications zusammenfassung wöchentlich freitag 18:00\`, \`/notifications budget 8\`.`,
    whatChange: md`Ich weiß nicht, was ich ändern soll. Zum Beispiel: \`/notifications termine mail an\`, \`/notifications ruhe 22:00-07:30\`, \`/notifications zusammenfassung täglich 18:00\`, \`/notifications budget 8\`.`,
    whatQuiet: md`Von wann bis wann? Zum Beispiel: \`/notifications ruhe 22:00-07:30\` oder \`/notifications ruhe aus\`.`,
    sameTimes: md`Von und bis sind dieselbe Zeit, es wäre also nie Ruhe. \`/notifications ruhe aus\` schaltet die Ruhezeit aus.`,
    whatDigest: md`Wie oft und wann? Zum Beispiel: \`/notifications zusammenfassung täglich 18:00\`, \`/notifications zusammenfassung wöchentlich freitag 18:00\` oder \`/notifications zusammenfassung aus\`.`,
    whatBudget: md`Wie viele am Tag, von 0 bis 100? Zum Beispiel: \`/notifications budget 12\`.`,
    whatReminders: md`Vor Terminen kann ich dich 1w, 2d, 1d, 12h, 3h, 1h, 30min, 10min und 5min vorher erinnern. Zum Beispiel: \`/notifications erinnerungen 1d 1h\` oder \`/notifications erinnerungen üblich\`.`,
  },
});
