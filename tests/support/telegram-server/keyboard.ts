// Inline keyboards, by Telegram's rules.
import { isAddress } from "./entities.ts";
import { objectOf, type Params } from "./params.ts";
import { refuse } from "./refusal.ts";

export type Button = { readonly text: string } & ({ readonly callback_data: string } | { readonly url: string });
export type Keyboard = readonly (readonly Button[])[];

/** @throws Refusal; undefined where the call brings no inline keyboard. */
export function keyboardOf(params: Params): Keyboard | undefined {
  const markup = objectOf(params, "reply_markup");
  if (!markup || !("inline_keyboard" in markup)) return undefined;
  const rows = markup.inline_keyboard;
  if (!Array.isArray(rows)) return refuse(400, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array');
  const keyboard = rows.map((row) => {
    if (!Array.isArray(row)) return refuse(400, "inline keyboard row must be an Array");
    if (row.length > 8) refuse(400, "reply markup is too long");
    return row.map(checkedButton);
  });
  if (keyboard.flat().length > 100) refuse(400, "reply markup is too long");
  return keyboard.filter((row) => row.length > 0);
}

function checkedButton(given: unknown): Button {
  if (typeof given !== "object" || given === null) return refuse(400, "inline keyboard button must be an Object");
  const { text, callback_data: data, url } = given as Record<string, unknown>;
  if (typeof text !== "string" || !text.isWellFormed()) return refuse(400, 'field "text" must be of type String');
  if (text.trim() === "") refuse(400, "inline keyboard button text must be non-empty");
  if (typeof url === "string") {
    if (!isAddress(url)) refuse(400, `inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
    return { text, url };
  }
  if (typeof data !== "string") return refuse(400, "text buttons are unallowed in the inline keyboard");
  const bytes = Buffer.byteLength(data);
  if (bytes < 1 || bytes > 64) refuse(400, "BUTTON_DATA_INVALID");
  return { text, callback_data: data };
}
