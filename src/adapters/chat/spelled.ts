// A view whose commands are called as the app it goes to has them: our sentences name them in code, as they are typed.
import { optionMeant } from "../../core/kernel/names.ts";
import type { Naming } from "../../core/ports/naming.ts";
import type { Inline, Language, Reader, Rich, Sentence, Text } from "../../core/text.ts";
import type { Block, Button, Form, FormField, View } from "../../core/view.ts";
import { type CommandTable, commandNamed } from "./commands.ts";

type Spell = (code: string) => string;

/** Names in the reader's own menu are for them alone: what others see too has the English ones, which every menu finds. */
export function spelled(view: View, reader: Reader, table: CommandTable, naming: Naming | undefined): View {
  if (!naming) return view;
  const menu = view.audience === "channel" ? "en" : (reader.menu ?? "en");
  const spell = spelling(table, naming, menu);
  const text = (one: Text) => inText(one, spell);
  const { title, body, fields, footer, buttons, form } = view;
  return {
    ...view,
    ...(title !== undefined && { title: text(title) }),
    ...(body && { body: body.map((block) => inBlock(block, spell)) }),
    ...(fields && { fields: fields.map(({ name, value }) => ({ name: text(name), value: text(value) })) }),
    ...(footer !== undefined && { footer: text(footer) }),
    ...(buttons && { buttons: buttons.map((row) => row.map((button) => inButton(button, spell))) }),
    ...(form && { form: inForm(form, text) }),
  };
}

/** One line names one command; "<what>" and "wann:" are options that help explains. */
function spelling(table: CommandTable, naming: Naming, menu: Language): Spell {
  const line = (one: string) => {
    const named = commandNamed(table, one);
    if (named) return naming.command(named, menu);
    const option = /^(?:[<[](\p{L}+)[\]>]|(\p{L}+):)$/u.exec(one);
    return (option && naming.option?.(optionMeant(option[1] ?? option[2]!), menu)) ?? one;
  };
  return (code) => (code.includes("\n") ? code.split("\n").map(line).join("\n") : line(code));
}

function inText(text: Text, spell: Spell): Text {
  return typeof text === "string" ? text : inRich(text, spell);
}

const inRich = (text: Rich, spell: Spell): Rich => text.map((part) => inPart(part, spell));

function inPart(part: Inline, spell: Spell): Inline {
  if (typeof part === "string") return part;
  if ("code" in part) return { code: spell(part.code) };
  if ("bold" in part) return { bold: inRich(part.bold, spell) };
  if ("italic" in part) return { italic: inRich(part.italic, spell) };
  return "link" in part ? { ...part, link: inRich(part.link, spell) } : part;
}

function inBlock(block: Block, spell: Spell): Block {
  if ("paragraph" in block) return { paragraph: inText(block.paragraph, spell) };
  if ("list" in block) return { ...block, list: block.list.map((item) => inText(item, spell)) };
  if ("quote" in block) return { quote: inText(block.quote, spell) };
  return { code: spell(block.code) };
}

const inButton = (button: Button, spell: Spell): Button =>
  button.label.startsWith("/") ? { ...button, label: spell(button.label) } : button;

function inForm({ call, title, fields, further }: Form, text: (one: Text) => Text): Form {
  const sentence =
    (say: Sentence): Sentence =>
    (reader) =>
      text(say(reader));
  const field = (one: FormField): FormField => ({
    ...one,
    label: sentence(one.label),
    ...(one.labelBeside && { labelBeside: sentence(one.labelBeside) }),
    ...(one.problem !== undefined && { problem: text(one.problem) }),
  });
  return { call, title: text(title), fields: fields.map(field), ...(further && { further: further.map(field) }) };
}
