// What people see of a message or a form: its words, what is marked or calls somebody, its buttons and questions.
import type { Block, Message, View } from "./state.ts";

export interface ShownMessage {
  readonly ts: string;
  readonly channel: string;
  readonly text: string;
  /** The small lines of context blocks, and the text without them. */
  readonly context: readonly string[];
  readonly said: string;
  /** Those of `marked` that are quotes. */
  readonly quotes: readonly string[];
  /** Bold, italic, code, quotes, links, and what Slack's own markup would make of the words. */
  readonly marked: readonly string[];
  readonly mentions: readonly string[];
  readonly buttons: readonly { readonly label: string; readonly action_id: string; readonly value?: string }[];
  readonly options: readonly { readonly label: string; readonly value: string; readonly action_id: string }[];
  readonly edits: number;
  readonly thread?: string;
  readonly only?: string;
  readonly username?: string;
  readonly icon?: string;
  readonly files: readonly { readonly name: string; readonly content: Buffer }[];
  readonly reactions: readonly string[];
}

interface Element {
  readonly type: string;
  readonly text?: string | { readonly text: string };
  readonly url?: string;
  readonly fallback?: string;
  readonly style?: object | string;
  readonly elements?: readonly Element[];
  readonly options?: readonly { readonly text: { readonly text: string }; readonly value: string }[];
  readonly action_id?: string;
  readonly value?: string;
}

const mentions = new Set(["user", "channel", "broadcast", "usergroup", "emoji"]);
/** Slack's own markup in plain lines, mentions among it. */
const called = /<[@!#][^<>]*>/g;

export function shownMessage(message: Message): ShownMessage {
  const blocks = message.blocks as readonly (Block & Element)[];
  const { ts, channel, edits, thread, only, username, icon, files } = message;
  const leaves = blocks.flatMap(leavesOf);
  const buttons = leaves.filter(({ type }) => type === "button");
  return {
    ts,
    channel,
    edits,
    thread,
    only,
    username,
    icon,
    text: blocks.length ? wordsOf(blocks) : message.text,
    context: blocks.filter(({ type }) => type === "context").map(literalOf),
    said: wordsOf(blocks.filter(({ type }) => type !== "context")),
    quotes: blocks.flatMap(({ elements = [] }) =>
      elements.filter(({ type }) => type === "rich_text_quote").map(pieceOf),
    ),
    marked: [...marksOf(blocks), ...markup(blocks.length ? "" : message.text)],
    mentions: [
      ...leaves.filter(({ type }) => mentions.has(type)).map(({ type }) => type),
      ...(message.text.match(called) ?? []),
    ],
    buttons: buttons.map((one) => ({ label: literal(one), action_id: one.action_id!, value: one.value })),
    options: leaves.flatMap(({ options = [], action_id = "" }) =>
      options.map(({ text, value }) => ({ label: text.text, value, action_id })),
    ),
    files: files.map(({ name, content }) => ({ name, content })),
    reactions: message.reactions.filter(({ users }) => users.size > 0).map(({ name }) => name),
  };
}

const literal = ({ text = "" }: Element): string => (typeof text === "string" ? text : text.text);

function leavesOf(element: Element): Element[] {
  return element.elements ? element.elements.flatMap(leavesOf) : [element];
}

function wordsOf(blocks: readonly Element[]): string {
  const lines = blocks
    .filter(({ type }) => type !== "actions")
    .map((block) => (block.type === "rich_text" ? (block.elements ?? []).map(pieceOf).join("\n") : literalOf(block)));
  return lines.join("\n");
}

const literalOf = (block: Element): string => (block.elements ? block.elements.map(literal).join(" ") : literal(block));

function pieceOf(piece: Element): string {
  if (piece.type !== "rich_text_list") return (piece.elements ?? []).map(runOf).join("");
  const mark = (n: number) => (piece.style === "ordered" ? `${n + 1}. ` : "• ");
  return (piece.elements ?? []).map((item, n) => mark(n) + (item.elements ?? []).map(runOf).join("")).join("\n");
}

/** A link without words of its own shows its address. */
const isBare = ({ type, text }: Element) => type === "link" && text === undefined;

const runOf = (run: Element): string => {
  if (run.type === "date") return run.fallback ?? "";
  return isBare(run) ? (run.url ?? "") : literal(run);
};

function marksOf(blocks: readonly Element[]): string[] {
  return blocks.flatMap((block) => {
    if (block.type === "rich_text_quote" || block.type === "rich_text_preformatted") return [pieceOf(block)];
    if (block.elements) return marksOf(block.elements);
    const styled = typeof block.style === "object" && Object.keys(block.style).length > 0;
    if (block.type === "link" && !isBare(block)) return [literal(block)];
    return styled && ["text", "link"].includes(block.type) ? [runOf(block)] : [];
  });
}

/** What mrkdwn would make of a plain line. */
const markup = (text: string): string[] =>
  text.match(/<https?:[^<>]*>|\*[^*\s][^*]*\*|_[^_\s][^_]*_|~[^~]+~|`[^`]+`/g) ?? [];

export interface ShownForm {
  readonly title: string;
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly required: boolean;
    readonly options: readonly string[];
    readonly problem?: string;
  }[];
}

interface InputElement {
  readonly initial_value?: string;
  readonly initial_option?: { readonly text: { readonly text: string }; readonly value: string };
  readonly options?: readonly { readonly text: { readonly text: string }; readonly value: string }[];
}

export function shownForm(view: View): ShownForm {
  const fields = view.blocks.flatMap((block, n) => {
    if (block.type !== "input") return [];
    const element = block.element as InputElement;
    const before = view.blocks[n - 1];
    return {
      name: String(block.block_id),
      label: literal(block.label as Element),
      value: element.initial_value ?? element.initial_option?.value ?? "",
      required: block.optional !== true,
      options: (element.options ?? []).map(({ text }) => text.text),
      ...(before?.type === "section" && { problem: literal(before.text as Element) }),
    };
  });
  return { title: literal(view.title as Element), fields };
}
