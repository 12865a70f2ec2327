// Slack keeps the platform contract, by Socket Mode and over signed HTTP, with a server that is as strict as Slack.

import type { MessageRef } from "../../../../src/core/ports/platform.ts";
import {
  type Club,
  type PlatformStand,
  platformContract,
  type Seen,
  type SeenPost,
  type Somebody,
} from "../../../contracts/platform.ts";
import { emojiOf, encoded } from "../../../support/slack-server/encoded.ts";
import type { ShownMessage, TestUser } from "../../../support/slack-server/index.ts";
import { connect } from "./connected.ts";

const seenOf = ({ text, marked, mentions, buttons, edits }: ShownMessage): Seen => ({
  text,
  marked,
  mentions,
  commands: [],
  buttons: buttons.map(({ label }) => label),
  edits,
});

/** The quote is PeerSpark's own, as are the small lines of a context: a name that leaves no room has its app there. */
const postOf = ({
  ts,
  username = "",
  context,
  said,
  marked,
  quotes,
  mentions,
  thread,
  files,
}: ShownMessage): SeenPost => ({
  message: ts,
  author: [username, ...context].join(" "),
  text: said,
  marked: marked.filter((run) => !quotes.includes(run)),
  mentions,
  ...(thread !== undefined && { repliesTo: thread }),
  files,
});

const channelIn = ({ channel }: MessageRef) => channel.split(":")[1]!;

async function open(mode: "socket" | "http"): Promise<PlatformStand> {
  const connected = await connect({ mode, options: { rates: "none" }, server: { echoes: true } });
  const { server, platform } = connected;
  const channels = new Map<Club, string>();
  const users = new Map<Somebody, TestUser>();
  const address = (channel: string) => ({ platform: "slack", channel: `${server.team.id}:${channel}` });

  function meet(name: string): Somebody {
    const user = server.user(name);
    let blocks = false;
    const shown = (where?: Club) => {
      const id = where && channels.get(where)!;
      return id ? [...server.messages(id), ...user.sees().filter(({ channel }) => channel === id)] : user.sees();
    };
    const newest = (messages: readonly ShownMessage[], has: (message: ShownMessage) => boolean) =>
      messages.toSorted((one, other) => Number(one.ts) - Number(other.ts)).findLast(has)!;
    const somebody: Somebody = {
      account: { platform: "slack", workspace: server.team.id, userId: user.id, name },
      home: address(user.direct),
      /** Who has left a channel can only be heard there by what came before: as a mention. */
      async says(text, where) {
        if (!where) return user.say(user.direct, text);
        const channel = channels.get(where)!;
        const [command = "", ...rest] = text.split(" ");
        if (!text.startsWith("/")) return user.say(channel, text);
        if (blocks) return user.say(channel, `<@${server.team.botUser}> ${text}`, { raw: true });
        return user.command(channel, command, rest.join(" "));
      },
      async names(whom, line, where) {
        const [command = "", ...rest] = line.replaceAll("\0", `<@${whom.account.userId}>`).split(" ");
        const id = where ? channels.get(where)! : user.direct;
        return user.command(id, command, rest.join(" "), { raw: true });
      },
      async presses(label, where) {
        const message = newest(shown(where), ({ buttons }) => buttons.some((button) => button.label === label));
        await user.press(message, label);
        return undefined;
      },
      async picks(label, where) {
        const message = newest(shown(where), ({ options }) => options.some((option) => option.label === label));
        await user.pick(message, label);
      },
      form: async () => user.form(),
      fills: (answers) => user.fill(answers),
      sees: async () => user.sees().map(seenOf),
      async writes(club, { text, repliesTo, file }) {
        const thread = repliesTo?.thread ?? repliesTo?.message;
        const files = file ? [server.file(file.name, file.type, file.content)] : [];
        const { ts } = await user.say(channels.get(club)!, text, { thread, files });
        return { ...club.address, message: ts };
      },
      rewrites: (message, text) => user.edit(channelIn(message), message.message, text),
      erases: (message) => user.remove(channelIn(message), message.message),
      reacts: (message, emoji, on) => user.react(channelIn(message), message.message, encoded(emoji).slice(1, -1), on),
      blocks: async () => {
        blocks = true;
        user.refuse();
      },
    };
    users.set(somebody, user);
    return somebody;
  }

  return {
    platform,
    /** A mention comes as two events with the id of one; the gate lets the first through. */
    async start(receive) {
      const seen = new Set<string>();
      connected.handle = async (update) => {
        if (seen.has(update.id)) return;
        seen.add(update.id);
        await receive(update);
      };
      await connected.start();
    },
    person: async (name) => meet(name),
    async club({ members, admin }) {
      const all = [...members, ...(admin ? [admin] : [])].map((one) => users.get(one)!);
      if (admin) server.state.users.get(users.get(admin)!.id)!.admin = true;
      const channel = server.channel("club", all);
      const club: Club = {
        address: address(channel.id),
        sees: async () => server.messages(channel.id).map(seenOf),
        posts: async () => server.messages(channel.id).map(postOf),
        reactions: async ({ message }) =>
          channel.messages
            .find(({ ts }) => ts === message)!
            .reactions.filter(({ users }) => users.has(server.team.botUser))
            .map(({ name }) => emojiOf(name)),
      };
      channels.set(club, channel.id);
      return club;
    },
    close: () => connected.close(),
  };
}

platformContract("Slack by Socket Mode", () => open("socket"));
platformContract("Slack over HTTP", () => open("http"));
