// What people type, as Slack hands it on: & < > escaped, emoji by their names.
import { readFileSync } from "node:fs";

let names: ReadonlyMap<string, string> | undefined;

function table(): ReadonlyMap<string, string> {
  if (names) return names;
  const file = new URL("../../../node_modules/emoji-datasource/emoji.json", import.meta.url);
  const entries = JSON.parse(readFileSync(file, "utf8")) as readonly { unified: string; short_name: string }[];
  const all = entries.map(({ unified, short_name }): [string, string] => [
    String.fromCodePoint(...unified.split("-").map((point) => Number.parseInt(point, 16))),
    short_name,
  ]);
  names = new Map(all);
  return names;
}

/** The other way round; a name that is none stays as it is. */
export const emojiOf = (name: string): string => [...table()].find(([, one]) => one === name)?.[0] ?? name;

export function encoded(text: string): string {
  const escaped = text.replace(/[&<>]/g, (mark) => (mark === "&" ? "&amp;" : mark === "<" ? "&lt;" : "&gt;"));
  return escaped.replace(/\p{Extended_Pictographic}\ufe0f?/gu, (emoji) => {
    const name = table().get(emoji);
    return name === undefined ? emoji : `:${name}:`;
  });
}
