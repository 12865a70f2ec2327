// Telegram keeps the platform contract, over the wire to a Bot API server that is as strict as Telegram.

import {
  type Club,
  type PlatformStand,
  platformContract,
  type Seen,
  type Somebody,
  skipForms,
  skipPosts,
  withoutClubPosts,
  withoutForms,
  withoutTalk,
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
      ...withoutTalk,
      account: { platform: "telegram", workspace: "", userId: `${user.id}`, name },
      home: { platform: "telegram", channel: `${user.id}` },
      says: async (text, where) => user.say(where ? groups.get(where)! : user, text),
      async presses(label, where) {
        const shown = server.messages(where ? groups.get(where)! : user);
        const message = shown.findLast(({ keyboard }) => keyboard.flat().some(({ text }) => text === label));
        return (await user.press(message!, label)).text;
      },
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
      const group = server.group({ title: "Club" });
      for (const member of members) group.add(users.get(member)!);
      if (admin) group.add(users.get(admin)!, { admin: true });
      const club: Club = {
        ...withoutClubPosts,
        address: { platform: "telegram", channel: `${group.id}` },
        sees: async () => server.messages(group).map(seenOf),
      };
      groups.set(club, group);
      return club;
    },
    close: () => connected.close(),
  };
}

platformContract("Telegram", open, {
  ...skipForms("Telegram has no forms: questions are asked one at a time"),
  ...skipPosts("the adapter does not carry people's messages yet"),
  "hold nothing of people's that is a command when it is pressed":
    "Telegram links every /word by itself, as it does in people's own messages, and our own hints (/help) are there to be pressed; a press only says the word as oneself",
});
