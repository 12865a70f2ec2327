// Text for people: who reads it, in which language, with how much markup. What a member typed is always a plain string here.

export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];

/** The person or channel a view is made for. `zone` is an IANA time zone. */
export interface Reader {
  readonly language: Language;
  readonly zone: string;
  readonly platform: string;
  /** In which the app shows its own menus to them, where that is known; English in what others see too. */
  readonly menu?: Language | undefined;
}

export type TimeStyle = "full" | "date" | "time" | "relative";

/** One run of text. A bare string is literal text, never markup; `time` is an instant in epoch milliseconds. */
export type Inline =
  | string
  | { readonly bold: Rich }
  | { readonly italic: Rich }
  | { readonly code: string }
  | { readonly link: Rich; readonly url: string }
  | Mention
  | { readonly time: number; readonly style: TimeStyle; readonly zone?: string };
/** Calls one person, on their platform; everywhere else it is their name. Only our own code makes one: no text is read as one. */
export interface Mention {
  /** The platform's id of the person. */
  readonly mention: string;
  readonly platform: string;
  readonly name: string;
}
export type Rich = readonly Inline[];
export type Text = string | Rich;

/** A text that knows its languages and waits for its reader. */
export type Sentence = (reader: Reader) => Text;

/** An instant (epoch milliseconds) shown in each reader's own zone and language, or in `zone` where one is given. */
export const time = (instant: number, style: TimeStyle = "full", zone?: string): Inline => ({
  time: instant,
  style,
  ...(zone && { zone }),
});

type Part = Text | Inline | number;

/**
 * Markdown for our own words: `**bold**`, `*italic*` and `` `code` ``; what is interpolated stays literal text. In code that
 * is words and numbers. Code that begins with "/" names a command: each app shows it as it is called there.
 */
export function md(strings: TemplateStringsArray, ...values: readonly Part[]): Rich {
  const root: Inline[] = [];
  const stack: { mark: string; into: Inline[] }[] = [{ mark: "", into: root }];
  const top = () => stack.at(-1)!.into;
  let code: string | undefined;
  strings.forEach((literal, index) => {
    for (const token of literal.split(/(\*\*|\*|`)/)) {
      if (token === "`") {
        if (code) top().push({ code });
        code = code === undefined ? "" : undefined;
      } else if (code !== undefined) code += token;
      else if (token === "**" || token === "*") toggle(stack, token);
      else if (token !== "") top().push(token);
    }
    if (index === values.length) return;
    const value = values[index]!;
    if (code === undefined) top().push(...rich(typeof value === "number" ? `${value}` : value));
    else if (typeof value === "object") throw new Error("in code there are words alone");
    else code += value;
  });
  if (code !== undefined) top().push(`\`${code}`);
  while (stack.length > 1) toggle(stack, stack.at(-1)!.mark);
  return root;
}

function toggle(stack: { mark: string; into: Inline[] }[], mark: string): void {
  const open = stack.at(-1)!;
  if (open.mark === mark) {
    stack.pop();
    stack.at(-1)!.into.push(mark === "**" ? { bold: open.into } : { italic: open.into });
  } else stack.push({ mark, into: [] });
}

export function rich(text: Text | Inline): Rich {
  if (typeof text === "string") return text === "" ? [] : [text];
  return isInlines(text) ? text : [text];
}

const isInlines = (text: Rich | Inline): text is Rich => Array.isArray(text);

/** The text without markup, times written out for the reader. */
export function plain(text: Text | Inline, reader: Reader): string {
  if (typeof text === "string") return text;
  if (isInlines(text)) return text.map((part) => plain(part, reader)).join("");
  if ("bold" in text) return plain(text.bold, reader);
  if ("italic" in text) return plain(text.italic, reader);
  if ("code" in text) return text.code;
  if ("link" in text) return plain(text.link, reader);
  if ("mention" in text) return text.name;
  return formatTime(text, reader);
}

const formats: Record<Exclude<TimeStyle, "relative">, Intl.DateTimeFormatOptions> = {
  full: {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  },
  date: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
};
const formatters = new Map<string, Intl.DateTimeFormat>();
/** A card is shown again and again with the same times, and Intl takes longer than the rest of its rendering. */
const written = new Map<string, string>();
const mostKept = 1000;

/** At most `most` UTF-16 units, the last "…" where something is missing; never half a character. */
export const cutTo = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1)).replace(/[\uD800-\uDBFF]$/, "")}…`;

/** Behind a whole word, where that leaves half of what there is room for. */
export function cutToWord(text: string, most: number): string {
  if (text.length <= most) return text;
  const words = text.slice(0, most).replace(/[\s\p{P}]+\S*$/u, "");
  return words.length > most / 2 && words.length < most ? `${words}…` : cutTo(text, most);
}

/** Writes an instant as wall-clock time; "relative" falls back to "full" where a platform has no native form. */
export function formatTime(part: { time: number; style: TimeStyle; zone?: string }, reader: Reader): string {
  const zone = part.zone ?? reader.zone;
  const style = part.style === "relative" ? "full" : part.style;
  const key = `${reader.language}|${zone}|${style}`;
  const known = written.get(`${key}|${part.time}`);
  if (known !== undefined) return known;
  let formatter = formatters.get(key);
  if (!formatter) {
    const locale = reader.language === "en" ? "en-GB" : reader.language;
    formatter = new Intl.DateTimeFormat(locale, { ...formats[style], timeZone: zone });
    if (formatters.size >= mostKept) formatters.clear();
    formatters.set(key, formatter);
  }
  const words = formatter.format(part.time);
  if (written.size >= mostKept) written.clear();
  written.set(`${key}|${part.time}`, words);
  return words;
}

type Entry = Text | ((argument: never) => Text);
/** What is a plain string in English is one in every language, so that it can be a button's label. */
type Kind<T> = T extends string ? string : Text;
type Alike<T> = {
  readonly [K in keyof T]: T[K] extends (argument: infer A) => infer R ? (argument: A) => Kind<R> : Kind<T[K]>;
};
type Argument<E> = E extends (argument: infer A) => Text ? [argument: A] : [];

export interface Texts<T> {
  /** The sentences in the reader's language. */
  (reader: Reader): Alike<T>;
  /** One sentence to be worded later, for whoever reads it. */
  say<K extends keyof T>(key: K, ...argument: Argument<T[K]>): Sentence;
}

/** A feature's sentences. English is written first; a language that lacks a sentence does not compile. */
export function defineTexts<const T extends Record<string, Entry>>(
  all: { readonly en: T } & { readonly [L in Exclude<Language, "en">]: Alike<NoInfer<T>> },
): Texts<T> {
  const pick = (reader: Reader) => all[reader.language] as Alike<T>;
  const say =
    (key: keyof T, ...argument: unknown[]): Sentence =>
    (reader) => {
      const entry = pick(reader)[key] as Text | ((argument: unknown) => Text);
      return typeof entry === "function" ? entry(argument[0]) : entry;
    };
  return Object.assign(pick, { say }) as Texts<T>;
}

/** A platform as people know it. */
export const appName = (platform: string): string => platform.slice(0, 1).toUpperCase() + platform.slice(1);
