// An inbox that only hears updates, and commands as a platform is told of them, for tests of platforms.
import type { CommandEntry, Inbox, Update } from "../../src/core/ports/platform.ts";
import type { Reader } from "../../src/core/text.ts";

export const hearing = (receive: (update: Update) => Promise<unknown> = async () => undefined): Inbox => ({
  receive: async (update) => void (await receive(update)),
  suggest: async () => [],
  bridged: async () => [],
});

export const commandEntry = (path: string, summary: (reader: Reader) => string): CommandEntry => ({
  path,
  action: path.replace(" ", "."),
  summary,
  fields: [],
});
