// What people write on Slack as plain text: mentions as names, links as their address, emoji as themselves, & < > as typed.
import { emojiNamed } from "./emoji.ts";

/** How somebody or something that is named by its id is called. */
export type Naming = (id: string) => string | undefined;

const reference = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g;

/** docs.slack.dev/messaging/formatting-message-text#retrieving-messages */
export function plainText(text: string, nameOf: Naming): string {
  const spelled = text.replace(reference, (whole, mark: string, target: string, words: string | undefined) => {
    if (mark === "@") return `@${nameOf(target) ?? words ?? target}`;
    if (mark === "#") return `#${words || nameOf(target) || target}`;
    if (mark === "!") return special(target, words);
    if (target.startsWith("mailto:") || target.startsWith("tel:"))
      return words ?? target.slice(target.indexOf(":") + 1);
    if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) return whole;
    return words && bare(words) !== bare(target) ? `${words} (${target})` : target;
  });
  return unescaped(withEmoji(spelled));
}

/** Slack makes links of addresses that are written without their beginning. */
const bare = (address: string) => address.replace(/^https?:\/\/|\/$/gi, "");

/** The ids of people that the text names. */
export const peopleNamedIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g)].map(([, id]) => id!)),
];

function special(target: string, words: string | undefined): string {
  if (target.startsWith("date^")) return words ?? "";
  if (target.startsWith("subteam^")) return words ?? "@group";
  return words?.startsWith("@") ? words : `@${target}`;
}

/** Not in code. */
const withEmoji = (text: string): string =>
  text.includes(":")
    ? text.replace(
        /```[\s\S]*?```|`[^`\n]+`|:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g,
        (whole, name?: string) => (name && emojiNamed(name)) ?? whole,
      )
    : text;

const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt);/g, (_, name: string) => (name === "amp" ? "&" : name === "lt" ? "<" : ">"));
