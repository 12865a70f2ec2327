// How MariaDB compares texts: without regard to case, accents and trailing spaces.
import type { Collation } from "./state.ts";

export type CollationName = "uca1400" | "general";

const letters: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", ı: "i" };
const astral = /[\u{10000}-\u{10FFFF}]/gu;

/** Folds to itself, and stands in the order of its characters whatever the collation. */
const plain = /^[0-9a-z]*$/;

/** @param name `uca1400` is MariaDB 11.8's own; `general` that of the 10.11 Appwrite ships, to which all emoji are one. */
export function collation(name: CollationName): Collation {
  const fold = name === "general" ? foldGeneral : foldUca;
  const known = new Map<string, string>();
  const key = (text: string) => {
    if (plain.test(text)) return text;
    const before = known.get(text);
    if (before !== undefined) return before;
    const folded = fold(text);
    if (known.size > 20_000) known.clear();
    if (text.length <= 256) known.set(text, folded);
    return folded;
  };
  const { compare } = new Intl.Collator("und", { sensitivity: "base" });
  return {
    key,
    compare(one, other) {
      const [left, right] = [key(one), key(other)];
      if (left === right) return 0;
      if (plain.test(left) && plain.test(right)) return left < right ? -1 : 1;
      return compare(left, right) || (left < right ? -1 : 1);
    },
  };
}

const foldUca = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßæœøđłı]/g, (letter) => letters[letter]!)
    .replace(/ +$/, "");

const foldGeneral = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "s")
    .replace(astral, "\uFFFD")
    .replace(/ +$/, "");
