// What the terminal itself says.
import { defineTexts, md } from "../../../core/text.ts";

export const terminalTexts = defineTexts({
  en: { gone: "That message is no longer there.", noButton: (number: string) => md`There is no button ${number}.` },
  de: { gone: "Diese Nachricht gibt es nicht mehr.", noButton: (number) => md`Einen Knopf ${number} gibt es nicht.` },
});
