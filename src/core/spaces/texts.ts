// What PeerSpark says in a group, a server or a workspace about that place itself.

import { defineTexts, type Language, md } from "../text.ts";
import type { CalendarShut } from "./space.ts";

const languageNames: Record<Language, string> = { en: "English", de: "Deutsch" };

export const spaceTexts = defineTexts({
  en: {
    area: "Groups and servers",
    setupSummary: "Set up this group, server or workspace",
    formTitle: "Set up this place",
    askLanguage: "Which language should I speak here? en or de",
    askCalendar: "Should events be in this server's calendar? yes or no",
    welcome: "Hello, I am PeerSpark",
    welcomeBack: "Hello again, I am PeerSpark",
    atHomeHere: (pod: string) => md`**${pod}** is at home here: its new events come to this place.`,
    atHomeIn: ({ pod, place }: { pod: string; place: string }) => md`**${pod}** is at home in ${place}.`,
    what: "I help you study together: pods, events, reminders. Two steps to start here:",
    create: md`**Make a pod**, your study group: \`/pod create Linear Algebra\``,
    bind: md`**Bring it here**, so that its new events come to this place: \`/pod bind Linear Algebra\``,
    whatIn: (space: string) =>
      md`I help you study together: pods, events, reminders. I am in ${space} now; two steps to start:`,
    createFirst: md`**Make a pod**, your study group: \`/pod create Linear Algebra\``,
    bindThere: md`**Bring it into a channel**, so that its new events come there: invite me into it (\`/invite @PeerSpark\`), then send \`/pod bind Linear Algebra\` there`,
    more: md`\`/pod find\` lists the pods there are, \`/help\` everything I can do.`,
    setUp: "Set up",
    setUpTitle: "Setting up",
    setUpTitled: (space: string) => md`Setting up ${space}`,
    setUpWhat: "This is how I am set up here.",
    setUpFoot: "Only who administers this place can change this.",
    saved: "Saved.",
    language: "Language",
    languageName: (language: Language) => languageNames[language],
    languageOption: (language: Language) => `Language: ${languageNames[language]}`,
    pickLanguage: "The language I speak here",
    calendar: "This server's calendar",
    calendarOn: "lists the events of the public pods that are at home here",
    calendarShut: (why: CalendarShut) =>
      why === "full"
        ? "– but it is full, and takes no more events now"
        : "– but I lack the right to create and manage events",
    calendarOff: "lists no events",
    turnCalendarOn: "List events in this server's own calendar",
    turnCalendarOff: "List no events in this server's calendar",
    makePod: "Make a pod",
    bringPod: "Bring a pod here",
    noPlace: "That works in a chat only. Send it in the group or channel you mean.",
    inASpace:
      "This is a private chat. Send that in the group, or in a channel of the server or workspace, that you want to set up.",
    notYourSpace: "Only who administers this place can set it up. Ask one of its administrators.",
    noCalendar: md`On this app a group has no calendar of its own. \`/event list\` shows what is coming up.`,
  },
  de: {
    area: "Gruppen und Server",
    setupSummary: "Diese Gruppe, diesen Server oder Workspace einrichten",
    formTitle: "Diesen Ort einrichten",
    askLanguage: "Welche Sprache soll ich hier sprechen? en oder de",
    askCalendar: "Sollen Termine in den Kalender des Servers? ja oder nein",
    welcome: "Hallo, ich bin PeerSpark",
    welcomeBack: "Hallo, hier ist PeerSpark wieder",
    atHomeHere: (pod) => md`**${pod}** ist hier zu Hause: seine neuen Termine kommen hierher.`,
    atHomeIn: ({ pod, place }) => md`**${pod}** ist in ${place} zu Hause.`,
    what: "Ich helfe euch beim gemeinsamen Lernen: Pods, Termine, Erinnerungen. So fangt ihr hier an:",
    create: md`**Macht einen Pod**, eure Lerngruppe: \`/pod create Lineare Algebra\``,
    bind: md`**Holt ihn hierher**, damit seine neuen Termine hier ankommen: \`/pod bind Lineare Algebra\``,
    whatIn: (space) =>
      md`Ich helfe euch beim gemeinsamen Lernen: Pods, Termine, Erinnerungen. In ${space} bin ich jetzt; so fängst du an:`,
    createFirst: md`**Gründe einen Pod**, eure Lerngruppe: \`/pod create Lineare Algebra\``,
    bindThere: md`**Hol ihn in einen Kanal**, damit seine neuen Termine dort ankommen: Lade mich dorthin ein (\`/invite @PeerSpark\`) und schick dort \`/pod bind Lineare Algebra\``,
    more: md`\`/pod find\` zeigt die Pods, die es gibt, \`/help\` alles, was ich kann.`,
    setUp: "Einrichten",
    setUpTitle: "Einrichten",
    setUpTitled: (space) => md`${space} einrichten`,
    setUpWhat: "So bin ich hier eingerichtet.",
    setUpFoot: "Ändern kann das nur, wer diesen Ort verwaltet.",
    saved: "Gespeichert.",
    language: "Sprache",
    languageName: (language) => languageNames[language],
    languageOption: (language) => `Sprache: ${languageNames[language]}`,
    pickLanguage: "Die Sprache, die ich hier spreche",
    calendar: "Kalender dieses Servers",
    calendarOn: "zeigt die Termine der öffentlichen Pods, die hier zu Hause sind",
    calendarShut: (why) =>
      why === "full"
        ? "– aber er ist voll und nimmt gerade keine mehr"
        : "– aber mir fehlt das Recht, Events zu erstellen und zu verwalten",
    calendarOff: "zeigt keine Termine",
    turnCalendarOn: "Termine im Kalender dieses Servers zeigen",
    turnCalendarOff: "Keine Termine im Kalender dieses Servers",
    makePod: "Einen Pod gründen",
    bringPod: "Einen Pod hierher holen",
    noPlace: "Das geht nur in einem Chat. Schick es in der Gruppe oder dem Kanal, den du meinst.",
    inASpace:
      "Das hier ist ein privater Chat. Schick das in der Gruppe, die du einrichten willst, oder in einem Kanal des Servers oder Workspace.",
    notYourSpace: "Einrichten kann diesen Ort nur, wer ihn verwaltet. Frag jemanden von der Verwaltung.",
    noCalendar: md`In dieser App haben Gruppen keinen eigenen Kalender. \`/event list\` zeigt, was ansteht.`,
  },
});
