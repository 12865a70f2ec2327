// What an examination of the bot finds, and what to do about it.
import { defineTexts, md } from "../../../core/text.ts";

interface Failing {
  readonly error: string;
  readonly waiting: number;
}

export const examineTexts = defineTexts({
  en: {
    token: (username: string) => md`The token is @${username}'s.`,
    noAnswer: "Telegram does not answer.",
    hearsAll: "The bot hears everything in its groups.",
    privacyMode:
      "Privacy mode is on: in groups where it is no administrator, the bot hears commands, mentions and replies to itself. A bridge carries nothing else from there.",
    turnPrivacyOff:
      "For a bridge: /setprivacy at @BotFather, Disable, then take the bot out of each group and add it again; or make it an administrator there.",
    polls: "Updates are fetched by polling.",
    webhookElsewhere: "A webhook is set, but this configuration polls.",
    stopOther: "Starting here takes it away. Stop whatever else runs with this token first.",
    webhook: "The webhook is set, and Telegram reaches it.",
    noWebhook: "No webhook is set yet, so no updates arrive.",
    startAgain: "Start PeerSpark: it sets the webhook, and Telegram says whether it takes the address.",
    badAddress: (address: string) =>
      md`Telegram would not take ${address} for a webhook: only HTTPS, on port 443, 80, 88 or 8443.`,
    otherAddress: "Put such an address into PUBLIC_URL; without one, PeerSpark polls.",
    webhookFails: ({ error, waiting }: Failing) =>
      md`Telegram can't deliver to the webhook: ${error}. ${waiting} updates wait.`,
    checkAddress: "Check that PUBLIC_URL is reachable over HTTPS from the internet, and that PeerSpark runs.",
    notIn: (group: string) => md`The bot is not in the group ${group}.`,
    addAgain: "Add it again, or take the pod out of there by binding it elsewhere.",
    muted: (group: string) => md`The bot may not write in the group ${group}.`,
    allow: "Let an administrator of the group allow it to send messages.",
    noAdmin: (group: string) =>
      md`The bot is no administrator of the group ${group}: Telegram doesn't tell it of reactions there.`,
    makeAdmin: "For reactions over a bridge, make it an administrator; it needs no right besides.",
    rights: (group: string) => md`The bot is an administrator of the group ${group}.`,
  },
  de: {
    token: (username) => md`Das Token gehört @${username}.`,
    noAnswer: "Telegram antwortet nicht.",
    hearsAll: "Der Bot hört in seinen Gruppen alles.",
    privacyMode:
      "Der Privatsphäre-Modus ist an: Wo er nicht verwaltet, hört der Bot in Gruppen nur Befehle, Erwähnungen und Antworten an ihn. Anderes überträgt eine Brücke von dort nicht.",
    turnPrivacyOff:
      "Für eine Brücke: /setprivacy bei @BotFather, Disable, dann den Bot aus jeder Gruppe nehmen und wieder hinzufügen; oder ihn dort zum Administrator machen.",
    polls: "Updates werden abgefragt.",
    webhookElsewhere: "Ein Webhook ist gesetzt, aber diese Konfiguration fragt ab.",
    stopOther: "Beim Start wird er gelöscht. Beende vorher, was sonst mit diesem Token läuft.",
    webhook: "Der Webhook ist gesetzt, und Telegram erreicht ihn.",
    noWebhook: "Es ist noch kein Webhook gesetzt, also kommen keine Updates an.",
    startAgain: "Starte PeerSpark: Es setzt den Webhook, und Telegram sagt, ob es die Adresse nimmt.",
    badAddress: (address) =>
      md`Telegram würde ${address} nicht als Webhook nehmen: nur HTTPS, an Port 443, 80, 88 oder 8443.`,
    otherAddress: "Trag eine solche Adresse in PUBLIC_URL ein; ohne sie fragt PeerSpark selbst nach.",
    webhookFails: ({ error, waiting }) => md`Telegram erreicht den Webhook nicht: ${error}. ${waiting} Updates warten.`,
    checkAddress: "Prüfe, ob PUBLIC_URL über HTTPS aus dem Internet erreichbar ist und ob PeerSpark läuft.",
    notIn: (group) => md`Der Bot ist nicht in der Gruppe ${group}.`,
    addAgain: "Füge ihn wieder hinzu, oder binde den Pod anderswo.",
    muted: (group) => md`Der Bot darf in der Gruppe ${group} nicht schreiben.`,
    allow: "Jemand, der die Gruppe verwaltet, kann ihm das Schreiben erlauben.",
    noAdmin: (group) => md`Der Bot ist kein Administrator der Gruppe ${group}: Von Reaktionen dort erfährt er nichts.`,
    makeAdmin: "Für Reaktionen über eine Brücke mach ihn zum Administrator; weitere Rechte braucht er nicht.",
    rights: (group) => md`Der Bot ist Administrator der Gruppe ${group}.`,
  },
});
