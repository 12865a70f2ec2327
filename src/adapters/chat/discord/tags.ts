// What Discord writes as tags in people's messages, written out: mentions as names, emoji as their names, times as times.
import type { Named } from "../../../core/ports/platform.ts";
import { uncovered } from "../uncovered.ts";
import { accountOf } from "./decoded.ts";
import type { User } from "./incoming.ts";

const tag = /<(?:@!?(\d+)|@&(\d+)|#(\d+)|a?(:\w+:)\d+|\/([^:>]{1,100}):\d+|t:(-?\d{1,13})(?::\w)?)>/g;

/** Outside of code. */
const covered = /(```[\s\S]*?```|`[^`\n]+`)|\|\|[\s\S]+?\|\|/g;

/** Without what is covered. */
export const withoutTags = (content: string, mentioned: readonly User[]): string =>
  writtenOut(
    content.replaceAll(covered, (_, code?: string) => code ?? uncovered),
    mentioned,
  );

export const writtenOut = (words: string, mentioned: readonly User[]): string =>
  words.replaceAll(
    tag,
    (whole, user?: string, role?: string, channel?: string, emoji?: string, command?: string, seconds?: string) => {
      if (user) return nameOf(user, mentioned) ?? "@?";
      if (role) return "@role";
      if (channel) return "#channel";
      if (emoji) return emoji;
      if (command) return `/${command}`;
      return seconds ? instant(Number(seconds), whole) : whole;
    },
  );

function nameOf(id: string, mentioned: readonly User[]): string | undefined {
  const user = mentioned.find((one) => one.id === id);
  return user && `@${accountOf(user).name}`;
}

const person = /<@!?(\d+)>/g;

/** Each as they are written out. Who is replied to counts as mentioned too, without a tag. */
export function mentionsIn(words: string, mentioned: readonly User[]): readonly Named[] {
  const ids = new Set([...words.matchAll(person)].map(([, id]) => id));
  return mentioned
    .filter(({ id }) => ids.has(id))
    .map((user) => ({ as: nameOf(user.id, mentioned)!, account: accountOf(user), ...(user.bot && { bot: true }) }));
}

function instant(seconds: number, otherwise: string): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? otherwise : `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
