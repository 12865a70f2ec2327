// What people wrote, on its way to Discord: as text, whatever it looks like. The one place where it is escaped.
/** How many characters of the message one of these takes at most; `fit` counts with them. */
export const escapeCosts: Readonly<Record<string, number>> = {
  ...Object.fromEntries([..."\\_`<>#-+:.@)"].map((character) => [character, 2])),
  // Percent-encoded in an address.
  ...Object.fromEntries([..."*~|[]"].map((character) => [character, 3])),
  // In a quote or a list a line begins anew, behind "> " or two blanks.
  "\n": 3,
};

/** Steers the screen or nothing at all: control characters and overrides of the writing direction. */
const clean = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll("\r\n", "\n")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out
    .replaceAll(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g, " ");

/**
 * Discord links an address by itself and reads nothing in it as markup, but would show a backslash: it stays as it is, and
 * what would end a mark around it is percent-encoded. It is the whole of a run up to a blank, as Discord takes all of that
 * for the address; Discord leaves out what follows it at the end, a bracket that was opened before it as well.
 */
const address = /^https?:\/\/[\p{L}\p{N}.-]+(?::\d{1,5})?(?:[/?#][^<>`\\]*[^<>`\\\]])?[.,:;!?'")]*$/u;
const run = /\S+/y;
const encoded = (url: string) =>
  url.replaceAll(/[*~|[\]]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/** What is looked at one by one; where there is none of it a text stays as it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const special = /[\\*_~|`<>[\]#\-+.):\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|http/;

/** A run of what is never escaped and begins no address. */
const ordinary = /(?:[^\\*_~|`<>[\]#\-+.):h]|h(?!ttp))+/y;

/**
 * @param before what the text follows: markup may begin with a line.
 * @param ends whether nothing follows it in its line.
 */
export function escapedMarkdown(raw: string, before: string, ends: boolean): string {
  if (!special.test(raw)) return raw;
  const text = clean(raw);
  let out = "";
  for (let at = 0; at < text.length; ) {
    ordinary.lastIndex = at;
    const [plain] = ordinary.exec(text) ?? [];
    if (plain) {
      out += plain;
      at += plain.length;
      continue;
    }
    const link = text[at] === "h" && /(?:^|[\s("'])$/.test(before + out) ? addressAt(text, at, ends) : undefined;
    out += link ? encoded(link) : escapedCharacter(text[at]!, text[at + 1], () => lineOf(before, out));
    at += link?.length ?? 1;
  }
  return out;
}

function addressAt(text: string, at: number, ends: boolean): string | undefined {
  run.lastIndex = at;
  const [found = ""] = run.exec(text) ?? [];
  return address.test(found) && (ends || at + found.length < text.length) ? found : undefined;
}

const always = new Set("\\*_~|`<>[]");

function escapedCharacter(character: string, next: string | undefined, line: () => string): string {
  if (always.has(character)) return `\\${character}`;
  if (character === "#" || character === "-" || character === "+") return begins(line()) ? `\\${character}` : character;
  if (character === "." || character === ")") return /^\W*\d+$/.test(line()) ? `\\${character}` : character;
  if (character === ":") return next === undefined || !/\s/.test(next) ? "\\:" : ":";
  return character;
}

/** Nothing but blanks, and what begins a quote or a list, stands before it. */
const begins = (line: string) => /^[^\p{L}\p{N}]*$/u.test(line);

const lineOf = (before: string, out: string): string => {
  const at = out.lastIndexOf("\n");
  return at >= 0 ? out.slice(at + 1) : before.slice(before.lastIndexOf("\n") + 1) + out;
};

/** A word joiner after an "@" that would call everybody: nothing is seen of it. Runs of text are joined by then. */
export const disarmed = (markup: string): string =>
  markup.includes("@") ? markup.replaceAll(/@(?=everyone|here)/g, "@\u2060") : markup;

/** Code is not read as markup; its own marks are kept from ending it by a word joiner behind each. */
export const escapedCode = (code: string): string => clean(code).replaceAll("`", "`\u2060");
