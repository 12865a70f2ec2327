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
  return (text) => wordsOf(text).some((word) => indexed(word) && (whole.has(word) || word.startsWith(last)));
}
