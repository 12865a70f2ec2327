// Blocks as Slack checks them: every element's shape and every limit (docs.slack.dev/reference/block-kit).
import { refuse } from "./refusal.ts";
import type { Block } from "./state.ts";

type Data = Readonly<Record<string, unknown>>;

const most = {
  section: 3000,
  field: 2000,
  header: 150,
  label: 75,
  value: 2000,
  url: 3000,
  id: 255,
  elements: 25,
  optionText: 75,
  optionValue: 150,
  options: 100,
  placeholder: 150,
  inputLabel: 2000,
  input: 3000,
  context: 10,
} as const;

export const mostBlocks = { message: 50, modal: 100, home: 100 } as const;
/** In all of a message, counted as Slack stores it (github.com/slackapi/bolt-js/issues/2509). */
const mostCharacters = 13_200;

function fail(at: string, why: string): never {
  refuse("invalid_blocks", `${why} [json-pointer:${at}]`);
}

const data = (value: unknown, at: string): Data =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Data)
    : fail(at, "must be an object");
const list = (value: unknown, at: string): readonly unknown[] =>
  Array.isArray(value) ? value : fail(at, "must be an array");

/** Slack parses JSON strictly: lone surrogates and control characters are refused. */
function text(value: unknown, at: string, longest: number, shortest = 1): string {
  if (typeof value !== "string") return fail(at, "must be a string");
  if (value.length < shortest) fail(at, "must be more than 0 characters");
  if (value.length > longest) fail(at, `must be less than ${longest + 1} characters`);
  if (!value.isWellFormed()) fail(at, "is no Unicode text");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to refuse
  if (/[\0-\x08\x0b-\x1f\x7f]/.test(value)) fail(at, "holds control characters");
  return value;
}

function only(value: Data, at: string, ...keys: string[]): void {
  const stray = Object.keys(value).find((key) => !keys.includes(key));
  if (stray) fail(`${at}/${stray}`, "invalid additional property");
}

function plain(value: unknown, at: string, longest: number): void {
  const object = data(value, at);
  if (object.type !== "plain_text") fail(`${at}/type`, "must be plain_text");
  only(object, at, "type", "text", "emoji");
  if (text(object.text, `${at}/text`, longest).trim() === "") fail(`${at}/text`, "must be more than 0 characters");
}

function textObject(value: unknown, at: string, longest: number): void {
  const object = data(value, at);
  if (object.type === "plain_text") plain(object, at, longest);
  else if (object.type !== "mrkdwn") fail(`${at}/type`, "must be plain_text or mrkdwn");
  else {
    only(object, at, "type", "text", "verbatim");
    text(object.text, `${at}/text`, longest);
  }
}

function address(value: unknown, at: string): void {
  const url = text(value, at, most.url);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) fail(at, "Invalid URL");
}

function options(value: unknown, at: string): readonly string[] {
  const all = list(value, at);
  if (all.length < 1 || all.length > most.options) fail(at, "must have between 1 and 100 items");
  return all.map((one, n) => {
    const option = data(one, `${at}/${n}`);
    only(option, `${at}/${n}`, "text", "value", "description");
    plain(option.text, `${at}/${n}/text`, most.optionText);
    return text(option.value, `${at}/${n}/value`, most.optionValue);
  });
}

function select(element: Data, at: string): void {
  only(element, at, "type", "action_id", "placeholder", "options", "initial_option");
  if (element.placeholder !== undefined) plain(element.placeholder, `${at}/placeholder`, most.placeholder);
  const values = options(element.options, `${at}/options`);
  if (element.initial_option === undefined) return;
  const [initial] = options([element.initial_option], `${at}/initial_option`);
  if (!values.includes(initial!)) fail(`${at}/initial_option`, "is none of the options");
}

function button(element: Data, at: string): void {
  only(element, at, "type", "action_id", "text", "value", "url", "style");
  plain(element.text, `${at}/text`, most.label);
  if (element.value !== undefined) text(element.value, `${at}/value`, most.value);
  if (element.url !== undefined) address(element.url, `${at}/url`);
  if (element.style !== undefined && !["primary", "danger"].includes(String(element.style)))
    fail(`${at}/style`, "unknown");
}

function input(element: Data, at: string): void {
  if (element.type === "static_select") select(element, at);
  else textInput(element, at);
}

function textInput(element: Data, at: string): void {
  if (element.type !== "plain_text_input") fail(`${at}/type`, "is no input");
  only(element, at, "type", "action_id", "multiline", "max_length", "min_length", "initial_value", "placeholder");
  const longest = element.max_length ?? most.input;
  if (typeof longest !== "number" || longest < 1 || longest > most.input) fail(`${at}/max_length`, "must be 1 to 3000");
  if (element.initial_value !== undefined) text(element.initial_value, `${at}/initial_value`, longest as number, 0);
}

