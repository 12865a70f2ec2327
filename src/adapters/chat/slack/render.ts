// A fitted view as Slack's blocks: a header, one rich_text block with all that is said, a context line, buttons and a select.
import type { ActionsBlock, Button, KnownBlock, PlainTextElement, RichTextBlock, RichTextElement } from "@slack/types";
import type { Fitted, FittedBlock, FittedButton, FittedSelect } from "../../../core/ports/platform.ts";
import { cutTo, plain } from "../../../core/text.ts";
import { clean, elementsOf, escaped, isBlank, isLink, textRun, visible } from "./rich-text.ts";

export interface Rendered {
  /** What notifications and screen readers say. */
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** docs.slack.dev/reference/block-kit, per element. */
export const limits = {
  blocks: 50,
  header: 150,
  context: 2000,
  buttonLabel: 75,
  buttonValue: 2000,
  optionLabel: 75,
  optionValue: 150,
  options: 100,
  placeholder: 150,
  notification: 300,
} as const;

export function render(view: Fitted): Rendered {
  const shown = pieces(view);
  const rows = view.buttons.map((row, index) => actionsOf(row, index, shown)).filter(({ elements }) => elements.length);
  const blocks: KnownBlock[] = [];
  const title = view.title && clean(plain(view.title, view.reader)).replaceAll("\n", " ");
  if (title && !isBlank(title)) blocks.push(headed(title));
  if (shown.length) blocks.push({ type: "rich_text", elements: shown });
  const footer = view.footer && clean(plain(view.footer, view.reader));
  if (footer && !isBlank(footer)) blocks.push({ type: "context", elements: [label(footer, limits.context)] });
  if (view.select?.options.length) blocks.push(selectOf(view.select));
  blocks.push(...rows);
  if (!blocks.some(({ type }) => type !== "actions"))
    blocks.unshift({ type: "rich_text", elements: [sectionOf(textRun("…"))] });
  return { text: summary(view), blocks: blocks.slice(0, limits.blocks) };
}

/** Bold words where it is longer than a header takes. */
const headed = (title: string): KnownBlock =>
  title.length <= limits.header
    ? { type: "header", text: label(title, limits.header) }
    : { type: "rich_text", elements: [sectionOf([{ type: "text", text: visible(title), style: { bold: true } }])] };

/** Literal text: `emoji: false` leaves what looks like an emoji's name alone. */
export const label = (text: string, most: number): PlainTextElement => ({
  type: "plain_text",
  text: cutTo(visible(clean(text)), most),
  emoji: false,
});

function summary({ title, body, reader }: Fitted): string {
  const first = body[0];
  const opening = first && ("paragraph" in first ? first.paragraph : "quote" in first ? first.quote : undefined);
  const words = [title, opening].flatMap((text) => (text ? [plain(text, reader)] : [])).join(": ");
  return escaped(cutTo(visible(clean(words)), limits.notification));
}

type Piece = RichTextBlock["elements"][number];

const sectionOf = (elements: RichTextElement[]): Piece => ({ type: "rich_text_section", elements });

function pieces(view: Fitted): Piece[] {
  const shown = view.body.flatMap((block, index) => pieceOf(block, view, index > 0));
  const fields = view.fields.flatMap(({ name, value }, index) => [
    ...(index > 0 ? textRun("\n") : []),
    ...elementsOf(name, view.reader, { bold: true }),
    ...textRun(": "),
    ...elementsOf(value, view.reader),
  ]);
  if (fields.length) shown.push(sectionOf([...(shown.length ? textRun("\n") : []), ...fields]));
  return shown;
}

/** Sections follow each other without a gap, so a paragraph begins with a line of its own. */
function pieceOf(block: FittedBlock, { reader }: Fitted, follows: boolean): Piece[] {
  if ("list" in block) return listOf(block, reader);
  if ("code" in block) {
    const text = textRun(block.code);
    return text.length ? [{ type: "rich_text_preformatted", elements: text as [] }] : [];
  }
  const elements = elementsOf("quote" in block ? block.quote : block.paragraph, reader);
  if (elements.length === 0) return [];
  if ("quote" in block) return [{ type: "rich_text_quote", elements }];
  return [sectionOf([...(follows ? textRun("\n") : []), ...elements])];
}

function listOf({ list, ordered }: Extract<FittedBlock, { list: unknown }>, reader: Fitted["reader"]): Piece[] {
  const items = list.map((item) => {
    const elements = elementsOf(item, reader);
    return { type: "rich_text_section" as const, elements: elements.length ? elements : textRun(" ") };
  });
  return items.length ? [{ type: "rich_text_list", style: ordered ? "ordered" : "bullet", elements: items }] : [];
}

/** An address that Slack takes for none is written among the text instead of losing the message. */
function actionsOf(row: readonly FittedButton[], at: number, shown: Piece[]): ActionsBlock {
  const elements = row.flatMap((button, index): Button[] => {
    const action_id = `${at}.${index}`;
    const text = label(button.label, limits.buttonLabel);
    if ("url" in button) {
      if (isLink(button.url)) return [{ type: "button", action_id, text, url: button.url }];
      shown.push(sectionOf(textRun(`\n${button.label}: ${button.url}`)));
      return [];
    }
    const style = button.style === "plain" ? {} : { style: button.style };
    return [{ type: "button", action_id, text, value: button.data, ...style }];
  });
  return { type: "actions", elements };
}

const selectOf = ({ placeholder, options }: FittedSelect): ActionsBlock => ({
  type: "actions",
  elements: [
    {
      type: "static_select",
      action_id: "select",
      placeholder: label(placeholder, limits.placeholder),
      options: options.slice(0, limits.options).map((option) => ({
        text: label(option.label, limits.optionLabel),
        value: option.data,
      })),
    },
  ],
});
