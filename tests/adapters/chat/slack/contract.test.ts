// Slack keeps the platform contract, by Socket Mode and over signed HTTP, with a server that is as strict as Slack.
import {
  type Club,
  type PlatformStand,
  platformContract,
  type Seen,
  type Somebody,
  skipPosts,
  withoutClubPosts,
  withoutTalk,
} from "../../../contracts/platform.ts";
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

async function open(mode: "socket" | "http"): Promise<PlatformStand> {
  const connected = await connect({ mode, options: { rates: "none" } });
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
      ...withoutTalk,
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
        ...withoutClubPosts,
        address: address(channel.id),
        sees: async () => server.messages(channel.id).map(seenOf),
      };
      channels.set(club, channel.id);
      return club;
    },
    close: () => connected.close(),
  };
}

platformContract("Slack by Socket Mode", () => open("socket"), skipPosts("its posts are tested on their own"));
platformContract("Slack over HTTP", () => open("http"), skipPosts("its posts are tested on their own"));
