// The one grammar of typed commands: /event create Eigenvalues tomorrow 6pm capacity:8 place:"Room 5".
import { commandOf } from "../../core/kernel/action.ts";
import type { AnyAction, House, InputField } from "../../core/kernel/house.ts";
import { choiceMeant } from "../../core/kernel/input.ts";
import { optionNames, wordsMeant } from "../../core/kernel/names.ts";
import type { NamedCommand } from "../../core/ports/naming.ts";
import type { CommandEntry, Named } from "../../core/ports/platform.ts";
import { plain, type Reader, type Sentence } from "../../core/text.ts";
import type { Call } from "../../core/view.ts";

export type Understood =
  | { readonly kind: "call"; readonly call: Call /** Words that fit no field. */; readonly spare?: string }
  /** The first word names an area, or all of it where there is none; behind it is nothing, or the wish for help. */
  | { readonly kind: "area"; readonly area: string }
  | { readonly kind: "unknown"; readonly typed: string };

/** Typed words to commands; made once for a house. */
export interface CommandTable {
  readonly paths: ReadonlyMap<string, AnyAction>;
  readonly areas: ReadonlySet<string>;
  /** Areas with commands below them. */
  readonly shared: ReadonlySet<string>;
  /** Paths by their words run together: /remindme. */
  readonly joined: ReadonlyMap<string, string>;
}

const tables = new WeakMap<House, CommandTable>();

export function commandTable(house: House): CommandTable {
  const known = tables.get(house);
  if (known) return known;
  const paths = new Map<string, AnyAction>();
  for (const action of house.actions.values()) {
    const path = commandOf(action);
    if (path) paths.set(path, action);
  }
  const all = [...paths.keys()];
  const table = {
    paths,
    areas: new Set(all.map((path) => path.split(" ")[0]!)),
    shared: new Set(all.filter((path) => path.includes(" ")).map((path) => path.split(" ")[0]!)),
    joined: new Map(all.map((path) => [path.replace(" ", ""), path])),
  };
  tables.set(house, table);
  return table;
}

/** The command that a line of ours names, as it is typed; undefined for any other line. */
export function commandNamed({ paths, areas, shared }: CommandTable, line: string): NamedCommand | undefined {
  const [, area = "", next = ""] = /^\/([a-z]+)(?: ([a-z]+))?(?= |$)/.exec(line) ?? [];
  if (!areas.has(area)) return undefined;
  const sub = paths.has(`${area} ${next}`) ? next : undefined;
  const action = paths.get(sub ? `${area} ${sub}` : area);
  const words = line.slice(1 + area.length + (sub ? 1 + sub.length : 0)).trim();
  return {
    area,
    ...(sub && { sub }),
    shared: action !== undefined && shared.has(area),
    words,
    given: () => (action ? givenIn(action, words) : []),
  };
}

function givenIn(action: AnyAction, words: string): ReturnType<NamedCommand["given"]> {
  return Object.entries(inputOf(action, words).input).map(([option, value]) => {
    const choice = choiceMeant(action.fields.find(({ name }) => name === option)!, value);
    return { option, value: choice ?? value, isChoice: choice !== undefined };
  });
}

/** The commands as a platform shows them: with the fields that people fill in, the main one first. */
export function commandEntries(house: House): CommandEntry[] {
  return [...commandTable(house).paths].map(([path, action]): CommandEntry => {
    const main = mainOf(action);
    const asked = action.fields.filter(({ ask }) => ask !== undefined);
    return {
      path,
      action: action.name,
      summary: worded(action.summary!),
      ...(action.who !== "member" && action.who.managers && { managers: true }),
      fields: asked
        .toSorted((one, other) => Number(other.name === main) - Number(one.name === main))
        .map(({ ask, reference, ...field }) => ({ ...field, about: worded(ask!), suggests: reference !== undefined })),
      ...(action.shortcut && { shortcut: { label: worded(action.shortcut.label), field: action.shortcut.field } }),
    };
  });
}

const worded = (sentence: Sentence) => (reader: Reader) => plain(sentence(reader), reader);

const mainOf = (action: AnyAction): string | undefined =>
  action.main === false ? undefined : (action.main ?? action.fields[0]?.name);

/** Whether what is typed begins with the name of an area or command. */
export const isOurs = (table: CommandTable, text: string): boolean => table.areas.has(wordsIn(table, text).area);

/** What people write behind a command to hear of it, in any language of the house. */
const wishes: ReadonlySet<string> = new Set(["help", "hilfe", "?"]);

/**
 * `text` without its slash or mention. `/event_create`, `/eventcreate` and `/termin erstellen` are /event create, on every
 * app: what one calls it is understood on the others.
 * @param mentions whom it names.
 */
export function understand(table: CommandTable, text: string, mentions: readonly Named[] = []): Understood {
  const { paths, areas } = table;
  const { area, sub, first, second, behind } = wordsIn(table, text);
  const two = paths.get(`${area} ${sub}`);
  if (two) return callOfWords(two, behind.slice(second.length).trim(), mentions);
  if (areas.has(area) && wishes.has(behind.toLowerCase())) return { kind: "area", area };
  const one = paths.get(area);
  if (one) return callOfWords(one, behind, mentions);
  if (behind === "" && (areas.has(area) || area === "")) return { kind: "area", area };
  return { kind: "unknown", typed: [first, second].filter(Boolean).join(" ").toLowerCase() };
}

