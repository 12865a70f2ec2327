// What is said about members, their profiles and accounts.
import { defineTexts, type Language, md } from "../text.ts";

const languageNames: Record<Language, string> = { en: "English", de: "Deutsch" };

export const memberTexts = defineTexts({
  en: {
    area: "You",
    showSummary: "Show your profile",
    editSummary: "Change your name, time zone, language, or the app I write to you on",
    linkSummary: "Link your accounts on two apps",
    unlinkSummary: "Take an account off your profile",
    askName: "What should you be called?",
    askZone: "Where are you? A city or a time zone, such as Berlin or America/New_York",
    askLanguage: "Which language, en or de?",
    askApp: "On which of your apps should I write to you?",
    askCode: "The code from your other app; leave it out to get one",
    askPlatform: "Which app's account? This one if you leave it out",
    username: "Username",
    zone: "Time zone",
    language: "Language",
    languageName: (language: Language) => languageNames[language],
    accounts: "Accounts",
    writesOn: "Direct messages",
    notOnApp: (apps: string) => md`You have no account on that app. Yours are on: ${apps}. /link adds another.`,
    saved: "Saved.",
    editHint: "/profile edit zone:Berlin changes your time zone; name: and language: work the same way.",
    editHintApps: (app: string) =>
      md`/profile edit app:${app} has me write to you there; zone:, name: and language: work the same way.`,
    nothingToEdit: "What should I change? For example: /profile edit zone:Berlin or /profile edit language:de",
    whichZone: "There are several places of that name. Which one do you mean?",
    pickPlace: "The place",
    setZone: "Set my time zone",
    noProfile: "I don't know you yet. Write to me once more, please.",
    linkTitle: "Link your accounts",
    linkHow: (code: string) =>
      md`On your other app, send me /link and this code: ${code}. It works once, for 5 minutes. Never give it to anybody.`,
    link: "Link",
    name: "Name",
    offerTitle: (accounts: string) => md`Become one with ${accounts}?`,
    offer: ({ theirs, mine }: { theirs: string; mine: string }) =>
      md`Pods, events, reminders and messages of ${theirs} and of ${mine} become one member's. That can't be undone: /unlink takes an account off, but what came with it stays. From then on this holds:`,
    offerWarning: "If somebody else sent you this code, don't: they would get all that is yours here.",
    becomes: ({ value, was }: { value: string; was: string }) => `${value} (now ${was})`,
    linkedTitle: (accounts: string) => md`${accounts} is yours now, by your /link code`,
    linkedRemedy: "If that wasn't you, take the account off at once.",
    linked: (accounts: string) =>
      md`Done: these accounts belong together now: ${accounts}. Your pods, events and reminders are being brought together.`,
    codeWrong: "That code is wrong, used or older than 5 minutes. Send /link on your other app for a new one.",
    codeOwn: "That code is your own. Enter it on your other app.",
    tooManyTries: "Too many tries. Please wait 5 minutes and send /link on your other app for a new code.",
    unlinked: (account: string) =>
      md`Your account ${account} is no longer linked. It starts afresh the next time it is used.`,
    notLinked: (platforms: string) => md`You have no such account. Yours are: ${platforms}.`,
    whichAccount: "Which account do you mean?",
    pickAccount: "The account",
    sureToUnlink: ({ account, others }: { account: string; others: string }) =>
      md`Take your account ${account} off? What you have stays with ${others}.`,
    takeOff: "Take it off",
    lastAccount: "This is your only account, so it can't be unlinked.",
  },
  de: {
    area: "Du",
    showSummary: "Dein Profil zeigen",
    editSummary: "Deinen Namen, deine Zeitzone, Sprache oder die App ändern, in der ich dir schreibe",
    linkSummary: "Deine Konten in zwei Apps verbinden",
    unlinkSummary: "Ein Konto von deinem Profil lösen",
    askName: "Wie möchtest du heißen?",
    askZone: "Wo bist du? Eine Stadt oder eine Zeitzone, etwa Berlin oder America/New_York",
    askLanguage: "Welche Sprache, en oder de?",
    askApp: "In welcher deiner Apps soll ich dir schreiben?",
    askCode: "Der Code aus deiner anderen App; ohne Angabe bekommst du einen",
    askPlatform: "Das Konto welcher App? Ohne Angabe dieses",
    username: "Benutzername",
    zone: "Zeitzone",
    language: "Sprache",
    languageName: (language) => languageNames[language],
    accounts: "Konten",
    writesOn: "Direktnachrichten",
    notOnApp: (apps) => md`In dieser App hast du kein Konto. Deine sind in: ${apps}. /link verbindet ein weiteres.`,
    saved: "Gespeichert.",
    editHint: "/profile edit zone:Berlin ändert deine Zeitzone; name: und language: gehen genauso.",
    editHintApps: (app) =>
      md`Mit /profile edit app:${app} schreibe ich dir dort; zone:, name: und language: gehen genauso.`,
    nothingToEdit: "Was soll ich ändern? Zum Beispiel: /profile edit zone:Berlin oder /profile edit language:en",
    whichZone: "Mehrere Orte heißen so. Welchen meinst du?",
    pickPlace: "Der Ort",
    setZone: "Meine Zeitzone einstellen",
    noProfile: "Ich kenne dich noch nicht. Bitte schreib mir noch einmal.",
    linkTitle: "Konten verbinden",
    linkHow: (code) =>
      md`Schick mir in deiner anderen App /link und diesen Code: ${code}. Er gilt einmal, 5 Minuten lang. Gib ihn niemandem weiter.`,
    link: "Verbinden",
    name: "Name",
    offerTitle: (accounts) => md`Eins werden mit ${accounts}?`,
    offer: ({ theirs, mine }) =>
      md`Pods, Termine, Erinnerungen und Nachrichten von ${theirs} und von ${mine} gehören dann einem Mitglied. Das lässt sich nicht rückgängig machen: /unlink löst ein Konto, aber was mit ihm kam, bleibt. Dann gilt:`,
    offerWarning:
      "Wenn dir jemand anders diesen Code geschickt hat, lass es: Sonst bekommt er alles, was du hier hast.",
    becomes: ({ value, was }) => `${value} (jetzt ${was})`,
    linkedTitle: (accounts) => md`${accounts} gehört jetzt zu dir, durch deinen Code von /link`,
    linkedRemedy: "Wenn du das nicht warst, löse das Konto sofort.",
    linked: (accounts) =>
      md`Fertig: Diese Konten gehören jetzt zusammen: ${accounts}. Deine Pods, Termine und Erinnerungen werden zusammengeführt.`,
    codeWrong:
      "Dieser Code ist falsch, verbraucht oder älter als 5 Minuten. Schick /link in deiner anderen App für einen neuen.",
    codeOwn: "Das ist dein eigener Code. Gib ihn in deiner anderen App ein.",
    tooManyTries:
      "Das waren zu viele Versuche. Bitte warte 5 Minuten und schick /link in deiner anderen App für einen neuen Code.",
    unlinked: (account) =>
      md`Dein Konto ${account} ist nicht mehr verknüpft. Es fängt neu an, sobald es wieder benutzt wird.`,
    notLinked: (platforms) => md`So ein Konto hast du nicht. Deine sind: ${platforms}.`,
    whichAccount: "Welches Konto meinst du?",
    pickAccount: "Das Konto",
    sureToUnlink: ({ account, others }) => md`Dein Konto ${account} lösen? Was du hast, bleibt bei ${others}.`,
    takeOff: "Lösen",
    lastAccount: "Das ist dein einziges Konto, es kann nicht gelöst werden.",
  },
});
