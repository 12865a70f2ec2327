// What is said about how a notification came, and about the ways it can come by.
import { defineTexts, md } from "../text.ts";

/** How an app, or another way, is called. */
export const nameOfWay = (way: string): string => way.charAt(0).toUpperCase() + way.slice(1);

export const deliveryTexts = defineTexts({
  en: {
    instead: ({ way, refused }: { way: string; refused: boolean }) =>
      refused
        ? md`*It comes here because ${way} did not take it.*`
        : md`*It comes here because ${way} can't be reached.*`,
    mailEnded: "No more mail",
    mailEndedBody: "Your mailbox refuses my mail, so I have forgotten the address. Give me another by `/mail set`.",
    pushEnded: "Push messages have ended",
    pushEndedBody: "One of your browsers takes no push messages any more. Send `/push` to turn them on again.",
  },
  de: {
    instead: ({ way, refused }) =>
      refused
        ? md`*Es kommt hier, weil ${way} es nicht angenommen hat.*`
        : md`*Es kommt hier, weil ${way} nicht zu erreichen ist.*`,
    mailEnded: "Keine Mails mehr",
    mailEndedBody:
      "Dein Postfach nimmt meine Mails nicht an, darum habe ich die Adresse vergessen. Mit `/mail set` bekomme ich eine andere.",
    pushEnded: "Push-Nachrichten sind zu Ende",
    pushEndedBody: "Einer deiner Browser nimmt keine Push-Nachrichten mehr an. Mit `/push` geht es wieder.",
  },
});
