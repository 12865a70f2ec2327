// What is said when a push service does not take a message, and in one without words.
import { defineTexts } from "../../core/text.ts";

export const pushServiceTexts = defineTexts({
  en: {
    noTitle: "News from PeerSpark",
    openChat: "Answer in your chat app.",
    gone: "This browser takes no push messages any more.",
    refused: "The push service did not take the message.",
    busy: "The push service takes no more messages for now.",
    noAnswer: "The push service does not answer.",
  },
  de: {
    noTitle: "Neues von PeerSpark",
    openChat: "Antworte in deiner Chat-App.",
    gone: "Dieser Browser nimmt keine Push-Nachrichten mehr an.",
    refused: "Der Push-Dienst hat die Nachricht nicht angenommen.",
    busy: "Der Push-Dienst nimmt gerade keine Nachrichten mehr an.",
    noAnswer: "Der Push-Dienst antwortet nicht.",
  },
});
