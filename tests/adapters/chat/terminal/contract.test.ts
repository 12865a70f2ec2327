// The terminal keeps the platform contract; people sit at numbered screens over one mailbox in SQLite.
import { stripVTControlCharacters } from "node:util";
import { terminal } from "../../../../src/adapters/chat/terminal/index.ts";
import { type Content, terminalMessages } from "../../../../src/adapters/chat/terminal/mailbox.ts";
import { numbered } from "../../../../src/adapters/chat/terminal/screen.ts";
import { openSqlite } from "../../../../src/adapters/store/sqlite.ts";
import type { Inbox } from "../../../../src/core/ports/platform.ts";
import {
  type PlatformStand,
  platformContract,
  type Seen,
  type Somebody,
  skipForms,
  skipPosts,
  withoutForms,
  withoutTalk,
} from "../../../contracts/platform.ts";
import { hearing } from "../../../support/inbox.ts";
import { seededSecrets } from "../../../support/secrets.ts";
import { realClock } from "../telegram/connected.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: the styles that the renderer writes
const styled = /\u001b\[[123]m([^\u001b]*)\u001b\[2[23]m/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what would steer the screen
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

const seenOf = ({ text, buttons }: Content, edits: number): Seen => ({
  text: stripVTControlCharacters(text),
  marked: [...text.matchAll(styled)].map(([, marked]) => marked!),
  mentions: [text.replaceAll(styled, "$1"), ...buttons.map(({ label }) => label)].flatMap(
    (one) => one.match(steering) ?? [],
  ),
  commands: [],
  buttons: buttons.map(({ label }) => label),
  edits,
});

async function open(): Promise<PlatformStand> {
  const store = await openSqlite({ path: ":memory:", collections: [terminalMessages] });
  const secrets = seededSecrets(realClock);
  const platform = terminal({ store, clock: realClock, secrets });
  let inbox: Inbox = hearing();

  function sit(name: string): Somebody {
    const shown: { id?: string; content: Content; edits: number }[] = [];
    const screen = numbered(() => undefined);
    const watched: typeof screen = {
      ...screen,
      answer(content) {
        screen.answer(content);
        shown.push({ content, edits: 0 });
      },
      arrive(message) {
        screen.arrive(message);
        const known = shown.find(({ id }) => id === message.id);
        if (known) Object.assign(known, { content: message, edits: known.edits + 1 });
        else shown.push({ id: message.id, content: message, edits: 0 });
      },
    };
    const session = () => platform.attach({ name, screen: watched }, inbox);
    return {
      ...withoutForms,
      ...withoutTalk,
      account: { platform: "terminal", workspace: "", userId: name, name },
      home: { platform: "terminal", channel: name },
      says: (text) => session().hear(text),
      async presses(label) {
        await session().look();
        const numbers = shown.flatMap(({ content }) => content.buttons.map((button) => button.label));
        await session().hear(`!${numbers.lastIndexOf(label) + 1}`);
        return undefined;
      },
      names: () => Promise.reject(new Error("a terminal has no mentions")),
      async sees() {
        await session().look();
        return shown.map(({ content, edits }) => seenOf(content, edits));
      },
      blocks: () => Promise.reject(new Error("nobody can block a terminal")),
    };
  }

  return {
    platform,
    async start(receive) {
      inbox = hearing(receive);
      await platform.start(inbox, []);
    },
    person: async (name) => sit(name),
    club: () => Promise.reject(new Error("a terminal has no channels")),
    async close() {
      await platform.stop(100);
      await store.close();
    },
  };
}

const alone = "a terminal has no channels, only its own person";
platformContract("the terminal", open, {
  ...skipForms("a terminal has no forms: questions are asked one at a time"),
  ...skipPosts("a terminal has no channels, so no pod can be bound to it and nothing is carried to it"),
  "to somebody who blocks PeerSpark are refused with the reason": "nobody can block a terminal",
  "go to a channel, where everybody reads them": alone,
  "meet no obstacle where they can be written": alone,
  "is an administrator of a channel, and no other member": alone,
  "in a channel show a caller's view to the caller alone, others to everybody": alone,
  "never show a caller's view over a message that others see": alone,
  "to a caller who can't be written to in private are refused with the reason": alone,
  "name exactly whom the app's own mention names": "a terminal has no mentions",
  "in a channel tell of the channel, its space, and whether PeerSpark is meant": alone,
});
