// Discord's rules for application commands (discord.com/developers/docs/interactions/application-commands).
import { textBetween } from "./limits.ts";
import { must } from "./refusal.ts";
import type { Body } from "./state.ts";

const name = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const most = { slash: 100, message: 15, options: 25, choices: 25, characters: 8_000 } as const;

export function checkedCommands(commands: readonly Body[]): void {
  const slash = commands.filter(({ type = 1 }) => type === 1);
  const message = commands.filter(({ type }) => type === 3);
  must(slash.length <= most.slash && message.length <= most.message, "commands", "are too many");
  must(slash.length + message.length === commands.length, "type", "is unknown");
  for (const list of [slash, message]) checkUnique(list, "name");
  for (const command of message) {
    textBetween(command.name, 1, 32, "name");
    must(!command.description && !command.options, "message command", "has no description or options");
  }
  for (const command of slash) {
    checkNamed(command);
    must(characters(command) <= most.characters, "command", "is too long in all");
    const options = optionsOf(command);
    const subs = options.filter(({ type }) => type === 1);
    must(subs.length === 0 || subs.length === options.length, "options", "mix subcommands and values");
    checkOptions(options);
    for (const sub of subs) checkOptions(optionsOf(sub));
  }
}

const optionsOf = ({ options }: Body): readonly Body[] => (options ?? []) as readonly Body[];

/** By its name, and in every language by what it is called there. */
function checkUnique(list: readonly Body[], what: string): void {
  const languages = new Set(list.flatMap((one) => Object.keys(localized(one))));
  for (const language of [undefined, ...languages]) {
    const names = list.map((one) => (language && localized(one)[language]) ?? one.name);
    must(new Set(names).size === list.length, what, "names must be unique");
  }
}

const localized = (one: Body) => (one.name_localizations ?? {}) as Readonly<Record<string, string>>;

function checkName(given: unknown): void {
  const called = textBetween(given, 1, 32, "name");
  must(name.test(called) && called === called.toLowerCase(), "name", `"${called}" is no name`);
}

function checkNamed(one: Body): void {
  for (const called of [one.name, ...Object.values(localized(one))]) checkName(called);
  textBetween(one.description, 1, 100, "description");
  for (const said of Object.values((one.description_localizations ?? {}) as Record<string, string>))
    textBetween(said, 1, 100, "description_localizations");
}

function checkOptions(options: readonly Body[]): void {
  must(options.length <= most.options, "options", "are too many");
  checkUnique(options, "options");
  const firstOptional = options.findIndex(({ required, type }) => type !== 1 && !required);
  must(
    firstOptional < 0 || options.slice(firstOptional).every(({ required }) => !required),
    "required",
    "must come first",
  );
  for (const option of options) {
    checkNamed(option);
    const choices = (option.choices ?? []) as readonly Body[];
    must(choices.length <= most.choices, "choices", "are too many");
    must(!option.autocomplete || choices.length === 0, "autocomplete", "can't be used with choices");
    for (const choice of choices) {
      for (const said of [choice.name, ...Object.values(localized(choice))]) textBetween(said, 1, 100, "choice.name");
      textBetween(choice.value, 1, 100, "choice.value");
    }
    const length = option.max_length as number | undefined;
    must(length === undefined || (length >= 1 && length <= 6_000), "max_length", "must be 1 to 6000");
  }
}

/** Of a text in several languages the longest counts. */
const longest = (...said: readonly unknown[]): number => Math.max(...said.map((text) => `${text ?? ""}`.length));

const characters = (one: Body): number =>
  longest(one.name, ...Object.values(localized(one))) +
  longest(one.description, ...Object.values((one.description_localizations ?? {}) as object)) +
  optionsOf(one).reduce((sum, option) => sum + characters(option), 0);
