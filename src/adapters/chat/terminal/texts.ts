// What the terminal itself says.
import { defineTexts } from "../../../core/text.ts";

export const terminalTexts = defineTexts({
  en: { gone: "That message is no longer there." },
  de: { gone: "Diese Nachricht gibt es nicht mehr." },
});
