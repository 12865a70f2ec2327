// Full text as InnoDB searches it in boolean mode: any of the words, the last one as a prefix, a quoted text as a phrase.

const special = /[@+\-*)(<>~"]/g;

// information_schema.INNODB_FT_DEFAULT_STOPWORD
const stopWords = new Set(
  "a about an are as at be by com de en for from how i in is it la of on or that the this to was what when where who will with und the www".split(
    " ",
  ),
);
const leastLetters = 3;

const wordsOf = (text: string): string[] =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[\p{L}\p{N}_']+/gu) ?? [];

const known = new Map<string, readonly string[]>();

/** The words of a text in the index, which is searched again and again. */
function indexedOf(text: string): readonly string[] {
  const before = known.get(text);
  if (before) return before;
  const words = wordsOf(text).filter(indexed);
  if (known.size > 50_000) known.clear();
  if (text.length < 1_000) known.set(text, words);
  return words;
}

const indexed = (word: string): boolean => word.length >= leastLetters && !stopWords.has(word);

export function searcher(query: string): (text: string) => boolean {
  const phrase = /^"(.*)"$/s.exec(query)?.[1];
  if (phrase !== undefined) {
    const wanted = wordsOf(phrase.replace(special, " ")).join(" ");
    return (text) => wanted !== "" && ` ${wordsOf(text).join(" ")} `.includes(` ${wanted} `);
  }
  const words = wordsOf(query.replace(special, " "));
  const last = words.at(-1);
  if (last === undefined) return () => false;
  const whole = new Set(words.slice(0, -1).filter(indexed));
  return (text) => indexedOf(text).some((word) => whole.has(word) || word.startsWith(last));
}
