// What is said about push messages in the browser.
import { defineTexts, md } from "../text.ts";

export const pushTexts = defineTexts({
  en: {
    summary: "Get notifications in your browser",
    title: "Push messages",
    off: "There are no push messages here: whoever runs PeerSpark has not set them up.",
    how: "Open this link in the browser that is to show them. It is yours alone and good for an hour.",
    none: "No browser shows them yet.",
    some: (browsers: string) => md`They come in: ${browsers}.`,
    open: "Open",
    remove: (browser: string) => `Stop: ${browser}`,
    removed: "No more push messages there.",
    badEndpoint: "That is no address of a push service.",
    oldLink: md`This link is too old. Send \`/push\` to PeerSpark for a new one.`,
  },
  de: {
    summary: "Mitteilungen im Browser bekommen",
    title: "Push-Nachrichten",
    off: "Hier gibt es keine Push-Nachrichten: Wer PeerSpark betreibt, hat sie nicht eingerichtet.",
    how: "Öffne diesen Link in dem Browser, der sie zeigen soll. Er ist nur für dich und gilt eine Stunde.",
    none: "Noch zeigt sie kein Browser.",
    some: (browsers) => md`Sie kommen in: ${browsers}.`,
    open: "Öffnen",
    remove: (browser) => `Beenden: ${browser}`,
    removed: "Dort kommen keine Push-Nachrichten mehr.",
    badEndpoint: "Das ist keine Adresse eines Push-Dienstes.",
    oldLink: md`Dieser Link ist zu alt. Schick PeerSpark \`/push\` für einen neuen.`,
  },
});
