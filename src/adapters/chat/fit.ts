// Cuts a view to what a platform can show: splits, shortens with a visible mark, turns a select into buttons.
import type { Capabilities, Fitted, FittedBlock, FittedButton } from "../../core/ports/platform.ts";
import { type Reader, type Rich, rich } from "../../core/text.ts";
import type { Block, Button, Call, View } from "../../core/view.ts";
import { cut, lengthOf, shorten, shortenString } from "./rich.ts";

/** One or more messages, the last with the buttons; one only where it must be editable. Never empty. */
export function fitView(
  view: View,
  reader: Reader,
  can: Capabilities,
  dataOf: (call: Call) => string,
): readonly Fitted[] {
  const title = view.title === undefined ? undefined : shorten(rich(view.title), can.title, reader);
  const footer = view.footer === undefined ? undefined : shorten(rich(view.footer), can.fieldValue, reader);
  const around = sum([title ?? [], footer ?? []], reader) + 8;
  const fields = fittedFields(view, reader, can, can.text - leastBody - around);
  const fixed = around + sumOf(fields, reader);
  const buttons = buttonRows(view, can, dataOf);
  const left = fields.length < (view.fields?.length ?? 0) || buttons.left;
  const single = Boolean(view.live || view.replaces);
  const pages = paged(
    (view.body ?? []).map(asFitted),
    Math.max(leastBody, can.text - fixed),
    can.text - around,
    single,
    reader,
  );
  const base = { reader, audience: view.audience ?? "caller", fields: [], buttons: [] } as const;
  return pages.map((body, index) => ({
    ...base,
    ...(index === 0 && { title }),
    body: left && index === pages.length - 1 ? [...body, leftOut] : body,
    ...(index === pages.length - 1 && {
      fields,
      footer,
      buttons: buttons.rows,
      form: view.form,
      live: view.live,
    }),
  }));
}

/** What of a message is kept for its body, however much the fields want. */
const leastBody = 200;
const leftOut: FittedBlock = { paragraph: ["…"] };

/** Those from the first that have room. */
function fittedFields({ fields = [] }: View, reader: Reader, can: Capabilities, room: number) {
  const all = fields.slice(0, can.fields).map(({ name, value }) => ({
    name: shorten(rich(name), 100, reader),
    value: shorten(rich(value), can.fieldValue, reader),
  }));
  const fitting = all.findIndex((_, index) => sumOf(all.slice(0, index + 1), reader) > room);
  return fitting < 0 ? all : all.slice(0, fitting);
}

const sumOf = (fields: Fitted["fields"], reader: Reader) =>
  fields.reduce((total, { name, value }) => total + sum([name, value], reader) + 4, 0);

const sum = (texts: readonly Rich[], reader: Reader) =>
  texts.reduce((total, text) => total + lengthOf(text, reader), 0);

const asFitted = (block: Block): FittedBlock => {
  if ("paragraph" in block) return { paragraph: rich(block.paragraph) };
  if ("list" in block) return { list: block.list.map(rich), ordered: block.ordered ?? false };
  if ("quote" in block) return { quote: rich(block.quote) };
  return block;
};

/** Blocks in pages of at most `most` units, the last of at most `last` (it carries the fields). One that stays alone is cut. */
function paged(
  blocks: readonly FittedBlock[],
  last: number,
  most: number,
  single: boolean,
  reader: Reader,
): FittedBlock[][] {
  const room = single ? last : most;
  const pages: FittedBlock[][] = [[]];
  let left = room;
  for (const block of blocks.flatMap((whole) => pieces(whole, room, reader))) {
    const length = blockLength(block, reader);
    if (length > left && pages.at(-1)!.length > 0) {
      if (single) {
        pages[0]!.push(leftOut);
        break;
      }
      pages.push([]);
      left = room;
    }
    pages.at(-1)!.push(block);
    left -= length;
  }
  if (!single && room - left > last) pages.push([]);
  return pages;
}

function blockLength(block: FittedBlock, reader: Reader): number {
  if ("paragraph" in block) return lengthOf(block.paragraph, reader) + 2;
  if ("quote" in block) return lengthOf(block.quote, reader) + 4;
  if ("code" in block) return block.code.length + 4;
  return block.list.reduce((total, item) => total + lengthOf(item, reader) + 5, 2);
}

/** A block that is longer than a message, in pieces that are not. */
function pieces(block: FittedBlock, room: number, reader: Reader): FittedBlock[] {
  if (blockLength(block, reader) <= room) return [block];
  const most = room - 8;
  if ("paragraph" in block) return richPieces(block.paragraph, most, reader).map((paragraph) => ({ paragraph }));
  if ("quote" in block) return richPieces(block.quote, most, reader).map((quote) => ({ quote }));
  if ("code" in block)
    return richPieces([block.code], most, reader).map((part) => ({
      code: part.filter((text) => typeof text === "string").join(""),
    }));
  return listPieces(block, most, reader);
}

/** Bullets stay bullets; numbers are written out, since a list of its own would count from 1 again. */
function listPieces({ list, ordered }: Extract<FittedBlock, { readonly list: unknown }>, most: number, reader: Reader) {
  return list.flatMap((item, index): FittedBlock[] =>
    ordered
      ? richPieces([`${index + 1}. `, ...item], most, reader).map((paragraph) => ({ paragraph }))
      : richPieces(item, most, reader).map((part) => ({ list: [part], ordered })),
  );
}

function richPieces(text: Rich, most: number, reader: Reader): Rich[] {
  const found: Rich[] = [];
  let rest = text;
  while (rest.length) {
    const [head, tail] = cut(rest, most, reader);
    if (head.length === 0) break;
    found.push(head);
    rest = tail;
  }
  return found;
}

/** `left`: there were more than the platform has room for. */
function buttonRows(view: View, can: Capabilities, dataOf: (call: Call) => string) {
  const wide = (button: Button): FittedButton => {
    const label = shortenString(button.label, can.buttonLabel);
    return "url" in button
      ? { label, url: button.url }
      : { label, data: dataOf(button.call), style: button.style ?? "plain" };
  };
  const options = (view.select?.options ?? []).map((option) => [wide(option)]);
  const rows = (view.buttons ?? []).flatMap((row) => chunk(row.map(wide), can.buttonsPerRow));
  const shown = [...options.slice(0, Math.max(0, can.buttonRows - rows.length)), ...rows].slice(0, can.buttonRows);
  return { rows: shown, left: shown.length < options.length + rows.length };
}

const chunk = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
