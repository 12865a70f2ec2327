// The kernel's own sentences: what is wrong with an input, and what failed.
import { defineTexts, md } from "../text.ts";

export const kernelTexts = defineTexts({
  en: {
    gone: "That is no longer there.",
    required: (field: string) => md`Please give ${field}.`,
    tooLong: ({ field, most }: { field: string; most: number }) =>
      md`${field} is too long: at most ${most} characters, please.`,
    tooShort: ({ field, least }: { field: string; least: number }) =>
      md`${field} is too short: at least ${least} characters, please.`,
    tooBig: ({ field, most }: { field: string; most: number }) => md`${field} can be at most ${most}.`,
    tooSmall: ({ field, least }: { field: string; least: number }) => md`${field} must be at least ${least}.`,
    oneOf: ({ field, choices }: { field: string; choices: string }) => md`${field} can be one of: ${choices}.`,
    number: (field: string) => md`${field} must be a whole number, such as 12.`,
    malformed: (field: string) => md`I can't use what you gave for ${field}. Please write it differently.`,
    noAction: md`I don't know that command. \`/help\` lists what I can do.`,
    failed: (id: string) =>
      md`Something went wrong on my side. Please check whether it was done before you try again; if it goes on, tell the operator this number: ${id}`,
  },
  de: {
    gone: "Das gibt es nicht mehr.",
    required: (field) => md`Bitte gib an: ${field}.`,
    tooLong: ({ field, most }) => md`${field} ist zu lang: bitte höchstens ${most} Zeichen.`,
    tooShort: ({ field, least }) => md`${field} ist zu kurz: bitte mindestens ${least} Zeichen.`,
    tooBig: ({ field, most }) => md`${field} kann höchstens ${most} sein.`,
    tooSmall: ({ field, least }) => md`${field} muss mindestens ${least} sein.`,
    oneOf: ({ field, choices }) => md`${field} kann eines von diesen sein: ${choices}.`,
    number: (field) => md`${field} muss eine ganze Zahl sein, etwa 12.`,
    malformed: (field) => md`Mit der Angabe für ${field} kann ich nichts anfangen. Bitte schreib sie anders.`,
    noAction: md`Diesen Befehl kenne ich nicht. \`/help\` zeigt, was ich kann.`,
    failed: (id) =>
      md`Bei mir ist etwas schiefgegangen. Bitte sieh nach, ob es geklappt hat, bevor du es noch einmal versuchst; bleibt es dabei, nenne dem Betreiber diese Nummer: ${id}`,
  },
});
