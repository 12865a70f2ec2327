// The kernel's own sentences: what is wrong with an input, and what failed.
import { defineTexts, md } from "../text.ts";

export const kernelTexts = defineTexts({
  en: {
    gone: "That is no longer there.",
    required: (field?: string) =>
      field ? md`Please give ${field}.` : "There is nothing in that. Please write an answer.",
    tooLong: ({ field, most }: { field?: string; most: number }) =>
      md`${field ?? "That"} is too long: at most ${most} characters, please.`,
    tooShort: ({ field, least }: { field?: string; least: number }) =>
      md`${field ?? "That"} is too short: at least ${least} characters, please.`,
    tooBig: ({ field, most }: { field?: string; most: number }) => md`${field ?? "That"} can be at most ${most}.`,
    tooSmall: ({ field, least }: { field?: string; least: number }) =>
      md`${field ?? "That"} must be at least ${least}.`,
    oneOf: ({ field, choices }: { field?: string; choices: string }) =>
      field ? md`${field} can be one of: ${choices}.` : md`Please pick one of these: ${choices}.`,
    number: (field?: string) => md`${field ?? "That"} must be a whole number, such as 12.`,
    malformed: (field?: string) =>
      field
        ? md`I can't use what you gave for ${field}. Please write it differently.`
        : "I can't use that. Please write it differently.",
    noAction: md`I don't know that command. \`/help\` lists what I can do.`,
    failed: (id: string) =>
      md`Something went wrong on my side. Please check whether it was done before you try again; if it goes on, tell the operator this number: ${id}`,
  },
  de: {
    gone: "Das gibt es nicht mehr.",
    required: (field) => (field ? md`Bitte gib an: ${field}.` : "Darin steht nichts. Bitte schreib eine Antwort."),
    tooLong: ({ field, most }) => md`${field ?? "Das"} ist zu lang: bitte höchstens ${most} Zeichen.`,
    tooShort: ({ field, least }) => md`${field ?? "Das"} ist zu kurz: bitte mindestens ${least} Zeichen.`,
    tooBig: ({ field, most }) => md`${field ?? "Das"} kann höchstens ${most} sein.`,
    tooSmall: ({ field, least }) => md`${field ?? "Das"} muss mindestens ${least} sein.`,
    oneOf: ({ field, choices }) =>
      field ? md`${field} kann eines von diesen sein: ${choices}.` : md`Bitte wähl eins davon: ${choices}.`,
    number: (field) => md`${field ?? "Das"} muss eine ganze Zahl sein, etwa 12.`,
    malformed: (field) =>
      field
        ? md`Mit der Angabe für ${field} kann ich nichts anfangen. Bitte schreib sie anders.`
        : "Damit kann ich nichts anfangen. Bitte schreib es anders.",
    noAction: md`Diesen Befehl kenne ich nicht. \`/help\` zeigt, was ich kann.`,
    failed: (id) =>
      md`Bei mir ist etwas schiefgegangen. Bitte sieh nach, ob es geklappt hat, bevor du es noch einmal versuchst; bleibt es dabei, nenne dem Betreiber diese Nummer: ${id}`,
  },
});
