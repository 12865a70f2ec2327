// What PeerSpark can do: all areas, or one with its commands and examples.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { button, defineAction } from "../kernel/action.ts";
import type { InputField } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { calledIn } from "../kernel/names.ts";
import { just } from "../plain-shapes.ts";
import { md, plain, type Reader, type Rich, rich } from "../text.ts";
import type { Block, View } from "../view.ts";
import { type Area, areasOf, type Command, findArea, nearestCommand } from "./command-index.ts";
import { helpTexts } from "./texts.ts";

interface Help {
  readonly areas: readonly Area[];
  readonly picked?: Area;
}

export const showHelp = defineAction({
  name: "help.show",
  command: "help",
  summary: helpTexts.say("summary"),
  title: helpTexts.say("formTitle"),
  examples: {
    en: ["/help", "/help pods", "/help event create"],
    de: ["/help", "/help pods", "/help termin erstellen"],
  },
  who: "member",
  input: z.object({ area: ask(helpTexts.say("askArea"), just.string.trim().max(100)).optional() }),
  async run({ house, reader }, { area: typed }): Promise<Help> {
    const areas = areasOf(house);
    if (!typed) return { areas };
    const picked = findArea(house, typed, reader);
    if (picked) return { areas, picked };
    const path = nearestCommand(house, typed);
    throw new AppError(
      "not_found",
      path ? helpTexts.say("didYouMean", { typed, path }) : helpTexts.say("unknown", typed),
    );
  },
  view: helpView,
});

function helpView({ areas, picked }: Help, reader: Reader): View {
  return picked ? areaView(picked, reader) : allView(areas, reader);
}

function allView(areas: readonly Area[], reader: Reader): View {
  const t = helpTexts(reader);
  const line = ({ title, commands }: Area): Rich => [
    { bold: rich(title(reader)) },
    ": ",
    ...commands.flatMap(({ path }, index) => [index ? ", " : "", { code: `/${path}` }]),
  ];
  const buttons = areas.map(({ name, title }) => button(plain(title(reader), reader), showHelp, { area: name }));
  return { title: t.title, body: [{ list: areas.map(line) }], footer: t.more, buttons: inRows(buttons, 3) };
}

const inRows = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, row) => items.slice(row * size, (row + 1) * size));

/** Of one command all there is to say; of several a line each, and a button that says the rest. */
function areaView({ title, commands }: Area, reader: Reader): View {
  if (commands.length > 1) {
    const lines = commands.map(({ path, action }) => md`\`/${path}\`: ${action.summary!(reader)}`);
    const buttons = commands.map(({ path }) => button(`/${path}`, showHelp, { area: path }));
    return {
      title: title(reader),
      body: [{ list: lines }],
      footer: helpTexts(reader).one,
      buttons: inRows(buttons, 2),
    };
  }
  const examples = commands.flatMap(({ action }) => action.examples?.[reader.language] ?? []);
  return {
    title: title(reader),
    body: [
      ...commands.flatMap((command) => commandBlocks(command, reader)),
      ...(examples.length ? [{ paragraph: md`**${helpTexts(reader).examples}**` }, { code: examples.join("\n") }] : []),
    ],
  };
}

function commandBlocks({ path, action }: Command, reader: Reader): Block[] {
  const main = action.main === false ? undefined : (action.main ?? action.fields[0]?.name);
  const asked = action.fields.filter(({ ask }) => ask);
  const heading = md`\`/${path}\`: ${action.summary!(reader)}`;
  if (asked.length === 0) return [{ paragraph: heading }];
  return [{ paragraph: heading }, { list: asked.map((field) => fieldLine(field, field.name === main, reader)) }];
}

/** The main input is written free, in square brackets where it may be left out; the others by their names. */
function fieldLine({ name, ask, choices, required }: InputField, main: boolean, reader: Reader): Rich {
  const called = calledIn(reader.language, "options", name);
  const written = main ? (required ? `<${called}>` : `[${called}]`) : `${called}:`;
  const question = rich(ask?.(reader) ?? "");
  const said = plain(question, reader);
  const names = choices.map((choice) => calledIn(reader.language, "choices", choice));
  const named = names.every((choice) => said.includes(choice));
  return [{ code: written }, " ", ...question, named ? "" : ` ${helpTexts(reader).choices(names.join(", "))}`];
}
