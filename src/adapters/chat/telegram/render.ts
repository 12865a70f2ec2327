// A fitted view as Telegram's text with entities and an inline keyboard.
import type { InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity } from "telegraf/types";
import type { Fitted, FittedBlock, FittedButton } from "../../../core/ports/platform.ts";
import { isBlank, isLink, type Writer, writer } from "./rich-text.ts";

export interface Rendered {
  readonly text: string;
  readonly entities: MessageEntity[];
  readonly link_preview_options: { readonly is_disabled: true };
  readonly reply_markup?: InlineKeyboardMarkup;
}

/** Without buttons the markup is absent: an edit then takes the keyboard away. */
export function render(view: Fitted): Rendered {
  const out = writer(view.reader);
  if (view.title) out.within("bold", () => out.rich(view.title!));
  for (const block of view.body) {
    out.gap(2);
    writeBlock(out, block);
  }
  view.fields.forEach(({ name, value }, index) => {
    out.gap(index === 0 ? 2 : 1);
    out.within("bold", () => out.rich(name));
    out.text(": ");
    out.rich(value);
  });
  if (view.footer) {
    out.gap(2);
    out.within("italic", () => out.rich(view.footer!));
  }
  const keyboard = keyboardOf(view.buttons, out);
  return {
    ...out.done(),
    link_preview_options: { is_disabled: true },
    ...(keyboard.length > 0 && { reply_markup: { inline_keyboard: keyboard } }),
  };
}

function writeBlock(out: Writer, block: FittedBlock): void {
  if ("paragraph" in block) out.rich(block.paragraph);
  else if ("quote" in block) out.within("blockquote", () => out.rich(block.quote));
  else if ("code" in block) out.within("pre", () => out.text(block.code));
  else
    block.list.forEach((item, index) => {
      if (index > 0) out.gap(1);
      out.text(block.ordered ? `${index + 1}. ` : "• ");
      out.rich(item);
    });
}

/** An address that Telegram takes for no button (a local one, say) is written under the text instead of losing the message. */
function keyboardOf(rows: Fitted["buttons"], out: Writer): InlineKeyboardButton[][] {
  const wire = (button: FittedButton): InlineKeyboardButton[] => {
    const text = labelOf(button.label);
    if ("data" in button) return [{ text, callback_data: button.data }];
    if (isLink(button.url)) return [{ text, url: button.url }];
    out.gap(1);
    out.text(`${button.label}: ${button.url}`);
    return [];
  };
  return rows.map((row) => row.flatMap(wire)).filter((row) => row.length > 0);
}

const labelOf = (label: string) => (isBlank(label) ? "…" : label.toWellFormed());
