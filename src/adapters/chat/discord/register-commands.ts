// The commands that Discord shows to people, with their options, in each language we have. Written only when they changed.
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type LocalizationMap,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from "discord-api-types/v10";
import { calledIn } from "../../../core/kernel/names.ts";
import type { CommandEntry, CommandField } from "../../../core/ports/platform.ts";
import { cutTo, type Language, languages, type Reader } from "../../../core/text.ts";
import type { Api } from "./api.ts";
import { type CommandTable, optionName, type SlashCommand, shortcutLabel } from "./command-table.ts";
import { named } from "./naming.ts";
import { rights } from "./permissions.ts";
import { isInvisible } from "./render.ts";

export type WireCommand = RESTPostAPIApplicationCommandsJSONBody;

const most = { description: 100, options: 25, choices: 25, text: 6_000 } as const;
const reads = (language: Language): Reader => ({ language, zone: "UTC", platform: "discord" });
const english = reads("en");
const others = languages.filter((language): language is Exclude<Language, "en"> => language !== "en");

export async function registerCommands(api: Api, application: string, table: CommandTable): Promise<void> {
  const route = Routes.applicationCommands(application);
  const wanted = wireCommands(table);
  const current = await api.call<WireCommand[]>("GET", route, { query: { with_localizations: "true" } });
  if (isUnchanged(current, wanted)) return;
  await api.call("PUT", route, { body: wanted });
}

export const wireCommands = ({ slash, shortcuts }: CommandTable): WireCommand[] => [
  ...slash.map(slashCommand),
  ...shortcuts.map(messageCommand),
];

/** In servers and in direct messages to PeerSpark. */
const everywhere = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

function slashCommand({ name, parts }: SlashCommand): WireCommand {
  const [only] = parts;
  const command = named("commands", name);
  if (!only!.sub)
    return {
      type: ApplicationCommandType.ChatInput,
      ...command,
      ...described(only!.entry.summary),
      options: optionsOf(only!.entry),
      ...(only!.entry.managers && { default_member_permissions: `${rights.manageGuild}` }),
      ...everywhere,
    };
  const options = parts.slice(0, most.options).map(({ sub, entry }): APIApplicationCommandSubcommandOption => {
    return {
      type: ApplicationCommandOptionType.Subcommand,
      ...named("commands", sub!, `${name} ${sub}`),
      ...described(entry.summary),
      options: optionsOf(entry),
    };
  });
  const all = described(({ language }) => `/${calledIn(language, "commands", name)} …`);
  return { type: ApplicationCommandType.ChatInput, ...command, ...all, options, ...everywhere };
}

function messageCommand(entry: CommandEntry): WireCommand {
  const name_localizations = localized((reader) => shortcutLabel(entry, reader));
  return {
    type: ApplicationCommandType.Message,
    name: shortcutLabel(entry, english),
    name_localizations,
    ...everywhere,
  };
}

const localized = (say: (reader: Reader) => string): LocalizationMap =>
  Object.fromEntries(others.map((language) => [language, say(reads(language))]));

function described(say: (reader: Reader) => string) {
  const words = (reader: Reader) => {
    const line = say(reader).replaceAll(/\s+/g, " ").trim();
    return isInvisible(line) ? "…" : cutTo(line, most.description);
  };
  return { description: words(english), description_localizations: localized(words) };
}

/** Only what can be looked up while it is typed must be given; a form asks for the rest. What must be given stands first. */
function optionsOf({ fields }: CommandEntry): APIApplicationCommandBasicOption[] {
  const must = ({ required, suggests }: CommandField) => required && suggests;
  return fields
    .toSorted((one, other) => Number(must(other)) - Number(must(one)))
    .slice(0, most.options)
    .map(
      (field) =>
        ({
          ...named("options", optionName(field)),
          required: must(field),
          ...described(field.about),
          ...typed(field),
        }) as APIApplicationCommandBasicOption,
    );
}

function typed({ kind, suggests, choices, maxLength, least, most: largest }: CommandField) {
  if (kind === "integer") {
    const bounds = {
      ...(least !== undefined && { min_value: least }),
      ...(largest !== undefined && { max_value: largest }),
    };
    return { type: ApplicationCommandOptionType.Integer, ...bounds };
  }
  if (kind === "boolean") return { type: ApplicationCommandOptionType.Boolean };
  const type = ApplicationCommandOptionType.String;
  if (kind === "choice" && choices.length <= most.choices) return { type, choices: choices.map(choiceOf) };
  if (suggests || kind === "choice") return { type, autocomplete: true };
  return { type, ...(maxLength && maxLength <= most.text && { max_length: maxLength }) };
}

const choiceOf = (value: string) => ({ ...named("choices", value), value });

/** Discord adds ids and defaults; what we write is compared, in the order it is shown. */
export function isUnchanged(current: readonly WireCommand[], wanted: readonly WireCommand[]): boolean {
  const byName = (list: readonly WireCommand[]) => list.map((command) => JSON.stringify(essence(command))).sort();
  return JSON.stringify(byName(current)) === JSON.stringify(byName(wanted));
}

type Wire = Partial<Record<string, unknown>>;
const compared = [
  "type",
  "name",
  "description",
  "required",
  "autocomplete",
  "max_length",
  "min_value",
  "max_value",
  "default_member_permissions",
] as const;

function essence(command: object): Wire {
  const wire = command as Wire;
  const flat = compared.map((key) => [key, wire[key] || undefined]);
  const maps = ["name_localizations", "description_localizations"].map((key) => [
    key,
    Object.entries(wire[key] ?? {}).sort(),
  ]);
  const lists = ["contexts", "integration_types"].map((key) => [key, wire[key] ?? []]);
  const choices = ((wire.choices ?? []) as Wire[]).map(({ name, name_localizations: called, value }) => [
    name,
    Object.entries(called ?? {}).sort(),
    value,
  ]);
  const options = ((wire.options ?? []) as APIApplicationCommandOption[]).map(essence);
  return Object.fromEntries([...flat, ...maps, ...lists, ["choices", choices], ["options", options]]);
}
