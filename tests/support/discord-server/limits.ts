// Discord's rules for what is sent to it: lengths, counts, ids, and how components may stand in each other.
import { invalid, must } from "./refusal.ts";
import { type Body, type Component, flag } from "./state.ts";

export const listOf = (value: unknown): readonly Component[] => (Array.isArray(value) ? value : []);

/** Discord takes a text of such characters alone for none. */
const isNothing = (text: string) => /^(?:\s|\u034f|\u17b4|\u17b5|[\u115f\u1160\u2800\u3164\uffa0]|\p{C})*$/u.test(text);

export function textBetween(value: unknown, least: number, most: number, at: string): string {
  if (typeof value !== "string") return invalid(at, "must be a string");
  must(value.isWellFormed() && !value.includes("\0"), at, "is not well formed");
  must(least === 0 || !isNothing(value), at, "is required");
  must(
    value.length >= least && value.length <= most,
    at,
    `must be between ${least} and ${most} in length, is ${value.length}`,
  );
  return value;
}
const maybe = (value: unknown, least: number, most: number, at: string) =>
  value === undefined || value === null ? undefined : textBetween(value, least, most, at);

interface Seen {
  components: number;
  text: number;
  readonly ids: Set<string>;
}

/** @returns its components, checked as those of a message. */
export function checkedMessage(body: Body, files: number): void {
  const v2 = (Number(body.flags ?? 0) & flag.v2) !== 0;
  maybe(body.nonce, 1, 25, "nonce");
  must(!body.enforce_nonce || body.nonce !== undefined, "nonce", "is required with enforce_nonce");
  const seen: Seen = { components: 0, text: 0, ids: new Set() };
  const components = listOf(body.components);
  if (v2) {
    must(!body.content && !body.embeds, "content", "can't be used with components v2");
    must(components.length > 0, "components", "is required");
    for (const component of components) checkTop(component, seen);
    must(seen.components <= 40, "components", `must be 40 or fewer, are ${seen.components}`);
    must(seen.text <= 4_000, "components", `texts must be 4000 or fewer, are ${seen.text}`);
    return;
  }
  const content = maybe(body.content, 0, 2_000, "content") ?? "";
  must(components.length <= 5, "components", "must be 5 or fewer");
  for (const row of components) checkRow(row, seen);
  if (isNothing(content) && components.length === 0 && files === 0) invalid("content", "an empty message");
}

function checkTop(component: Component, seen: Seen): void {
  if (component.type !== 17) return void checkInside(component, seen);
  seen.components++;
  const children = listOf(component.components);
  must(children.length > 0, "container", "is empty");
  for (const child of children) checkInside(child, seen);
}

function checkInside(component: Component, seen: Seen): void {
  if (component.type === 1) return void checkRow(component, seen);
  seen.components++;
  if (component.type === 14) return;
  must(component.type === 10, "type", `${component.type} may not stand there`);
  seen.text += textBetween(component.content, 1, 4_000, "text").length;
}

function checkRow(row: Component, seen: Seen): void {
  must(row.type === 1, "type", "must be an action row");
  seen.components++;
  const children = listOf(row.components);
  must(children.length > 0 && children.length <= 5, "row", "must hold 1 to 5");
  must(children.every(({ type }) => type === 2) || (children.length === 1 && children[0]!.type === 3), "row", "mixed");
  for (const child of children) {
    seen.components++;
    if (child.type === 2) checkButton(child, seen.ids);
    else checkSelect(child, seen.ids, 1);
  }
}

function customId(value: unknown, ids: Set<string>): void {
  const id = textBetween(value, 1, 100, "custom_id");
  must(!ids.has(id), "custom_id", "must be unique");
  ids.add(id);
}

function checkButton(button: Component, ids: Set<string>): void {
  textBetween(button.label, 1, 80, "label");
  must([1, 2, 3, 4, 5].includes(Number(button.style)), "style", "is unknown");
  if (button.style !== 5) return void customId(button.custom_id, ids);
  const url = textBetween(button.url, 1, 512, "url");
  must(URL.canParse(url) && /^(https?|discord):$/.test(new URL(url).protocol), "url", "is no address");
}

/** @param least of its values, where a message wants one. */
function checkSelect(select: Component, ids: Set<string>, least: number): void {
  customId(select.custom_id, ids);
  maybe(select.placeholder, 0, 150, "placeholder");
  const options = listOf(select.options) as readonly Body[];
  must(options.length > 0 && options.length <= 25, "options", "must be 1 to 25");
  for (const { label, value } of options) {
    textBetween(label, 1, 100, "option.label");
    textBetween(value, 1, 100, "option.value");
  }
  must(new Set(options.map(({ value }) => value)).size === options.length, "options", "values must be unique");
  must(Number(select.min_values ?? least) <= options.length, "min_values", "is too many");
}

export function checkedModal(data: Body): void {
  textBetween(data.title, 1, 45, "title");
  textBetween(data.custom_id, 1, 100, "custom_id");
  const labels = listOf(data.components);
  must(labels.length > 0 && labels.length <= 5, "components", "must be 1 to 5");
  const ids = new Set<string>();
  for (const label of labels) {
    must(label.type === 18, "type", "must be a label");
    textBetween(label.label, 1, 45, "label");
    maybe(label.description, 1, 100, "description");
    const inner = label.component as Component;
    if (inner.type === 3) checkSelect(inner, ids, 0);
    else checkInput(inner, ids);
  }
}

function checkInput(input: Component, ids: Set<string>): void {
  must(input.type === 4, "type", "must be a text input or a select");
  customId(input.custom_id, ids);
  must(input.label === undefined, "label", "belongs to the label around it");
  must(input.style === 1 || input.style === 2, "style", "is unknown");
  const most = Number(input.max_length ?? 4_000);
  must(most >= 1 && most <= 4_000, "max_length", "must be 1 to 4000");
  maybe(input.value, 0, most, "value");
  maybe(input.placeholder, 0, 100, "placeholder");
}
