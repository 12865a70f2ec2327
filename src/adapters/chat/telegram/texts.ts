// What the Telegram adapter itself says when Telegram refuses or does not answer.
import { defineTexts, md } from "../../../core/text.ts";

export const telegramTexts = defineTexts({
  en: {
    leave: "Leave the form that is open",
    badToken: md`Telegram does not know this bot token. Copy the token from @BotFather (/mybots → API Token) into TELEGRAM_BOT_TOKEN and start again.`,
    malformedToken: md`TELEGRAM_BOT_TOKEN does not look like a bot token. @BotFather gives one of the form 123456789:AA… under /mybots → API Token.`,
    malformedSecret:
      "TELEGRAM_WEBHOOK_SECRET may hold 1 to 256 letters (A to Z), digits, underscores and hyphens, and nothing else.",
    badWebhook: (why: string) =>
      md`Telegram does not accept the webhook address: ${why}. Check PUBLIC_URL: it must be reachable over HTTPS from the internet; without it, PeerSpark polls.`,
    otherPoller:
      "Another process receives this bot's messages with the same TELEGRAM_BOT_TOKEN (or has set a webhook). Stop it, or give this one a bot of its own; I go on trying.",
    blocked: "I can't write to this person in private: they have blocked the bot.",
    unreachable: "I can't write to this person in private until they have opened the bot and pressed Start.",
    gone: "I can't write there any more: the place or the message is gone, or I may not write in it.",
    closed: "I may not write there for now. Somebody who administers the group can allow it again.",
    letMeWrite:
      "I may not write in this group, so nothing of the pod would arrive. Let an administrator allow me to send messages (or make me an administrator) first, then send this once more.",
    undeletable: "Telegram lets me delete my messages for 48 hours only.",
    noReaction: "Telegram does not take that reaction from me.",
    noFile: "Telegram does not give me that file: it is gone, or larger than 20 MB.",
    tooFast: "Telegram asks me to slow down. Please try again in a moment.",
    refused: (why: string) => md`Telegram did not accept that: ${why}`,
    noAnswer: "Telegram does not answer right now. Please try again in a minute.",
  },
  de: {
    leave: "Das offene Formular verlassen",
    badToken: md`Telegram kennt dieses Bot-Token nicht. Kopiere das Token von @BotFather (/mybots → API Token) nach TELEGRAM_BOT_TOKEN und starte neu.`,
    malformedToken: md`TELEGRAM_BOT_TOKEN sieht nicht wie ein Bot-Token aus. @BotFather nennt eines der Form 123456789:AA… unter /mybots → API Token.`,
    malformedSecret:
      "TELEGRAM_WEBHOOK_SECRET darf aus 1 bis 256 Buchstaben (A bis Z), Ziffern, Unterstrichen und Bindestrichen bestehen, sonst aus nichts.",
    badWebhook: (why) =>
      md`Telegram nimmt die Webhook-Adresse nicht an: ${why}. Prüfe PUBLIC_URL: Sie muss über HTTPS aus dem Internet erreichbar sein; ohne sie fragt PeerSpark selbst nach.`,
    otherPoller:
      "Ein anderer Prozess empfängt mit demselben TELEGRAM_BOT_TOKEN (oder hat einen Webhook gesetzt). Beende ihn oder gib diesem hier einen eigenen Bot; ich versuche es weiter.",
    blocked: "Ich kann dieser Person nicht privat schreiben: Sie hat den Bot blockiert.",
    unreachable: "Ich kann dieser Person erst privat schreiben, wenn sie den Bot geöffnet und auf Start gedrückt hat.",
    gone: "Dorthin kann ich nicht mehr schreiben: Der Ort oder die Nachricht ist weg, oder ich darf dort nicht schreiben.",
    closed: "Dort darf ich gerade nicht schreiben. Wer die Gruppe verwaltet, kann es wieder erlauben.",
    letMeWrite:
      "In dieser Gruppe darf ich nicht schreiben, also käme vom Pod nichts an. Wer sie verwaltet, muss mir erst das Schreiben erlauben (oder mich zum Administrator machen); schick es dann noch einmal.",
    undeletable: "Telegram lässt mich meine Nachrichten nur 48 Stunden lang löschen.",
    noReaction: "Diese Reaktion nimmt Telegram von mir nicht an.",
    noFile: "Telegram gibt mir diese Datei nicht: Sie ist weg oder größer als 20 MB.",
    tooFast: "Telegram bittet mich, langsamer zu sein. Bitte versuch es gleich noch einmal.",
    refused: (why) => md`Telegram hat das nicht angenommen: ${why}`,
    noAnswer: "Telegram antwortet gerade nicht. Bitte versuch es in einer Minute noch einmal.",
  },
});
