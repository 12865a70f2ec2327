// Text with Telegram's entities (core.telegram.org/bots/api#messageentity): nothing has to be escaped, offsets are UTF-16 units.
import type { MessageEntity } from "telegraf/types";
import { formatTime, type Mention, type Reader, type Rich } from "../../../core/text.ts";

export type Mark = "bold" | "italic" | "code" | "pre" | "blockquote" | { readonly url: string } | Person;

interface Person {
  readonly user: number;
  readonly name: string;
}

interface Run {
  readonly from: number;
  readonly mark: Mark;
}

export interface Writer {
  /** Literal text: characters that Telegram drops are left out, and an "@" becomes no mention. */
  text(text: string): void;
  /** Literal text in code, where Telegram looks for no mentions. */
  code(text: string): void;
  rich(text: Rich): void;
  within(mark: Mark | undefined, write: () => void): void;
  /** A blank line between two blocks, none at the start. */
  gap(lines: 1 | 2): void;
  /** @param mostText what is shown of it at most; 4096 when absent. */
  done(mostText?: number): { readonly text: string; readonly entities: MessageEntity[] };
}

/** Telegram takes at most so much of a message's shown text, and keeps only so many entities. */
const most = { text: 4096, entities: 100 } as const;

/**
 * What Telegram makes blank or removes (td/telegram/misc.cpp, clean_input_string): offsets would move with it. The ring
 * above is removed as a mark of its own, so it is joined to its letter first. What turns the writing direction goes too.
 */
const clean = (text: string): string =>
  (text.includes("\u030a") ? text.normalize("NFC") : text)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to replace
    .replace(/[\0-\x09\x0b\x0c\x0e-\x1f]/g, " ")
    .replace(/[\r\u2028-\u202e\u2066-\u2069]|\u0333|\u033f|\u030a/g, "")
    .toWellFormed();

/** Most texts: nothing in them to clean or to disarm. */
const harmless = /^[\n\x20-\x3f\x41-\x7e]*$/;

/** A word joiner after an "@" that would make a mention: nothing is seen of it, and nobody is called by what a member typed. */
const disarm = (text: string): string => text.replace(/(?<![\p{L}\p{N}_])@(?=[A-Za-z0-9_])/gu, "@\u2060");

/** Telegram links a command by itself, to be pressed, but not within code; what stands behind it would not be sent. */
const isCommand = (code: string): boolean => /^\/[a-z_]+$/.test(code);

export function writer(reader: Reader): Writer {
  let text = "";
  let endsInAt = false;
  const entities: MessageEntity[] = [];
  const open: Run[] = [];
  const blocked = () => open.some(({ mark }) => mark === "code" || mark === "pre");

  const self: Writer = {
    text(more) {
      if (!endsInAt && harmless.test(more)) {
        text += more;
        return;
      }
      const cleaned = clean(more);
      text += blocked() ? cleaned : disarmed(text, cleaned);
      endsInAt = text.endsWith("@");
    },
    code: (code) => (isCommand(code) ? self.text(code) : self.within("code", () => self.text(code))),
    rich(parts) {
      for (const part of parts) {
        if (typeof part === "string") self.text(part);
        else if ("bold" in part) self.within("bold", () => self.rich(part.bold));
        else if ("italic" in part) self.within("italic", () => self.rich(part.italic));
        else if ("code" in part) self.code(part.code);
        else if ("link" in part) self.within({ url: part.url }, () => self.rich(part.link));
        else if ("mention" in part) self.within(personIn(part, reader), () => self.text(part.name));
        else self.text(formatTime(part, reader));
      }
    },
    within(mark, write) {
      if (!mark || !allowed(mark, open)) return write();
      open.push({ from: text.length, mark });
      write();
      const { from } = open.pop()!;
      const entity = entityOf(mark, text, from);
      if (entity) entities.push(entity);
    },
    gap(lines) {
      if (text === "") return;
      text += "\n".repeat(lines);
      endsInAt = false;
    },
    done: (mostText = most.text) => finished(text, entities, mostText),
  };
  return self;
}

/** The character before decides too: it may have come with another run. */
const disarmed = (before: string, more: string): string => {
  const last = /[\p{L}\p{N}_]$/u.exec(before.slice(-2))?.[0] ?? "";
  const safe = disarm(last + more).slice(last.length);
  return before.endsWith("@") && /^[A-Za-z0-9_]/.test(safe) ? `\u2060${safe}` : safe;
};

const personIn = ({ mention, platform, name }: Mention, reader: Reader): Person | undefined =>
  platform === reader.platform && /^[1-9]\d{0,14}$/.test(mention) ? { user: Number(mention), name } : undefined;

/** Code holds nothing and is held by no style; links and quotes hold none of their own kind. */
function allowed(mark: Mark, open: readonly Run[]): boolean {
  if (open.some((run) => run.mark === "code" || run.mark === "pre")) return false;
  if (mark === "code" || mark === "pre") return open.every((run) => run.mark === "blockquote");
  if (typeof mark === "object")
    return ("user" in mark || isLink(mark.url)) && open.every((run) => typeof run.mark !== "object");
  return open.every((run) => run.mark !== mark);
}

function entityOf(mark: Mark, text: string, from: number): MessageEntity | undefined {
  const inner = text.slice(from);
  const offset = from + (inner.length - inner.trimStart().length);
  const length = inner.trim().length;
  if (length === 0) return undefined;
  if (typeof mark === "object" && "user" in mark)
    return { type: "text_mention", offset, length, user: { id: mark.user, is_bot: false, first_name: mark.name } };
  return typeof mark === "object"
    ? { type: "text_link", offset, length, url: mark.url }
    : { type: mark, offset, length };
}

/** Whether Telegram takes it as a link or a button's address. */
export function isLink(address: string): boolean {
  if (!URL.canParse(address) || address.length > 2048) return false;
  const { protocol, hostname } = new URL(address);
  if (protocol === "tg:") return true;
  return (protocol === "http:" || protocol === "https:") && /^[^.\s].*\.[^.\s]{2,}$/.test(hostname);
}

function finished(raw: string, entities: readonly MessageEntity[], mostText: number) {
  const lead = raw.length - raw.trimStart().length;
  let text = raw.trim();
  if (text.length > mostText)
    text = `${text
      .slice(0, mostText - 1)
      .toWellFormed()
      .replace(/\ufffd$/, "")}…`;
  if (isBlank(text)) return { text: "…", entities: [] };
  const kept = entities
    .map((entity) => clipped({ ...entity, offset: entity.offset - lead }, text))
    .filter((entity) => entity.length > 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  return { text, entities: kept.slice(0, most.entities) };
}

function clipped(entity: MessageEntity, text: string): MessageEntity {
  const offset = Math.max(0, entity.offset);
  const end = Math.min(text.length, entity.offset + entity.length);
  return { ...entity, offset, length: end - offset };
}

/** Telegram takes a message of such characters alone for empty. */
export const isBlank = (text: string) =>
  /^(?:\s|\u034f|[\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u202f\u205f-\u206f\u2800\u3164\uffa0\ufffc])*$/u.test(
    text,
  );
