// Names that differ only in case, in the forms of their letters or in the space between their words are the same name.

/** As names are compared: "STRASSE" and "Straße" are one, "Übung" and "Ubung" are two. */
export const foldedName = (name: string): string =>
  name.normalize("NFKC").toUpperCase().toLowerCase().replace(/\s+/g, " ").trim();
