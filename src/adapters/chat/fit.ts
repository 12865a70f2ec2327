// Cuts a view to what a platform can show: splits, shortens with a visible mark, turns a select into buttons.
import type { Capabilities, Fitted, FittedBlock, FittedButton, FittedForm } from "../../core/ports/platform.ts";
import { plain, type Reader, type Rich, rich } from "../../core/text.ts";
import type { Block, Button, Form, View } from "../../core/view.ts";
import type { ButtonData } from "./button-data.ts";
import { cut, lengthOf, type Measure, shorten, shortenString, written } from "./rich.ts";

type DataOf = ButtonData["of"];

/** One or more messages, the last with the buttons; one only where it must be editable. Never empty. */
export function fitView(view: View, reader: Reader, can: Capabilities, dataOf: DataOf): readonly Fitted[] {
  const measure: Measure = { reader, costs: can.costs };
  const title = view.title === undefined ? undefined : shorten(rich(view.title), can.title, measure);
  const footer = view.footer === undefined ? undefined : shorten(rich(view.footer), can.fieldValue, measure);
  const around = sum([title ?? [], footer ?? []], measure) + 8;
  const { fields, length } = fittedFields(view, measure, can, can.text - leastBody - around);
  const fixed = around + length;
  const form = view.form && can.formFields > 0 ? fittedForm(view.form, reader, can, dataOf) : undefined;
  const buttons = buttonRows(form ? {} : view, can, dataOf);
  const left = fields.length < (view.fields?.length ?? 0) || buttons.left;
  const single = Boolean(view.live || view.replaces);
  const pages = paged(
    (view.body ?? []).map(asFitted),
    Math.max(leastBody, can.text - fixed),
    can.text - around,
    single,
    measure,
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
      select: buttons.select,
      form,
      live: view.live,
    }),
  }));
}

/** What of a message is kept for its body, however much the fields want. */
const leastBody = 200;
const leftOut: FittedBlock = { paragraph: ["…"] };

/** Those from the first that have room, and how long they are together. */
function fittedFields(view: View, measure: Measure, can: Capabilities, room: number) {
  const around = 4 + measure.costs.marks;
  const fields: Fitted["fields"][number][] = [];
  let length = 0;
  for (const field of view.fields?.slice(0, can.fields) ?? []) {
    const name = shorten(rich(field.name), 100, measure);
    const value = shorten(rich(field.value), can.fieldValue, measure);
    const longer = length + sum([name, value], measure) + around;
    if (longer > room) break;
    length = longer;
    fields.push({ name, value });
  }
  return { fields, length };
}

const sum = (texts: readonly Rich[], measure: Measure) =>
  texts.reduce((total, text) => total + lengthOf(text, measure), 0);

/** As many questions as the platform asks at once; the rest follows when these are answered. */
function fittedForm(form: Form, reader: Reader, can: Capabilities, dataOf: DataOf): FittedForm {
  const fields = [...form.fields, ...(form.further ?? [])].slice(0, can.formFields);
  return {
    title: plain(form.title, reader),
    data: dataOf(form.call, false, true),
    fields: fields.map(({ label, labelBeside, problem, choices = [], open, ...field }) => ({
      ...field,
      ...questionAndHint(plain((fields.length > 1 && labelBeside ? labelBeside : label)(reader), reader)),
      choices: open ? [] : choices,
      ...(problem !== undefined && { problem: plain(problem, reader) }),
    })),
  };
}

/** What stands behind the question mark helps to answer. */
export function questionAndHint(asked: string): { readonly label: string; readonly hint?: string } {
  const end = asked.indexOf("? ") + 1;
  return end === 0 ? { label: asked } : { label: asked.slice(0, end), hint: asked.slice(end).trim() };
}

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
  measure: Measure,
): FittedBlock[][] {
  const room = single ? last : most;
  const pages: FittedBlock[][] = [[]];
  let left = room;
  for (const block of blocks.flatMap((whole) => pieces(whole, room, measure))) {
    const length = blockLength(block, measure);
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

function blockLength(block: FittedBlock, measure: Measure): number {
  if ("paragraph" in block) return lengthOf(block.paragraph, measure) + 2;
  if ("quote" in block) return lengthOf(block.quote, measure) + 4;
  if ("code" in block) return written(block.code, measure.costs) + 8;
  return block.list.reduce((total, item) => total + lengthOf(item, measure) + 5, 2);
}

/** A block that is longer than a message, in pieces that are not. */
function pieces(block: FittedBlock, room: number, measure: Measure): FittedBlock[] {
  if (blockLength(block, measure) <= room) return [block];
  const most = room - 8;
  if ("paragraph" in block) return richPieces(block.paragraph, most, measure).map((paragraph) => ({ paragraph }));
  if ("quote" in block) return richPieces(block.quote, most, measure).map((quote) => ({ quote }));
  if ("code" in block)
    return richPieces([block.code], most, measure).map((part) => ({
      code: part.filter((text) => typeof text === "string").join(""),
    }));
  return listPieces(block, most, measure);
}

/** Bullets stay bullets; numbers are written out, since a list of its own would count from 1 again. */
function listPieces(
  { list, ordered }: Extract<FittedBlock, { readonly list: unknown }>,
  most: number,
  measure: Measure,
) {
  return list.flatMap((item, index): FittedBlock[] =>
    ordered
      ? richPieces([`${index + 1}. `, ...item], most, measure).map((paragraph) => ({ paragraph }))
      : richPieces(item, most, measure).map((part) => ({ list: [part], ordered })),
  );
}

function richPieces(text: Rich, most: number, measure: Measure): Rich[] {
  const found: Rich[] = [];
  let rest = text;
  while (rest.length) {
    const [head, tail] = cut(rest, most, measure);
    if (head.length === 0) break;
    found.push(head);
    rest = tail;
  }
  return found;
}

/** `left`: there were more than the platform has room for. */
function buttonRows(view: View, can: Capabilities, dataOf: DataOf) {
  const wide = (button: Button): FittedButton => {
    const label = shortenString(button.label, can.buttonLabel);
    return "url" in button
      ? { label, url: button.url }
      : { label, data: dataOf(button.call, button.here), style: button.style ?? "plain" };
  };
  const options = view.select?.options ?? [];
  const rows = (view.buttons ?? []).flatMap((row) => chunk(row.map(wide), can.buttonsPerRow));
  if (options.length === 0 || can.selectOptions === 0) {
    const asButtons = options.slice(0, Math.max(0, can.buttonRows - rows.length)).map((option) => [wide(option)]);
    const shown = [...asButtons, ...rows].slice(0, can.buttonRows);
    return { rows: shown, left: shown.length < options.length + rows.length };
  }
  const shown = rows.slice(0, can.buttonRows - 1);
  const offered = options.slice(0, can.selectOptions).map(({ label, call }) => ({
    label: shortenString(label, can.buttonLabel),
    data: dataOf(call),
  }));
  const placeholder = shortenString(view.select!.placeholder, can.buttonLabel);
  const left = shown.length < rows.length || offered.length < options.length;
  return { rows: shown, select: { placeholder, options: offered }, left };
}

const chunk = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
