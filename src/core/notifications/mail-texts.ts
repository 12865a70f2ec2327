// What is said about mail: setting the address, the code, ending it.
import { defineTexts, md } from "../text.ts";

export const mailTexts = defineTexts({
  en: {
    setSummary: "Get notifications by mail",
    setTitle: "News by mail",
    confirmSummary: "Enter the code that was mailed to you",
    confirmTitle: "Confirm your address",
    offSummary: "No more mail from PeerSpark",
    askAddress: "To which address?",
    askCode: "Which six digits stand in the mail?",
    off: "There is no mail here: whoever runs PeerSpark has not set it up.",
    badAddress: "That is no mail address. It looks like `ada@example.org`.",
    tooOften: "I have mailed enough codes for now. Try again in an hour.",
    codeSubject: (code: string) => md`${code} is your code for PeerSpark`,
    codeBody: (code: string) =>
      md`Write **\`/mail confirm ${code}\`** to PeerSpark, where you asked for it. It is good for 15 minutes.`,
    codeNotYou: "You did not ask for it? Then somebody mistyped their address: do nothing.",
    codeSent: (address: string) =>
      md`I have mailed a code to ${address}. Write it here: \`/mail confirm 123456\`. It is good for 15 minutes.`,
    noCode: md`No code is waiting. Send \`/mail set\` with your address for a new one.`,
    wrongCode: (left: number) =>
      left === 1 ? "That is not the code. One try is left." : md`That is not the code. ${left} tries are left.`,
    tooManyTries: md`That was not the code either. Send \`/mail set\` with your address for a new one.`,
    confirmed: ({ address, groups }: { address: string; groups: string }) =>
      groups
        ? md`Mail goes to ${address}. By mail comes: ${groups}. You change that in \`/notifications\`.`
        : md`Mail goes to ${address}. Choose in \`/notifications\` what is to come by mail; nothing does until then.`,
    removed: "No more mail. The address is forgotten.",
    noneSet: "There is no address to forget.",
  },
  de: {
    setSummary: "Mitteilungen per Mail bekommen",
    setTitle: "Neues per Mail",
    confirmSummary: "Den Code aus der Mail eingeben",
    confirmTitle: "Adresse bestätigen",
    offSummary: "Keine Mails von PeerSpark mehr",
    askAddress: "An welche Adresse?",
    askCode: "Welche sechs Ziffern stehen in der Mail?",
    off: "Hier gibt es keine Mails: Wer PeerSpark betreibt, hat sie nicht eingerichtet.",
    badAddress: "Das ist keine Mailadresse. Sie sieht so aus: `ada@example.org`.",
    tooOften: "Ich habe für jetzt genug Codes verschickt. Versuch es in einer Stunde noch einmal.",
    codeSubject: (code) => md`${code} ist dein Code für PeerSpark`,
    codeBody: (code) =>
      md`Schreib PeerSpark **\`/mail confirm ${code}\`**, dort, wo du danach gefragt hast. Er gilt 15 Minuten.`,
    codeNotYou: "Du hast nicht danach gefragt? Dann hat sich jemand vertippt, und du brauchst nichts zu tun.",
    codeSent: (address) =>
      md`Ich habe einen Code an ${address} geschickt. Schreib ihn hier: \`/mail confirm 123456\`. Er gilt 15 Minuten.`,
    noCode: md`Es wartet kein Code. Mit \`/mail set\` und deiner Adresse bekommst du einen neuen.`,
    wrongCode: (left) =>
      left === 1
        ? "Das ist nicht der Code. Du hast noch einen Versuch."
        : md`Das ist nicht der Code. Du hast noch ${left} Versuche.`,
    tooManyTries: md`Auch das war nicht der Code. Mit \`/mail set\` und deiner Adresse bekommst du einen neuen.`,
    confirmed: ({ address, groups }) =>
      groups
        ? md`Mails gehen an ${address}. Per Mail kommt: ${groups}. Das änderst du in \`/notifications\`.`
        : md`Mails gehen an ${address}. Wähl in \`/notifications\`, was per Mail kommen soll; bis dahin kommt nichts.`,
    removed: "Keine Mails mehr. Die Adresse ist vergessen.",
    noneSet: "Es gibt keine Adresse zu vergessen.",
  },
});