/** The first two words, as they are typed and as the house has them, and all that stands behind the first. */
function wordsIn({ joined }: CommandTable, text: string) {
  const [, head = "", tail = ""] = /^(\S*)([\s\S]*)$/.exec(text.trim())!;
  const line = (joined.get(head.toLowerCase()) ?? head.replaceAll("_", " ")) + tail;
  const [, first = "", behind = ""] = /^(\S*)\s*([\s\S]*)$/.exec(line)!;
  const [second = ""] = /^\S*/.exec(behind)!;
  const [area, sub] = wordsMeant(first.toLowerCase(), second.toLowerCase());
  return { area, sub, first, second, behind };
}

function callOfWords(action: AnyAction, words: string, mentions: readonly Named[]): Understood {
  const { input, spare } = inputOf(action, words, mentions);
  return { kind: "call", call: { action: action.name, input }, ...(spare && { spare }) };
}

function inputOf(
  action: AnyAction,
  words: string,
  mentions: readonly Named[] = [],
): { input: Record<string, string>; spare?: string } {
  const { named, free } = splitArguments(action.fields, words, mentions);
  const main = mainOf(action);
  if (!free) return { input: named };
  if (!main || main in named) return { input: named, spare: free };
  return { input: { ...mainAndChoice(action.fields, main, free, named), ...named } };
}

/** "EV7K2Q maybe": behind a reference, a last word or two that mean a choice of another field are that choice. */
function mainAndChoice(
  fields: readonly InputField[],
  main: string,
  free: string,
  named: Record<string, string>,
): Record<string, string> {
  const open = fields.filter(({ kind, name }) => kind === "choice" && !(name in named));
  if (!fields.find((field) => field.name === main)?.reference) return { [main]: free };
  for (const ending of [/^(.*\S)\s+(\S+\s+\S+)$/s, /^(.*\S)\s+(\S+)$/s]) {
    const [, before, last = ""] = ending.exec(free) ?? [];
    for (const field of before ? open : []) {
      const meant = choiceMeant(field, last.replace(/\s+/g, " "));
      if (meant) return { [main]: before!, [field.name]: meant };
    }
  }
  return { [main]: free };
}

const quoted = /^(?:"([^"]*)"|[“”„‟]([^“”„‟]*)[“”„‟]|«([^»]*)»|»([^«]*)«)/;

/**
 * `name:value` in any order; only names of fields that are asked for count, so that "Movie day: Inception" stays a title.
 * A mention is one word whatever the name; where it stands free it is the person whom the action asks for.
 */
export function splitArguments(fields: readonly InputField[], words: string, mentions: readonly Named[] = []) {
  const named: Record<string, string> = {};
  if (words === "") return { named, free: "" };
  const person = fields.find(({ ask, reference }) => ask && reference?.mentioned)?.name;
  const mention = mentionAmong(mentions);
  const option = optionPattern(fields);
  const marker = option ? new RegExp(`(?<!\\S)(?:(${mention})|(${option}):[ \\t]*)`, "g") : undefined;
  const mentionHere = new RegExp(`^${mention}`);
  let free = "";
  let at = 0;
  for (let match = marker?.exec(words); match; match = marker?.exec(words)) {
    const [whole, mentioned, field] = match;
    free += words.slice(at, match.index);
    at = match.index + whole.length;
    if (field) {
      const { value, length } = valueAt(words.slice(at), mentionHere);
      named[fieldNamed(fields, field)] = value;
      at += length;
    } else if (person && !(person in named)) named[person] = mentioned!;
    else free += whole;
    marker!.lastIndex = at;
  }
  free = (free + words.slice(at)).trim();
  const whole = quoted.exec(free);
  if (whole && whole[0].length === free.length) free = whole.slice(1).find((group) => group !== undefined) ?? "";
  return { named, free };
}

const patterns = new WeakMap<readonly InputField[], string>();

/** Of the names of all that is asked for, made once. Letter by letter: by `(?i:…)` capitals were missed, now and then, in long runs. */
function optionPattern(fields: readonly InputField[]): string {
  const known = patterns.get(fields);
  if (known !== undefined) return known;
  const names = fields.flatMap(({ name, ask }) => (ask ? optionNames(name) : [])).join("|");
  const pattern = names.replace(/\p{L}/gu, (one) => `[${one.toLowerCase()}${one.toUpperCase()}]`);
  patterns.set(fields, pattern);
  return pattern;
}

/** A pattern for all of them, the longer ones first: one may begin like another. A name never counts as a named value. */
function mentionAmong(mentions: readonly Named[]): string {
  const longestFirst = mentions
    .flatMap(({ as }) => as.trim() || [])
    .toSorted((one, other) => other.length - one.length);
  return `(?:${longestFirst.map((as) => RegExp.escape(as)).join("|") || "(?!)"})(?!\\S)`;
}

/** A mention, what stands in quotes, or a word. */
function valueAt(rest: string, mention: RegExp): { readonly value: string; readonly length: number } {
  const inQuotes = mention.test(rest) ? null : quoted.exec(rest);
  if (inQuotes)
    return { value: inQuotes.slice(1).find((group) => group !== undefined) ?? "", length: inQuotes[0].length };
  const [value] = mention.exec(rest) ?? /^\S*/.exec(rest)!;
  return { value, length: value.length };
}

const fieldNamed = (fields: readonly InputField[], typed: string) =>
  fields.find(({ name }) => optionNames(name).some((one) => one.toLowerCase() === typed.toLowerCase()))!.name;
