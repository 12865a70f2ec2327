// How the house's commands are named on Discord: "event create" is /event create, "profile" beside "profile edit" is /profile show.
import type { CommandEntry, CommandField } from "../../../core/ports/platform.ts";
import type { Reader } from "../../../core/text.ts";

/** A command of one word, or an area with subcommands. */
export interface SlashCommand {
  readonly name: string;
  /** Of an area there are several, each under its own `sub`. */
  readonly parts: readonly { readonly sub?: string; readonly entry: CommandEntry }[];
}

export interface CommandTable {
  readonly slash: readonly SlashCommand[];
  readonly shortcuts: readonly CommandEntry[];
  /** By "name" or "name sub". */
  readonly byPath: ReadonlyMap<string, CommandEntry>;
  /** By the label they are registered under. */
  readonly byLabel: ReadonlyMap<string, CommandEntry>;
}

/** What stands for an area's bare word where the area has other commands too. */
export const bare = "show";
const english: Reader = { language: "en", zone: "UTC", platform: "discord" };

export function discordCommands(commands: readonly CommandEntry[]): CommandTable {
  const areas = Map.groupBy(commands, ({ path }) => nameOf(path.split(" ")[0]!));
  const slash = [...areas].map(([name, entries]): SlashCommand => {
    if (entries.length === 1 && !entries[0]!.path.includes(" ")) return { name, parts: [{ entry: entries[0]! }] };
    const taken = new Set(entries.map(subOf));
    return { name, parts: entries.map((entry) => ({ sub: subOf(entry) ?? (taken.has(bare) ? "this" : bare), entry })) };
  });
  const paths = slash.flatMap(({ name, parts }) =>
    parts.map(({ sub, entry }) => [sub ? `${name} ${sub}` : name, entry] as const),
  );
  const shortcuts = commands.filter(({ shortcut }) => shortcut);
  return {
    slash,
    shortcuts,
    byPath: new Map(paths),
    byLabel: new Map(shortcuts.map((entry) => [shortcutLabel(entry, english), entry])),
  };
}

const nameOf = (word: string) => word.toLowerCase().replaceAll(/[^\p{L}\p{N}_-]/gu, "-");

function subOf({ path }: CommandEntry): string | undefined {
  const [, ...rest] = path.split(" ");
  return rest.length ? nameOf(rest.join("-")) : undefined;
}

/** Options are named in lower case: "displayName" is display-name. */
export const optionNamed = (name: string): string => nameOf(name.replaceAll(/(?<=.)[A-Z]/g, (letter) => `-${letter}`));
export const optionName = ({ name }: CommandField): string => optionNamed(name);

/** What stands in the menu of a message; Discord takes 32 characters. */
export const shortcutLabel = ({ shortcut }: CommandEntry, reader: Reader): string =>
  shortcut!.label(reader).slice(0, 32).trim();
