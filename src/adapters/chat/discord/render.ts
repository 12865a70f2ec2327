// A fitted view as a message of Discord's Components V2: one text, rows of buttons, a select.

import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from "discord-api-types/v10";
import type { Fitted, FittedBlock, FittedButton } from "../../../core/ports/platform.ts";
import { cutTo } from "../../../core/text.ts";
import { type Writer, writer } from "./rich-text.ts";
import { discordTexts } from "./texts.ts";

export interface Rendered {
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly flags: number;
  readonly allowed_mentions: { readonly parse: []; readonly users?: string[] };
}

const accent = 0x5b6ee1;
/** Discord takes at most so much, of all texts of a message together. */
const mostText = 4_000;
export const mostLabel = 80;

/**
 * A custom id must be one of a kind in its message, and two buttons may do the same: a letter in front, by where it
 * stands, makes it so. `carried` takes it off.
 */
const places = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const numbered = (data: string, index: number) => places[index]! + data;
export const carried = (customId: string): string => customId.slice(1);

export function render(view: Fitted, privately = false): Rendered {
  const rows = rowsOf(view);
  const { content, called } = textOf(view);
  const text = { type: ComponentType.TextDisplay as const, content };
  const framed = view.title !== undefined || rows.length > 0 || view.live !== undefined;
  return {
    components: framed
      ? [{ type: ComponentType.Container, accent_color: accent, components: [text, ...rows] }]
      : [text],
    flags: MessageFlags.IsComponentsV2 | (privately ? MessageFlags.Ephemeral : 0),
    allowed_mentions: { parse: [], ...(called.length > 0 && { users: [...called] }) },
  };
}

function textOf(view: Fitted) {
  const out = writer(view.reader);
  if (view.title) {
    out.raw("### ");
    out.line(view.title);
  }
  for (const [index, block] of view.body.entries()) {
    out.gap("code" in block || (index === 0 && view.title) ? 1 : 2);
    writeBlock(out, block);
  }
  view.fields.forEach(({ name, value }, index) => {
    out.gap(index === 0 ? 2 : 1);
    out.bold(name);
    out.raw(": ");
    out.rich(value);
  });
  writeUnlinked(out, view);
  if (view.footer) {
    out.gap(1);
    out.raw("-# ");
    out.line(view.footer);
  }
  const text = out.done();
  const content = isInvisible(text) || text.length > mostText ? "…" : text;
  return { content, called: out.called() };
}

function writeBlock(out: Writer, block: FittedBlock): void {
  if ("paragraph" in block) out.rich(block.paragraph);
  else if ("code" in block) out.block(block.code);
  else if ("quote" in block) {
    out.raw("> ");
    out.within("> ", () => out.rich(block.quote));
  } else
    block.list.forEach((item, index) => {
      if (index > 0) out.gap(1);
      // From 100 on there is no room for the blank that would make it a list of Discord's: the number is written out.
      out.raw(block.ordered ? `${index + 1}.${index < 99 ? " " : ""}` : "- ");
      out.within("  ", () => out.rich(item));
    });
}

/** An address that Discord takes for no button is written under the text instead of losing the message. */
function writeUnlinked(out: Writer, { buttons }: Fitted): void {
  for (const button of buttons.flat())
    if ("url" in button && !isButtonAddress(button.url)) {
      out.gap(1);
      out.rich([`${button.label}: ${button.url}`]);
    }
}

/** Discord opens what the whole world can reach, up to so long an address. */
const isButtonAddress = (url: string): boolean =>
  url.length <= 512 && /^https?:\/\/(?:[\w-]+\.)+[\w-]+(?::\d{1,5})?(?:[/?#][!-~]*)?$/.test(url);

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

function rowsOf(view: Fitted): Row[] {
  let index = 0;
  const rows = view.buttons
    .map((row) => row.filter((button) => !("url" in button) || isButtonAddress(button.url)))
    .filter((row) => row.length > 0)
    .map((row): Row => ({ type: ComponentType.ActionRow, components: row.map((one) => buttonOf(one, index++)) }));
  if (view.select?.options.length) rows.unshift(selectOf(view.select));
  if (view.form) {
    const label = discordTexts(view.reader).openForm;
    const open = buttonOf({ label, data: view.form.data, style: "primary" }, index);
    rows.push({ type: ComponentType.ActionRow, components: [open] });
  }
  return rows;
}

const styles = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger, plain: ButtonStyle.Secondary } as const;

function buttonOf(button: FittedButton, index: number): APIButtonComponent {
  const label = labelled(button.label);
  if ("url" in button) return { type: ComponentType.Button, style: ButtonStyle.Link, label, url: button.url };
  const custom_id = numbered(button.data, index);
  return { type: ComponentType.Button, style: styles[button.style], label, custom_id };
}

function selectOf({ placeholder, options }: NonNullable<Fitted["select"]>): Row {
  const select = {
    type: ComponentType.StringSelect as const,
    custom_id: "select",
    placeholder: labelled(placeholder),
    options: options.map(({ label, data }, index) => ({ label: labelled(label), value: numbered(data, index) })),
  };
  return { type: ComponentType.ActionRow, components: [select] };
}

/** Labels are plain text, of one line. */
export const labelled = (label: string, most = mostLabel): string => {
  const line = label.toWellFormed().replaceAll(/[\s\p{Cc}]+/gu, " ");
  return isInvisible(line) ? "…" : cutTo(line.trim(), most);
};

/** Discord takes a text of such characters alone for empty. */
export const isInvisible = (text: string): boolean =>
  /^(?:[\s\p{C}]|\u034f|\u17b4|\u17b5|[\u115f\u1160\u2800\u3164\uffa0])*$/u.test(text);
