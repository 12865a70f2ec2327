// What the pages say.
import { defineTexts } from "../core/text.ts";

export const pageTexts = defineTexts({
  en: {
    pushTitle: "PeerSpark in this browser",
    pushText: "Press the button, and allow notifications when the browser asks.",
    pushPress: "Show notifications here",
    pushDone: "Done: notifications come here from now on. You can close this page.",
    pushDenied: "The browser does not allow it. Allow notifications of this site in its settings, then press again.",
    pushFailed: "That did not work. Try again, or send /push to PeerSpark for a new link.",
    pushUnable: "This browser can't show push messages. On an iPhone, add this page to the home screen first.",
    oldLink: "This link is too old. Send /push to PeerSpark for a new one.",
    mailTitle: "Mail from PeerSpark",
    mailText: "Shall PeerSpark send no more mail to your address?",
    mailPress: "No more mail",
    mailDone: "No more mail comes. Your address is forgotten.",
    badLink: "This link is not complete. Open it from the mail.",
    queueAway:
      "The job queue does not answer. Look whether Redis runs (npm run doctor); this page is back when it does.",
  },
  de: {
    pushTitle: "PeerSpark in diesem Browser",
    pushText: "Drück auf den Knopf, und erlaub Mitteilungen, wenn der Browser fragt.",
    pushPress: "Mitteilungen hier zeigen",
    pushDone: "Fertig: Mitteilungen kommen ab jetzt hier an. Du kannst diese Seite schließen.",
    pushDenied:
      "Der Browser erlaubt es nicht. Erlaub dieser Seite in den Einstellungen Mitteilungen, dann drück noch einmal.",
    pushFailed: "Das hat nicht geklappt. Versuch es noch einmal, oder schick PeerSpark /push für einen neuen Link.",
    pushUnable:
      "Dieser Browser kann keine Push-Nachrichten zeigen. Leg die Seite auf einem iPhone erst auf den Home-Bildschirm.",
    oldLink: "Dieser Link ist zu alt. Schick PeerSpark /push für einen neuen.",
    mailTitle: "Mails von PeerSpark",
    mailText: "Soll PeerSpark keine Mails mehr an deine Adresse schicken?",
    mailPress: "Keine Mails mehr",
    mailDone: "Es kommen keine Mails mehr. Deine Adresse ist vergessen.",
    badLink: "Dieser Link ist nicht vollständig. Öffne ihn aus der Mail.",
    queueAway:
      "Die Warteschlange antwortet nicht. Sieh nach, ob Redis läuft (npm run doctor); dann ist auch diese Seite wieder da.",
  },
});