function actions(block: Data, at: string): void {
  const elements = list(block.elements, `${at}/elements`);
  if (elements.length < 1 || elements.length > most.elements) fail(`${at}/elements`, "must have 1 to 25 items");
  const ids = new Set<string>();
  elements.forEach((one, n) => {
    const element = data(one, `${at}/elements/${n}`);
    const id = text(element.action_id, `${at}/elements/${n}/action_id`, most.id);
    if (ids.has(id)) fail(`${at}/elements/${n}/action_id`, "is there twice");
    ids.add(id);
    if (element.type === "button") button(element, `${at}/elements/${n}`);
    else if (element.type === "static_select") select(element, `${at}/elements/${n}`);
    else fail(`${at}/elements/${n}/type`, "unknown");
  });
}

function richElement(value: unknown, at: string): void {
  const element = data(value, at);
  if (element.style !== undefined)
    only(data(element.style, `${at}/style`), `${at}/style`, "bold", "italic", "code", "strike");
  if (element.type === "text") {
    only(element, at, "type", "text", "style");
    text(element.text, `${at}/text`, mostCharacters);
  } else if (element.type === "link") {
    only(element, at, "type", "url", "text", "style");
    address(element.url, `${at}/url`);
    if (element.text !== undefined) text(element.text, `${at}/text`, mostCharacters);
  } else if (element.type === "date") {
    only(element, at, "type", "timestamp", "format", "fallback", "style");
    if (!Number.isInteger(element.timestamp)) fail(`${at}/timestamp`, "must provide an integer");
    const format = text(element.format, `${at}/format`, 500);
    if (!/\{(date|time|ago|day_divider)\w*\}/.test(format)) fail(`${at}/format`, "has no token");
    text(element.fallback, `${at}/fallback`, 500);
  } else if (!["user", "channel", "broadcast", "usergroup", "emoji"].includes(String(element.type)))
    fail(`${at}/type`, "unknown");
}

function richText(block: Data, at: string): void {
  const pieces = list(block.elements, `${at}/elements`);
  if (pieces.length < 1) fail(`${at}/elements`, "must have 1 item");
  pieces.forEach((one, n) => {
    const piece = data(one, `${at}/elements/${n}`);
    const elements = list(piece.elements, `${at}/elements/${n}/elements`);
    if (elements.length < 1) fail(`${at}/elements/${n}/elements`, "must have 1 item");
    if (piece.type === "rich_text_list") {
      if (!["bullet", "ordered"].includes(String(piece.style))) fail(`${at}/elements/${n}/style`, "unknown");
      richText({ elements }, `${at}/elements/${n}`);
    } else if (["rich_text_section", "rich_text_quote", "rich_text_preformatted"].includes(String(piece.type)))
      for (const [m, element] of elements.entries()) richElement(element, `${at}/elements/${n}/elements/${m}`);
    else fail(`${at}/elements/${n}/type`, "unknown");
  });
}

function section(block: Data, at: string): void {
  if (block.text !== undefined) textObject(block.text, `${at}/text`, most.section);
  else if (block.fields === undefined) fail(at, "needs text or fields");
  for (const [n, field] of list(block.fields ?? [], `${at}/fields`).entries())
    textObject(field, `${at}/fields/${n}`, most.field);
}

function context(block: Data, at: string): void {
  const elements = list(block.elements, `${at}/elements`);
  if (elements.length < 1 || elements.length > most.context) fail(`${at}/elements`, "must have 1 to 10 items");
  for (const [n, element] of elements.entries()) textObject(element, `${at}/elements/${n}`, most.section);
}

function inputBlock(block: Data, at: string): void {
  plain(block.label, `${at}/label`, most.inputLabel);
  text(block.block_id, `${at}/block_id`, most.id);
  const element = data(block.element, `${at}/element`);
  text(element.action_id, `${at}/element/action_id`, most.id);
  input(element, `${at}/element`);
}

const checks: Readonly<Record<string, (block: Data, at: string) => void>> = {
  actions,
  context,
  section,
  rich_text: richText,
  input: inputBlock,
  header: (block, at) => plain(block.text, `${at}/text`, most.header),
  divider: () => {},
};

/** @throws Refusal invalid_blocks, or msg_blocks_too_long. */
export function checkedBlocks(value: unknown, surface: keyof typeof mostBlocks): readonly Block[] {
  const blocks = list(value, "/blocks") as readonly Block[];
  if (blocks.length > mostBlocks[surface]) fail("/blocks", `no more than ${mostBlocks[surface]} items allowed`);
  const ids = new Set<unknown>();
  blocks.forEach((one, n) => {
    const block = data(one, `/blocks/${n}`);
    const check = checks[String(block.type)] ?? fail(`/blocks/${n}/type`, "unsupported type");
    if (block.type === "input" && surface === "message") fail(`/blocks/${n}`, "input is for modals");
    if (block.block_id !== undefined && ids.has(block.block_id)) fail(`/blocks/${n}/block_id`, "is there twice");
    ids.add(block.block_id);
    check(block, `/blocks/${n}`);
  });
  if (surface === "message" && charactersIn(blocks) > mostCharacters) refuse("msg_blocks_too_long");
  return blocks;
}

/** All that is written out, and a little for each thing that holds it; in rich_text and plain_text nothing is escaped. */
export function charactersIn(value: unknown, key = ""): number {
  if (typeof value === "string") return ["text", "url", "fallback", "format"].includes(key) ? value.length : 0;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + charactersIn(one, key), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce((sum, [name, one]) => sum + charactersIn(one, name), 4);
}
