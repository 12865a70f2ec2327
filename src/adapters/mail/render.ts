// A view as a mail: a subject, plain text, and the same as simple HTML in which everything people wrote is escaped.
import type { Letter } from "../../core/ports/mailer.ts";
import { type Inline, plain, type Reader, type Rich, rich, type Text } from "../../core/text.ts";
import type { Block } from "../../core/view.ts";
import { letterTexts } from "./texts.ts";

export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export function renderMail({ view, reader, unsubscribe }: Letter): Mail {
  const t = letterTexts(reader);
  const { title, body = [], fields = [], footer, buttons = [] } = view;
  const links = buttons.flat().flatMap((one) => ("url" in one ? [{ link: [one.label], url: one.url }] : []));
  const presses = buttons.flat().some((one) => "call" in one);
  const blocks: readonly Block[] = [
    ...body,
    ...fields.map(({ name, value }) => ({ paragraph: [{ bold: rich(name) }, ": ", ...rich(value)] })),
    ...links.map((link) => ({ paragraph: [link] })),
    ...(footer ? [{ paragraph: footer }] : []),
    ...(presses ? [{ paragraph: [{ italic: [t.openChat] }] }] : []),
    ...(unsubscribe ? [{ paragraph: [t.stop, " ", { link: [unsubscribe], url: unsubscribe }] }] : []),
  ];
  const heading = title ? plain(title, reader) : "";
  const subject = oneLine(heading) || t.noSubject;
  const text = [...(heading ? [heading] : []), ...blocks.map((block) => textOf(block, reader))].join("\n\n");
  const inner = [
    ...(title ? [`<h1>${html(title, reader)}</h1>`] : []),
    ...blocks.map((block) => htmlOf(block, reader)),
  ];
  return {
    subject,
    text: `${text}\n`,
    html: `<!doctype html><html lang="${reader.language}"><meta charset="utf-8"><title>${escaped(subject)}</title><body>\n${inner.join("\n")}\n</body></html>\n`,
  };
}

/** A subject is a header: whatever ends a line, or can't be seen, becomes a blank. */
const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, 150);

const textIn = (text: Text, reader: Reader): string =>
  rich(text)
    .map((part) => inText(part, reader))
    .join("");

function inText(part: Inline, reader: Reader): string {
  if (typeof part === "string") return part;
  if ("link" in part) {
    const label = textIn(part.link, reader);
    return label === part.url ? label : `${label} (${part.url})`;
  }
  return plain(part, reader);
}

function textOf(block: Block, reader: Reader): string {
  if ("paragraph" in block) return textIn(block.paragraph, reader);
  if ("quote" in block) return textIn(block.quote, reader).replace(/^/gm, "> ");
  if ("code" in block) return block.code.replace(/^/gm, "    ");
  return block.list.map((item, at) => `${block.ordered ? `${at + 1}.` : "-"} ${textIn(item, reader)}`).join("\n");
}

function htmlOf(block: Block, reader: Reader): string {
  if ("paragraph" in block) return `<p>${html(block.paragraph, reader)}</p>`;
  if ("quote" in block) return `<blockquote>${html(block.quote, reader)}</blockquote>`;
  if ("code" in block) return `<pre>${escaped(block.code)}</pre>`;
  const list = block.ordered ? "ol" : "ul";
  return `<${list}>${block.list.map((item) => `<li>${html(item, reader)}</li>`).join("")}</${list}>`;
}

const html = (text: Text, reader: Reader): string => htmlIn(rich(text), reader);
const htmlIn = (text: Rich, reader: Reader): string => text.map((part) => inHtml(part, reader)).join("");

function inHtml(part: Inline, reader: Reader): string {
  if (typeof part === "string") return escaped(part).replaceAll("\n", "<br>");
  if ("bold" in part) return `<strong>${htmlIn(part.bold, reader)}</strong>`;
  if ("italic" in part) return `<em>${htmlIn(part.italic, reader)}</em>`;
  if ("code" in part) return `<code>${escaped(part.code)}</code>`;
  if ("time" in part || "mention" in part) return escaped(plain(part, reader));
  const words = htmlIn(part.link, reader);
  return /^(https?|mailto):/i.test(part.url) ? `<a href="${escaped(part.url)}">${words}</a>` : words;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);
