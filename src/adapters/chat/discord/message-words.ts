// What a message says in words: its text, what it forwards, a poll's question, the names of stickers; of PeerSpark's own, what it shows.
import type { SaidThere } from "./incoming.ts";
import { withoutTags } from "./tags.ts";

/** Words that stand for what other apps don't have; as "[spoiler]", the same in every language. */
const standIns = { forwarded: "[forwarded]", poll: "[poll]", sticker: (name: string) => `[sticker: ${name}]` } as const;

/** "" for a message of files alone. @param forwards what it brings of other messages. */
export function messageWords(message: SaidThere, forwards: readonly SaidThere[] = []): string {
  const forwarded = forwards.map((one) => `${standIns.forwarded} ${messageWords(one)}`.trim());
  const stickers = message.sticker_items.map(({ name }) => standIns.sticker(name));
  return [withoutTags(message.content, message.mentions), ...forwarded, ...pollOf(message), ...stickers]
    .filter(Boolean)
    .join("\n");
}

function pollOf({ poll }: SaidThere): readonly string[] {
  if (!poll) return [];
  const answers = poll.answers.flatMap(({ poll_media: { text } }) => text || []);
  return [`${standIns.poll} ${[poll.question.text, answers.join(" / ")].filter(Boolean).join(" ")}`];
}

/** What a message of components is about: its title where it is a card, else all of it, without PeerSpark's own markup. */
export function shownWords({ components, mentions }: SaidThere): string {
  const shown = components.flatMap(textsIn).join("\n");
  const [, title] = /^### (.+)/.exec(shown) ?? [];
  const byline = /^\*\*((?:[^*\\]|\\.)+)\*\*\n/;
  return withoutTags(title ?? shown.replace(byline, "$1: "), mentions)
    .replaceAll(/\\([^\p{L}\p{N}\s])/gu, "$1")
    .replaceAll("\u2060", "")
    .trim();
}

const textDisplay = 10;

function textsIn(component: unknown): readonly string[] {
  if (typeof component !== "object" || component === null) return [];
  const { type, content, components } = component as { type?: unknown; content?: unknown; components?: unknown };
  if (type === textDisplay && typeof content === "string") return [content];
  return Array.isArray(components) ? components.flatMap(textsIn) : [];
}
