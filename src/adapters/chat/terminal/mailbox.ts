// The terminal's server: messages wait in the store until the person they are for has a terminal open.
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { AppError, isConflict } from "../../../core/errors.ts";
import { insert, patch } from "../../../core/kernel/change.ts";
import { collection } from "../../../core/kernel/collection.ts";
import { pages } from "../../../core/kernel/pages.ts";
import { just, maybe } from "../../../core/plain-shapes.ts";
import type { Row, Store } from "../../../core/ports/store.ts";
import { forgetting } from "../forgetting.ts";
import { terminalTexts } from "./texts.ts";

export const terminalMessages = collection(
  "terminal_messages",
  z.object({
    /** Whose terminal. */
    channel: just.string,
    text: just.string,
    buttons: z.array(z.object({ label: just.string, data: just.string })),
    /** Not on the screen yet, as it is now. */
    waiting: just.boolean,
    edited: just.boolean.default(false),
    /** Names a message that must be shown once. */
    key: maybe.string,
    /** When it was written last. */
    at: just.int,
  }),
  {
    unique: [["key"]],
    indexes: [
      ["channel", "waiting"],
      ["waiting", "at"],
    ],
  },
);
export type TerminalMessage = Row<typeof terminalMessages>;
export type Content = Pick<TerminalMessage, "text" | "buttons">;

export interface Mailbox {
  /** Answers the message's id; a second one with the same key is not kept. What was shown long ago is forgotten. */
  put(channel: string, content: Content, options: { waiting: boolean; key?: string }): Promise<string>;
  /** @throws AppError `unavailable` with reason "gone" when the message is no more. */
  change(id: string, content: Content): Promise<void>;
  remove(id: string): Promise<void>;
  /** What waits for this terminal, oldest first; each is handed out once. */
  take(channel: string): Promise<readonly TerminalMessage[]>;
}

/** ms after which nobody changes what is on the screen, or sends it again. */
const keptFor = 90 * 24 * 3600_000;

const gone = () => new AppError("unavailable", terminalTexts.say("gone"), { detail: { reason: "gone" } });
const isMissing = (error: unknown) => error instanceof AppError && error.code === "not_found";

export function mailbox(store: Store, id: () => string, now: () => number): Mailbox {
  const sweep = forgetting(store, terminalMessages, () => ({ waiting: false, at: { lt: now() - keptFor } }));
  const claim = async (message: TerminalMessage) => {
    try {
      await store.commit([patch(terminalMessages, message, { waiting: false })]);
      return [message];
    } catch (error) {
      if (isConflict(error)) return [];
      throw error;
    }
  };
  return {
    async put(channel, content, { waiting, key }) {
      await sweep();
      const row = { id: id(), channel, ...content, waiting, key, at: now() };
      try {
        await store.commit([insert(terminalMessages, row)]);
        return row.id;
      } catch (error) {
        const known = isConflict(error) && key ? await store.getBy(terminalMessages, { key }) : undefined;
        if (!known) throw error;
        return known.id;
      }
    },
    async change(id, content) {
      const known = await store.get(terminalMessages, id);
      if (!known) throw gone();
      if (isDeepStrictEqual({ text: known.text, buttons: known.buttons }, content)) return;
      await store
        .commit([patch(terminalMessages, id, { ...content, waiting: true, edited: true, at: now() })])
        .catch((error) => Promise.reject(isMissing(error) ? gone() : error));
    },
    async remove(id) {
      await store.commit([{ kind: "remove", in: terminalMessages, id }]);
    },
    async take(channel) {
      const taken: TerminalMessage[] = [];
      for await (const rows of pages(store, terminalMessages, { where: { channel, waiting: true }, limit: 50 }))
        for (const row of rows) taken.push(...(await claim(row)));
      return taken;
    },
  };
}
