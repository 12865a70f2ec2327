// What a mail says of itself.
import { defineTexts } from "../../core/text.ts";

export const letterTexts = defineTexts({
  en: {
    noSubject: "News from PeerSpark",
    openChat: "To answer, open the chat app in which you talk to PeerSpark.",
    stop: "No more mail from PeerSpark:",
    noMailbox: "There is no such mailbox. Check the address and send it again.",
    refused: "The mail server did not take the message.",
    busy: "The mail server takes no more mail for now. Try again in a few minutes.",
    noAnswer: "The mail server does not answer. Try again in a few minutes.",
  },
  de: {
    noSubject: "Neues von PeerSpark",
    openChat: "Antworten kannst du in der Chat-App, in der du mit PeerSpark sprichst.",
    stop: "Keine Mails von PeerSpark mehr:",
    noMailbox: "Dieses Postfach gibt es nicht. Prüfe die Adresse und schick sie noch einmal.",
    refused: "Der Mailserver hat die Nachricht nicht angenommen.",
    busy: "Der Mailserver nimmt gerade keine Mails mehr an. Versuch es in ein paar Minuten noch einmal.",
    noAnswer: "Der Mailserver antwortet nicht. Versuch es in ein paar Minuten noch einmal.",
  },
});
