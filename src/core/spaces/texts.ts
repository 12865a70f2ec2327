// What PeerSpark says when it is put into a group, a server or a workspace.
import { defineTexts, md } from "../text.ts";

export const spaceTexts = defineTexts({
  en: {
    welcome: "Hello, I am PeerSpark",
    what: "I help you study together: pods, events, reminders. Two steps to start here:",
    create: md`**Make a pod**, your study group: /pod create Linear Algebra`,
    bind: md`**Bring it here**, so that its new events come to this place: /pod bind Linear Algebra`,
    more: "/pod find lists the pods there are, /help everything I can do.",
  },
  de: {
    welcome: "Hallo, ich bin PeerSpark",
    what: "Ich helfe euch beim gemeinsamen Lernen: Pods, Termine, Erinnerungen. So fangt ihr hier an:",
    create: md`**Macht einen Pod**, eure Lerngruppe: /pod create Lineare Algebra`,
    bind: md`**Holt ihn hierher**, damit seine neuen Termine hier ankommen: /pod bind Lineare Algebra`,
    more: "/pod find zeigt die Pods, die es gibt, /help alles, was ich kann.",
  },
});
