// What Discord writes as tags in people's messages, written out: mentions as names, emoji as their names, times as times.
import { uncovered } from "../uncovered.ts";
import type { User } from "./incoming.ts";

const tag = /<(?:@!?(\d+)|@&(\d+)|#(\d+)|a?(:\w+:)\d+|\/([^:>]{1,100}):\d+|t:(-?\d{1,13})(?::\w)?)>/g;

/** Outside of code. */
const covered = /(```[\s\S]*?```|`[^`\n]+`)|\|\|[\s\S]+?\|\|/g;

export function withoutTags(content: string, mentioned: readonly User[]): string {
  return content
    .replaceAll(covered, (_, code?: string) => code ?? uncovered)
    .replaceAll(
      tag,
      (whole, user?: string, role?: string, channel?: string, emoji?: string, command?: string, seconds?: string) => {
        if (user) {
          const known = mentioned.find(({ id }) => id === user);
          return `@${known?.global_name?.trim() || known?.username || "?"}`;
        }
        if (role) return "@role";
        if (channel) return "#channel";
        if (emoji) return emoji;
        if (command) return `/${command}`;
        return seconds ? instant(Number(seconds), whole) : whole;
      },
    );
}

function instant(seconds: number, otherwise: string): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? otherwise : `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
