// What help says, and how PeerSpark introduces itself.
import { defineTexts, md } from "../text.ts";

export const helpTexts = defineTexts({
  en: {
    area: "Help",
    summary: "What I can do, by area",
    formTitle: "What I can do",
    askArea: "Which area or command? All of them if you leave it out",
    title: "What I can do",
    more: md`Pick an area for its commands and examples, or write for example \`/help pods\`.`,
    one: "Pick one for what can be given with it, and for examples.",
    examples: "Examples",
    choices: (choices: string) => `(${choices})`,
    unknown: (typed: string) => md`I have no help on “${typed}”. \`/help\` lists everything I can do.`,
    didYouMean: ({ typed, path }: { typed: string; path: string }) =>
      md`I have no help on “${typed}”. Did you mean \`/help ${path}\`?`,
    hello: (name: string) => md`Hello ${name}, I am PeerSpark`,
    whoIAm:
      "I help you learn with others, right in your chat: study groups, dates everybody sees in their own time zone, and reminders you can rely on.",
    threeThings: "Three things to try:",
    tryPod: md`\`/pod create Linear Algebra\` start a study group`,
    tryEvent: md`\`/event create Revision, Thursday 6pm for 90 min\` plan a meeting in one line`,
    tryReminder: md`\`/remind me to revise chapter 3 tomorrow at 7\` be reminded of anything`,
    whereAreYou: "Where are you? This app doesn't tell me your time zone, so I read times in UTC until you set it.",
    help: "Help",
  },
  de: {
    area: "Hilfe",
    summary: "Was ich kann, nach Bereichen",
    formTitle: "Was ich kann",
    askArea: "Welcher Bereich oder Befehl? Ohne Angabe alle",
    title: "Was ich kann",
    more: md`Wähl einen Bereich für seine Befehle und Beispiele, oder schreib zum Beispiel \`/help pods\`.`,
    one: "Wähl einen, um zu sehen, was man dazu angeben kann, mit Beispielen.",
    examples: "Beispiele",
    choices: (choices) => `(${choices})`,
    unknown: (typed) => md`Zu „${typed}“ habe ich keine Hilfe. \`/help\` zeigt alles, was ich kann.`,
    didYouMean: ({ typed, path }) => md`Zu „${typed}“ habe ich keine Hilfe. Meintest du \`/help ${path}\`?`,
    hello: (name) => md`Hallo ${name}, ich bin PeerSpark`,
    whoIAm:
      "Ich helfe dir, mit anderen zu lernen, direkt im Chat: Lerngruppen, Termine, die jeder in seiner Zeitzone sieht, und Erinnerungen, auf die Verlass ist.",
    threeThings: "Drei Dinge zum Ausprobieren:",
    tryPod: md`\`/pod create Lineare Algebra\` eine Lerngruppe gründen`,
    tryEvent: md`\`/event create Wiederholung, Donnerstag 18 Uhr, 90 Minuten\` ein Treffen in einer Zeile planen`,
    tryReminder: md`\`/remind me morgen um 7 Kapitel 3 wiederholen\` dich an etwas erinnern lassen`,
    whereAreYou:
      "Wo bist du? Deine Zeitzone sagt mir diese App nicht, darum lese ich Zeiten in UTC, bis du sie einstellst.",
    help: "Hilfe",
  },
});
