// Full-text search as SQLite's: a word is letters and digits, without regard to case and accents, and matches as a prefix.

/** The searchable words of some texts, one column's worth: each begins with a letter that is in no word's key. */
export function wordsOf(texts: readonly unknown[]): string {
  const words = texts.flatMap((text) => (typeof text === "string" ? tokensOf(text) : []));
  return [...new Set(words)].map(wordKey).join("");
}

/** What the column contains of a row that has words beginning so. */
export function wordKeysOf(asked: readonly string[]): readonly string[] {
  return [...new Set(asked.flatMap(tokensOf))].map(wordKey);
}

/** Bytes of a word that are looked at. */
const longest = 1000;

const wordKey = (word: string): string => `w${Buffer.from(word).toString("hex", 0, longest)}`;

const tokensOf = (text: string): readonly string[] => folded(text.toWellFormed()).match(/[\p{L}\p{N}\p{Co}]+/gu) ?? [];

/** Letters without their case and their marks; what a mark stands on stays one word with what follows. */
const folded = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
