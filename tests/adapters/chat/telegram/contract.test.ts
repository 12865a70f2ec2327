// Telegram keeps the platform contract, over the wire to a Bot API server that is as strict as Telegram.
import type { MessageRef } from "../../../../src/core/ports/platform.ts";
import {
  type Club,
  deletedTitle,
  type PlatformStand,
  platformContract,
  type Seen,
  type SeenPost,
  type Somebody,
  skipForms,
  withoutForms,
} from "../../../contracts/platform.ts";
import type { TestGroup } from "../../../support/telegram-server/index.ts";
import type { ShownMessage } from "../../../support/telegram-server/transcript.ts";
import { connect } from "./connected.ts";

const marks = new Set([
  "bold",
  "italic",
  "underline",
  "strikethrough",
  "spoiler",
  "code",
  "pre",
  "blockquote",
  "text_link",
]);
const calls = new Set(["mention", "text_mention"]);

function seenOf({ text, entities, keyboard, edits }: ShownMessage): Seen {
  const covered = (kinds: ReadonlySet<string>) =>
    entities.filter(({ type }) => kinds.has(type)).map(({ offset, length }) => text.slice(offset, offset + length));
  return {
    text,
    marked: covered(marks),
    mentions: covered(calls),
    commands: covered(new Set(["bot_command"])),
    buttons: keyboard.flat().map((button) => button.text),
    edits,
  };
}

const spotOf = ({ channel, message }: MessageRef) => ({ chat: Number(channel), id: Number(message) });

/** The line of the author, and the quote below it, are PeerSpark's own. */
function postOf(shown: ShownMessage): SeenPost {
  const { text, entities, id, replyTo, file } = shown;
  const end = text.includes("\n") ? text.indexOf("\n") : text.length;
  const quoted = entities.find(({ type, offset }) => type === "blockquote" && offset === end + 1);
  const from = quoted ? quoted.offset + quoted.length : end;
  const { marked } = seenOf({ ...shown, entities: entities.filter(({ offset }) => offset >= from) });
  return {
    message: `${id}`,
    author: text.slice(0, end),
    text: text.slice(end + 1),
    marked,
    mentions: seenOf(shown).mentions,
    ...(replyTo !== undefined && { repliesTo: `${replyTo}` }),
    files: file ? [file] : [],
  };
}

async function open(): Promise<PlatformStand> {
  const connected = await connect({ options: { rates: "none" } });
  const { server, platform } = connected;
  const groups = new Map<Club, TestGroup>();
  const users = new Map<Somebody, ReturnType<typeof server.user>>();

  function meet(name: string): Somebody {
    const user = server.user({ first: name });
    user.start();
    const somebody: Somebody = {
      ...withoutForms,
      account: { platform: "telegram", workspace: "", userId: `${user.id}`, name },
      home: { platform: "telegram", channel: `${user.id}` },
      says: async (text, where) => user.say(where ? groups.get(where)! : user, text),
      async names(whom, line, where) {
        const text = line.replaceAll("\0", whom.account.name);
        return user.say(where ? groups.get(where)! : user, text, { mentions: [users.get(whom)!] });
      },
      async presses(label, where) {
        const shown = server.messages(where ? groups.get(where)! : user);
        const message = shown.findLast(({ keyboard }) => keyboard.flat().some(({ text }) => text === label));
        return (await user.press(message!, label)).text;
      },
      async writes(club, { text, repliesTo, file }) {
        const id = user.say(groups.get(club)!, text, { replyTo: repliesTo && Number(repliesTo.message), file });
        return { ...club.address, message: `${id}` };
      },
      rewrites: async (message, text) => user.edit(spotOf(message), text),
      erases: () => Promise.reject(new Error("bots are not told")),
      reacts: async (message, emoji, on) => user.react(spotOf(message), emoji, on),
      sees: async () => server.messages(user).map(seenOf),
      blocks: async () => user.block(),
    };
    users.set(somebody, user);
    return somebody;
  }

  return {
    platform,
    async start(receive) {
      connected.handle = async (update) => {
        if (update.deed.kind !== "start") await receive(update);
      };
      await connected.start();
    },
    person: async (name) => meet(name),
    async club({ members, admin }) {
      const group = server.group({ title: "Club", botAdmin: true });
      for (const member of members) group.add(users.get(member)!);
      if (admin) group.add(users.get(admin)!, { admin: true });
      const club: Club = {
        address: { platform: "telegram", channel: `${group.id}` },
        sees: async () => server.messages(group).map(seenOf),
        posts: async () => server.messages(group).map(postOf),
        reactions: async (message) => server.reactions(spotOf(message)),
      };
      groups.set(club, group);
      return club;
    },
    close: () => connected.close(),
  };
}

platformContract("Telegram", open, {
  ...skipForms("Telegram has no forms: questions are asked one at a time"),
  [deletedTitle]: "Telegram tells bots nothing of deletions",
  "hold nothing of people's that is a command when it is pressed":
    "Telegram links every /word by itself, as it does in people's own messages, and our own hints (/help) are there to be pressed; a press only says the word as oneself",
});
