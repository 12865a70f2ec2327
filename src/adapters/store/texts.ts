// What a store says to people and operators. Never a value of a row.
import { defineTexts, md } from "../../core/text.ts";

type Place = { collection: string; field: string };
type Key = { collection: string; key: string };

export const storeTexts = defineTexts({
  en: {
    unavailable: "My store does not answer right now. Please try again in a minute.",
    gone: "That is no longer there.",
    moved: "Somebody else changed this at the same moment. Please try again.",
    taken: ({ collection, key }: Key) => md`That is taken already (${collection}, ${key}).`,
    bound: ({ collection, field }: Place) => md`No more than that is possible (${collection}, ${field}).`,
    misfit: ({ collection, field }: Place) => md`What was to be stored does not fit (${collection}, ${field}).`,
    question: ({ collection, field }: Place) => md`The store cannot be asked that (${collection}, ${field}).`,
    limit: "A page has 1 to 500 rows.",
    cursor: "That page can no longer be turned to. Please start again from the first one.",
    changes: "At most 100 changes fit into one step.",
    manyIds: "At most 500 rows can be read at once.",
    openFailed: (path: string) =>
      md`The data file ${path} cannot be opened or written. Check that its folder exists and belongs to this user, or set DATA_DIR to another one.`,
    noDatabase: (path: string) =>
      md`The file ${path} is not a PeerSpark database. Move it away, or set DATA_DIR to another folder.`,
    newer: (path: string) =>
      md`The data file ${path} was written by a newer version of PeerSpark. Start that version, or set DATA_DIR to another folder.`,
    required: ({ collection, field }: Place) =>
      md`The data cannot be brought up to date: ${collection} now needs ${field}, and rows without it are there. Start the former version, or give the field a default.`,
    changedKind: ({ collection, field }: Place) =>
      md`The data cannot be brought up to date: ${field} of ${collection} has become another kind of value. Start the former version, or name the new field differently.`,
    oldMisfit: ({ collection, field }: Place) =>
      md`The data cannot be brought up to date: rows of ${collection} hold a ${field} that is no longer allowed. Start the former version and change them first.`,
    notProvisioned: (database: string) =>
      md`The Appwrite database ${database} is not set up for this version of PeerSpark. Stop every PeerSpark that uses it and run: npm run appwrite:provision`,
    inUse: (database: string) =>
      md`Rows of the Appwrite database ${database} changed meanwhile. Stop every PeerSpark that uses it and run this again.`,
    appwriteRefused: (endpoint: string) =>
      md`Appwrite at ${endpoint} refuses PeerSpark. Check APPWRITE_PROJECT_ID and APPWRITE_API_KEY, and that the key has the scopes named in docs/how-to/appwrite.md.`,
    appwriteSilent: (endpoint: string) =>
      md`Appwrite does not answer at ${endpoint}. Check APPWRITE_ENDPOINT (with its path, usually /v1) and that the server runs.`,
    notUnique: ({ collection, key }: Key) =>
      md`The data cannot be brought up to date: several rows of ${collection} share one ${key}, which must now be unique. Start the former version and change them first.`,
  },
  de: {
    unavailable: "Mein Speicher antwortet gerade nicht. Bitte versuch es in einer Minute noch einmal.",
    gone: "Das gibt es nicht mehr.",
    moved: "Jemand anderes hat das im selben Augenblick geändert. Bitte versuch es noch einmal.",
    taken: ({ collection, key }) => md`Das ist schon vergeben (${collection}, ${key}).`,
    bound: ({ collection, field }) => md`Mehr ist nicht möglich (${collection}, ${field}).`,
    misfit: ({ collection, field }) => md`Was gespeichert werden sollte, passt nicht (${collection}, ${field}).`,
    question: ({ collection, field }) => md`Das kann der Speicher nicht beantworten (${collection}, ${field}).`,
    limit: "Eine Seite hat 1 bis 500 Zeilen.",
    cursor: "Diese Seite lässt sich nicht mehr aufschlagen. Bitte fang bei der ersten wieder an.",
    changes: "In einen Schritt passen höchstens 100 Änderungen.",
    manyIds: "Auf einmal lassen sich höchstens 500 Zeilen lesen.",
    openFailed: (path) =>
      md`Die Datenbankdatei ${path} lässt sich nicht öffnen oder beschreiben. Prüfe, ob es ihren Ordner gibt und ob er diesem Benutzer gehört, oder setze DATA_DIR auf einen anderen.`,
    noDatabase: (path) =>
      md`Die Datei ${path} ist keine Datenbank von PeerSpark. Verschiebe sie, oder setze DATA_DIR auf einen anderen Ordner.`,
    newer: (path) =>
      md`Die Datenbankdatei ${path} stammt von einer neueren Version von PeerSpark. Starte diese Version, oder setze DATA_DIR auf einen anderen Ordner.`,
    required: ({ collection, field }) =>
      md`Die Daten lassen sich nicht auf den neuen Stand bringen: ${collection} braucht jetzt ${field}, und es gibt Zeilen ohne. Starte die vorige Version, oder gib dem Feld einen Vorgabewert.`,
    changedKind: ({ collection, field }) =>
      md`Die Daten lassen sich nicht auf den neuen Stand bringen: ${field} von ${collection} ist jetzt eine andere Art von Wert. Starte die vorige Version, oder gib dem neuen Feld einen anderen Namen.`,
    oldMisfit: ({ collection, field }) =>
      md`Die Daten lassen sich nicht auf den neuen Stand bringen: Zeilen von ${collection} haben in ${field} etwas, das nicht mehr erlaubt ist. Starte die vorige Version und ändere sie zuerst.`,
    notProvisioned: (database) =>
      md`Die Appwrite-Datenbank ${database} ist für diese Version von PeerSpark nicht eingerichtet. Halte alle an, die sie benutzen, und starte: npm run appwrite:provision`,
    inUse: (database) =>
      md`Inzwischen haben sich Zeilen der Appwrite-Datenbank ${database} geändert. Halte alle PeerSpark an, die sie benutzen, und starte das noch einmal.`,
    appwriteRefused: (endpoint) =>
      md`Appwrite unter ${endpoint} weist PeerSpark ab. Prüfe APPWRITE_PROJECT_ID und APPWRITE_API_KEY, und ob der Schlüssel die Rechte hat, die in docs/how-to/appwrite.md stehen.`,
    appwriteSilent: (endpoint) =>
      md`Appwrite antwortet unter ${endpoint} nicht. Prüfe APPWRITE_ENDPOINT (mit Pfad, meist /v1) und ob der Server läuft.`,
    notUnique: ({ collection, key }) =>
      md`Die Daten lassen sich nicht auf den neuen Stand bringen: mehrere Zeilen von ${collection} haben dasselbe ${key}, das jetzt eindeutig sein muss. Starte die vorige Version und ändere sie zuerst.`,
  },
});
