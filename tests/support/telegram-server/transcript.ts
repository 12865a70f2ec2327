// What the bot has shown, chat by chat, and waiting for what it shows next without sleeping.
import type { Entity } from "./entities.ts";
import type { Keyboard } from "./keyboard.ts";
import type { StoredMessage } from "./state.ts";

export interface ShownMessage {
  readonly chat: number;
  readonly id: number;
  readonly text: string;
  readonly entities: readonly Entity[];
  /** Rows of buttons; empty where there are none. */
  readonly keyboard: Keyboard;
  readonly thread?: number;
  readonly replyTo?: number;
  readonly edits: number;
  readonly file?: { readonly name: string; readonly content: Buffer };
}

export interface Shown extends ShownMessage {
  readonly kind: "sent" | "edited" | "removed";
}

export const shownMessage = ({
  chat,
  id,
  text,
  entities,
  keyboard,
  thread,
  replyTo,
  edits,
  file,
}: StoredMessage): ShownMessage => ({
  chat: chat.id,
  id,
  text,
  entities: [...entities],
  keyboard: keyboard ?? [],
  thread,
  replyTo,
  edits,
  ...(file && { file: { name: file.name, content: file.bytes } }),
});

export interface Transcript {
  note(kind: Shown["kind"], message: StoredMessage): void;
  /** The next thing shown in this chat that nobody has waited for yet. @throws Error after `withinMs`. */
  next(chat: number, withinMs: number): Promise<Shown>;
}

const mostKept = 10_000;

export function transcript(): Transcript {
  const unread = new Map<number, Shown[]>();
  const waiting = new Map<number, ((shown: Shown) => void)[]>();
  return {
    note(kind, message) {
      const shown = { kind, ...shownMessage(message) };
      const first = waiting.get(shown.chat)?.shift();
      if (first) return first(shown);
      const list = unread.get(shown.chat) ?? [];
      list.push(shown);
      if (list.length > mostKept) list.shift();
      unread.set(shown.chat, list);
    },
    next(chat, withinMs) {
      const shown = unread.get(chat)?.shift();
      if (shown) return Promise.resolve(shown);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          const list = waiting.get(chat)!;
          list.splice(list.indexOf(take), 1);
          reject(new Error(`nothing was shown in chat ${chat} within ${withinMs} ms`));
        }, withinMs);
        const take = (found: Shown) => {
          clearTimeout(timer);
          resolve(found);
        };
        waiting.set(chat, [...(waiting.get(chat) ?? []), take]);
      });
    },
  };
}
