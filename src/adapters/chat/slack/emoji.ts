// Slack's names of emoji, as iamcal/emoji-data has them; the table is read when the first is asked for.
import { readFileSync } from "node:fs";

interface Table {
  readonly byName: Readonly<Record<string, string>>;
  readonly byEmoji: ReadonlyMap<string, string>;
}

let table: Table | undefined;

/** Written by `npm run slack:emoji`; the first name of an emoji is the one Slack uses itself. */
function read(): Table {
  if (table) return table;
  const file = readFileSync(new URL("./emoji-names.json", import.meta.url), "utf8");
  const byName: Record<string, string> = Object.assign(Object.create(null), JSON.parse(file));
  const byEmoji = new Map<string, string>();
  for (const [name, emoji] of Object.entries(byName)) if (!byEmoji.has(bare(emoji))) byEmoji.set(bare(emoji), name);
  table = { byName, byEmoji };
  return table;
}

/** Without the selector that asks for a coloured picture: some write it, some don't. */
const bare = (emoji: string) => emoji.replaceAll("\ufe0f", "");

const toned = /^(.+)::skin-tone-([2-6])$/;
const firstTone = 0x1f3fb;

/** Undefined for a custom emoji of a workspace, and for what is none. */
export function emojiNamed(name: string): string | undefined {
  const [, base, tone] = toned.exec(name) ?? [];
  if (!base) return read().byName[name];
  const [first, ...rest] = bare(read().byName[base] ?? "");
  return first && [first, String.fromCodePoint(firstTone + Number(tone) - 2), ...rest].join("");
}

/** Undefined for what Slack has no name for. */
export function nameOfEmoji(emoji: string): string | undefined {
  const tone = [...emoji].map((one) => one.codePointAt(0)! - firstTone).find((at) => at >= 0 && at < 5);
  const name = read().byEmoji.get(bare(emoji));
  if (name || tone === undefined) return name;
  const base = read().byEmoji.get(bare(emoji).replace(/[\u{1f3fb}-\u{1f3ff}]/gu, ""));
  return base && `${base}::skin-tone-${tone + 2}`;
}
