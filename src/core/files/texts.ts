// What is said about files.
import { defineTexts, md } from "../text.ts";

export const fileTexts = defineTexts({
  en: {
    kind: (kinds: string) => md`I can't keep that kind of file here. I take: ${kinds}.`,
    tooLarge: (megabytes: number) => md`That file is too large: at most ${megabytes} MB, please.`,
    notWhatItSays: (kind: string) =>
      md`That file ends in .${kind}, but what is in it is something else. Please save it as what it is and send it again.`,
    notText: (kind: string) =>
      md`That file ends in .${kind}, but it is not plain text in UTF-8. Please save it as such and send it again.`,
    linkOver: "This link has run out, or the file was deleted. Ask for it in the chat where you found the link.",
  },
  de: {
    kind: (kinds) => md`Solche Dateien kann ich hier nicht aufbewahren. Ich nehme: ${kinds}.`,
    tooLarge: (megabytes) => md`Die Datei ist zu groß: bitte höchstens ${megabytes} MB.`,
    notWhatItSays: (kind) =>
      md`Die Datei endet auf .${kind}, enthält aber etwas anderes. Bitte speichere sie als das, was sie ist, und schick sie noch einmal.`,
    notText: (kind) =>
      md`Die Datei endet auf .${kind}, ist aber kein reiner Text in UTF-8. Bitte speichere sie so und schick sie noch einmal.`,
    linkOver:
      "Dieser Link ist abgelaufen, oder die Datei wurde gelöscht. Frag in dem Chat danach, in dem du den Link gefunden hast.",
  },
});
