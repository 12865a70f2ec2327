// What the house's commands are called on Discord: what is given with one stands behind the names of its options.
import { calledIn, type namesIn } from "../../../core/kernel/names.ts";
import type { Naming } from "../../../core/ports/naming.ts";
import { languages } from "../../../core/text.ts";
import { bare, optionNamed } from "./command-table.ts";

type Kind = keyof (typeof namesIn)["de"];

const others = languages.filter((language) => language !== "en");

/** What Discord is told of a command's, an option's or a choice's name: itself, and what it is called elsewhere. */
export function named(kind: Kind, name: string, path = name) {
  const known = others.flatMap((language) => {
    const called = calledIn(language, kind, name, path);
    return called === name ? [] : [[language, called] as const];
  });
  return { name, ...(known.length && { name_localizations: Object.fromEntries(known) }) };
}

export const discordNaming: Naming = {
  command({ area, sub = "", shared, given }, menu) {
    const word = sub || (shared ? bare : "");
    const options = given().map(({ option, value, isChoice }) => {
      const name = calledIn(menu, "options", optionNamed(option));
      return `${name}:${isChoice ? calledIn(menu, "choices", value) : value}`;
    });
    const name = [calledIn(menu, "commands", area), word && calledIn(menu, "commands", word, `${area} ${word}`)];
    return `/${[...name, ...options].filter(Boolean).join(" ")}`;
  },
  option: (name, menu) => `${calledIn(menu, "options", optionNamed(name))}:`,
};
