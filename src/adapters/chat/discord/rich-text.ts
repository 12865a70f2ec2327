// Text with markup written as Discord's Markdown: our marks alive, everything else escaped.
import { formatTime, type Inline, type Mention, type Reader, type Rich } from "../../../core/text.ts";
import { disarmed, escapedCode, escapedMarkdown } from "./escape.ts";

export interface Writer {
  /** Our own syntax, as it is. */
  raw(markup: string): void;
  rich(text: Rich): void;
  /** In one line: a line break in it is a blank. */
  line(text: Rich): void;
  bold(text: Rich): void;
  /** Every line after the first begins with this. */
  within(prefix: string, write: () => void): void;
  block(code: string): void;
  /** So many line breaks, none at the start. */
  gap(lines: 1 | 2): void;
  done(): string;
  /** The ids of those it calls. */
  called(): readonly string[];
}

/** What fit is told that bold, italic and code add: two marks of two, joiners before each and around code. */
export const marksCost = 8;
export const linkCost = 6;
/** An instant as `<t:-8640000000000:f>`; where it names a zone of its own it is written out, by Intl, which writes no markup. */
export const timeCost = 22;

/** Discord shows these in each person's own zone and language. */
const native = { full: "f", date: "D", time: "t", relative: "R" } as const;

export function writer(reader: Reader): Writer {
  let out = "";
  let prefix = "";
  let inLine = 0;
  const open = new Set<string>();
  const people = new Set<string>();

  const write = (raw: string, ends: boolean) => {
    if (!raw.includes("\n")) {
      out += escapedMarkdown(raw, out, ends);
      return;
    }
    const text = inLine ? raw.replaceAll(/\s*\n\s*/g, " ") : raw;
    for (const [index, line] of text.split("\n").entries()) {
      if (index > 0) out += `\n${prefix}`;
      out += escapedMarkdown(line, out, ends);
    }
  };
  /**
   * Blanks at its ends stay outside, where Discord wants them; a mark around nothing would show; and a word joiner stands
   * between two marks of the same character, which would be read as another mark.
   */
  const marked = (delimiter: string, text: Rich) => {
    if (open.has(delimiter)) return parts(text, false);
    const start = out.length;
    open.add(delimiter);
    self.line(text);
    open.delete(delimiter);
    const written = out.slice(start);
    const inner = written.trim();
    if (/^[\s\u2060]*$/.test(inner)) return;
    const [lead, tail] = [written.slice(0, written.indexOf(inner)), written.slice(written.trimEnd().length)];
    const [mark] = delimiter;
    const before = out.slice(0, start) + lead;
    const apart = (touches: boolean) => (touches ? "\u2060" : "");
    const opening = apart(before.endsWith(mark!)) + delimiter + apart(inner.startsWith(mark!));
    out = before + opening + inner + apart(inner.endsWith(mark!)) + delimiter + tail;
  };
  const code = (text: string) => {
    const inner = escapedCode(text.replaceAll(/\s*\n\s*/g, " "));
    // Discord looks for the end of a mark in the code inside it too.
    if (inner.trim() === "" || (open.size > 0 && /[*_~|[\]\\]/.test(inner))) return write(text, false);
    const fence = inner.includes("`") ? "``" : "`";
    const apart = /^[`\s]/.test(inner) ? "\u2060" : "";
    out += `${out.endsWith("`") ? "\u2060" : ""}${fence}${apart}${inner}${fence}`;
  };
  const link = (label: Rich, url: string) => {
    if (open.has("[") || !isAddress(url) || isBlank(label)) return parts(label, false);
    open.add("[");
    out += "[";
    self.line(label);
    out += `](${url})`;
    open.delete("[");
  };
  const mention = ({ mention: id, platform, name }: Mention, ends: boolean) => {
    if (platform !== reader.platform || !/^\d{15,20}$/.test(id)) return write(name, ends);
    people.add(id);
    out += `<@${id}>`;
  };
  const part = (one: Inline, ends: boolean) => {
    if (typeof one === "string") write(one, ends);
    else if ("bold" in one) marked("**", one.bold);
    else if ("italic" in one) marked("*", one.italic);
    else if ("code" in one) code(one.code);
    else if ("link" in one) link(one.link, one.url);
    else if ("mention" in one) mention(one, ends);
    else if (one.zone) out += formatTime(one, reader);
    else out += `<t:${Math.floor(one.time / 1000)}:${native[one.style]}>`;
  };
  const parts = (text: Rich, ends: boolean) => {
    for (const [index, one] of text.entries()) part(one, ends && index === text.length - 1);
  };

  const self: Writer = {
    raw(markup) {
      out += markup;
    },
    rich: (text) => parts(text, true),
    line(text) {
      inLine++;
      parts(text, false);
      inLine--;
    },
    bold: (text) => marked("**", text),
    within(more, act) {
      const before = prefix;
      prefix += more;
      act();
      prefix = before;
    },
    block(text) {
      const inner = escapedCode(text);
      out += inner.trim() === "" ? "" : `\`\`\`\n${inner}\`\`\``;
    },
    gap(lines) {
      if (out !== "") out += "\n".repeat(lines);
    },
    done: () => disarmed(out),
    called: () => [...people],
  };
  return self;
}

const isBlank = (text: Rich): boolean =>
  text.every((one) => typeof one === "string" && /^[\s\p{C}]*$/u.test(one)) || text.length === 0;

/** What stands in a link as it is, without ending it, or a mark around it. */
const isAddress = (url: string): boolean =>
  url.length <= 1_000 &&
  /^https?:\/\/[\w.-]+(?::\d{1,5})?(?:[/?#][!-~]*)?$/.test(url) &&
  !/[()<>[\]"`\\*|]|~~/.test(url);
