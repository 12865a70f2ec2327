// What the chat edge itself says: about commands, forms and where an answer went.
import { defineTexts, md, time } from "../../core/text.ts";

/** What lets PeerSpark answer in private there. */
const reaching = {
  en: (platform: string) =>
    platform === "discord"
      ? "Use the slash command, whose answer you alone see, or allow direct messages in the server's menu under Privacy Settings."
      : "Please open a direct chat with me.",
  de: (platform: string) =>
    platform === "discord"
      ? "Nimm den Slash-Befehl, dessen Antwort nur du siehst, oder erlaub Direktnachrichten im Menü des Servers unter Privatsphäre-Einstellungen."
      : "Bitte öffne einen direkten Chat mit mir.",
};

export const chatTexts = defineTexts({
  en: {
    noPlatform: (platform: string) => md`PeerSpark is not connected to ${platform} here.`,
    unknown: (typed: string) => md`I don't know “${typed}”. \`/help\` lists what I can do.`,
    didYouMean: (command: string) => md`Did you mean \`/${command}\`?`,
    showMe: "Show me how",
    spare: (words: string) =>
      md`I don't know what “${words}” is for. Put values of several words in quotes, such as zone:"New York".`,
    staleButton: "That button no longer does anything. Send the command again for a fresh one.",
    cancelled: "All right, I left the form.",
    nothingOpen: "There is nothing to cancel here.",
    howToLeave: md`\`/cancel\` leaves the form.`,
    stillOpen: md`Your form is still open: what you write next answers it, and \`/cancel\` leaves it.`,
    yes: "Yes",
    no: "No",
    leaveOut: "Leave it out",
    answerPrivately: "I answer that in private, but I can't write to you yet. Press the button and then Start.",
    notDone: (platform: string) =>
      md`I can't write to you in private, so I have done nothing. ${reaching.en(platform)}`,
    doneUnread: (platform: string) =>
      md`I have done that, but can't write the answer to you in private: there is no need to send it again. ${reaching.en(platform)}`,
    openPrivately: "Open in private",
    unseen:
      "I can't see who you are. Send it from your own account: as an administrator, turn off “Remain anonymous” for yourself.",
    unsupported: "That is not possible on this app.",
    storeAway: "I can't reach my data right now. Please try again in a minute.",
    kept: "I can't reach my data right now. I have kept what you asked for and do it as soon as I can: there is no need to send it again.",
    notKept: "I can't reach my data right now, and can't keep what you asked for either. Please send it again later.",
    askedAt: (at: number) => md`You asked for this on ${time(at)}.`,
    doneSince: (at: number) => md`What you asked for on ${time(at)} is done.`,
    takenOver:
      "This PeerSpark stood still, or could not reach its data, for half a minute, and another one has taken over its chat app. It has stopped, so that nothing is answered twice. Start it again: it takes over when the other one ends.",
    hint: md`I understand commands, such as \`/event create Algebra tomorrow 6pm\`. \`/help\` lists them.`,
  },
  de: {
    noPlatform: (platform) => md`PeerSpark ist hier nicht mit ${platform} verbunden.`,
    unknown: (typed) => md`„${typed}“ kenne ich nicht. \`/help\` zeigt, was ich kann.`,
    didYouMean: (command) => md`Meintest du \`/${command}\`?`,
    showMe: "Zeig mir, wie",
    spare: (words) =>
      md`Ich weiß nicht, wofür „${words}“ steht. Setz Werte aus mehreren Wörtern in Anführungszeichen, etwa zeitzone:"New York".`,
    staleButton: "Dieser Knopf tut nichts mehr. Schick den Befehl noch einmal für einen neuen.",
    cancelled: "Gut, ich habe das Formular verlassen.",
    nothingOpen: "Hier gibt es nichts abzubrechen.",
    howToLeave: md`\`/cancel\` verlässt das Formular.`,
    stillOpen: md`Dein Formular ist noch offen: Was du als Nächstes schreibst, beantwortet es, und \`/cancel\` verlässt es.`,
    yes: "Ja",
    no: "Nein",
    leaveOut: "Weglassen",
    answerPrivately:
      "Das beantworte ich dir privat, kann dir aber noch nicht schreiben. Drück den Knopf und dann auf Start.",
    notDone: (platform) =>
      md`Ich kann dir nicht privat schreiben, also habe ich nichts getan. ${reaching.de(platform)}`,
    doneUnread: (platform) =>
      md`Das ist getan, aber die Antwort kann ich dir nicht privat schreiben: Du brauchst es nicht noch einmal zu schicken. ${reaching.de(platform)}`,
    openPrivately: "Privat öffnen",
    unseen:
      "Ich kann nicht sehen, wer du bist. Schick es von deinem eigenen Konto: Wer die Gruppe verwaltet, schaltet bei sich „Anonym bleiben“ aus.",
    unsupported: "Das geht in dieser App nicht.",
    storeAway: "Ich komme gerade nicht an meine Daten. Bitte versuch es in einer Minute noch einmal.",
    kept: "Ich komme gerade nicht an meine Daten. Ich habe mir gemerkt, worum du gebeten hast, und erledige es, sobald ich kann: Du brauchst es nicht noch einmal zu schicken.",
    notKept:
      "Ich komme gerade nicht an meine Daten und kann mir auch nicht merken, worum du gebeten hast. Bitte schick es später noch einmal.",
    askedAt: (at) => md`Das kommt spät: Du hast mich am ${time(at)} darum gebeten.`,
    doneSince: (at) => md`Worum du mich am ${time(at)} gebeten hast, ist erledigt.`,
    takenOver:
      "Dieses PeerSpark stand eine halbe Minute still, oder kam nicht an seine Daten, und ein anderes hat seine Chat-App übernommen. Es hat aufgehört, damit nichts zweimal beantwortet wird. Starte es wieder: Es übernimmt, wenn das andere endet.",
    hint: md`Ich verstehe Befehle, etwa \`/event create Algebra morgen 18 Uhr\`. \`/help\` zeigt sie.`,
  },
});
