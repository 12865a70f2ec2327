// What keeping files says to people and operators. Never a name or a piece of a file.
import { defineTexts, md } from "../../core/text.ts";

export const storageTexts = defineTexts({
  en: {
    unavailable: "I can't get at my files right now. Please try again in a minute.",
    full: "There is no room left where I keep files. Please tell the operator of this service.",
    wrongSize: "That file did not come whole, or is not as large as announced. Please send it again.",
    taken: "That file is there already.",
    refused: "That file can't be kept here: it is too large, or of a kind that is not taken.",
    folder: (folder: string) =>
      md`The folder ${folder} can't be made or written to. Let this user write to it, or set DATA_DIR to another folder.`,
    notProvisioned: (bucket: string) =>
      md`The Appwrite bucket ${bucket} is not set up for this version of PeerSpark. Stop every PeerSpark that uses it and run: npm run appwrite:provision`,
    notOurs: (bucket: string) =>
      md`There is a bucket ${bucket} already that PeerSpark has not made, and what PeerSpark does not know in a bucket it takes away. Delete that bucket if nobody needs it, or give PeerSpark a project of its own.`,
  },
  de: {
    unavailable: "An meine Dateien komme ich gerade nicht heran. Bitte versuch es in einer Minute noch einmal.",
    full: "Wo ich Dateien aufbewahre, ist kein Platz mehr. Bitte sag es dem Betreiber dieses Dienstes.",
    wrongSize:
      "Die Datei kam nicht vollständig an, oder sie ist nicht so groß wie angekündigt. Bitte schick sie noch einmal.",
    taken: "Diese Datei gibt es schon.",
    refused: "Diese Datei lässt sich hier nicht aufbewahren: Sie ist zu groß oder von einer Art, die ich nicht nehme.",
    folder: (folder) =>
      md`Der Ordner ${folder} lässt sich nicht anlegen oder beschreiben. Gib diesem Benutzer Zugriff, oder setze DATA_DIR auf einen anderen Ordner.`,
    notProvisioned: (bucket) =>
      md`Der Appwrite-Bucket ${bucket} ist für diese Version von PeerSpark nicht eingerichtet. Halte alle an, die ihn benutzen, und starte: npm run appwrite:provision`,
    notOurs: (bucket) =>
      md`Es gibt schon einen Bucket ${bucket}, den PeerSpark nicht angelegt hat, und was PeerSpark in einem Bucket nicht kennt, räumt es weg. Lösche ihn, wenn ihn niemand braucht, oder gib PeerSpark ein eigenes Projekt.`,
  },
});
