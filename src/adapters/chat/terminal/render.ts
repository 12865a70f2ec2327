// Views as lines of a terminal. People's text can hold no control characters, so it can't steer the terminal.
import type { Fitted, FittedBlock } from "../../../core/ports/platform.ts";
import { formatTime, type Inline, type Reader, type Rich } from "../../../core/text.ts";
import type { Content } from "./mailbox.ts";

const styles = {
  bold: ["\u001b[1m", "\u001b[22m"],
  dim: ["\u001b[2m", "\u001b[22m"],
  italic: ["\u001b[3m", "\u001b[23m"],
} as const;
const style = (name: keyof typeof styles, text: string) => styles[name][0] + text + styles[name][1];

/** Everything that is shown of a view but its buttons, which are numbered when they reach a screen. */
export function render(view: Fitted): Content {
  const { reader } = view;
  const lines = [
    ...(view.title?.length ? [style("bold", inline(view.title, reader))] : []),
    ...view.body.map((block) => renderBlock(block, reader)),
    ...view.fields.map(({ name, value }) => `${style("dim", `${inline(name, reader)}:`)} ${inline(value, reader)}`),
    ...(view.footer?.length ? [style("dim", inline(view.footer, reader))] : []),
    ...links(view),
  ];
  return {
    text: lines.join("\n"),
    buttons: view.buttons.flat().flatMap((one) => ("data" in one ? [{ label: inert(one.label), data: one.data }] : [])),
  };
}

const links = (view: Fitted) =>
  view.buttons.flat().flatMap((one) => ("url" in one ? [`${inert(one.label)}: ${inert(one.url)}`] : []));

function renderBlock(block: FittedBlock, reader: Reader): string {
  if ("paragraph" in block) return inline(block.paragraph, reader);
  if ("quote" in block) return inline(block.quote, reader).replace(/^/gm, "  │ ");
  if ("code" in block) return inert(block.code).replace(/^/gm, "    ");
  return block.list.map((item, index) => `${block.ordered ? `${index + 1}.` : "•"} ${inline(item, reader)}`).join("\n");
}

function inline(text: Rich, reader: Reader): string {
  return text.map((part) => inlinePart(part, reader)).join("");
}

function inlinePart(part: Inline, reader: Reader): string {
  if (typeof part === "string") return inert(part);
  if ("bold" in part) return style("bold", inline(part.bold, reader));
  if ("italic" in part) return style("italic", inline(part.italic, reader));
  if ("code" in part) return inert(part.code);
  if ("link" in part) return `${inline(part.link, reader)} (${inert(part.url)})`;
  if ("mention" in part) return inert(part.name);
  return formatTime(part, reader);
}

/** Without control characters but line breaks, and without characters that turn the direction of what follows. */
export const inert = (text: string) =>
  text.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, (mark) => (mark === "\n" ? mark : ""));
