// Writes Slack's names of emoji for the Slack adapter, out of iamcal/emoji-data: `npm run slack:emoji`.
import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";

const Entry = z.object({ unified: z.string(), short_names: z.array(z.string()), sort_order: z.number() });

/** One a line, the name Slack itself uses before its aliases. */
export function slackEmoji(): string {
  const data = new URL("../node_modules/emoji-datasource/emoji.json", import.meta.url);
  const entries = z.array(Entry).parse(JSON.parse(readFileSync(data, "utf8")));
  const lines = entries
    .toSorted((one, other) => one.sort_order - other.sort_order)
    .flatMap(({ unified, short_names: names }) => {
      const emoji = String.fromCodePoint(...unified.split("-").map((point) => Number.parseInt(point, 16)));
      return names.map((name) => `  ${JSON.stringify(name)}: ${JSON.stringify(emoji)}`);
    });
  return `{\n${lines.join(",\n")}\n}\n`;
}

if (import.meta.main)
  writeFileSync(new URL("../src/adapters/chat/slack/emoji-names.json", import.meta.url), slackEmoji());
