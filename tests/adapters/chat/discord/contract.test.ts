// Discord keeps the platform contract, over the wire to a server that is as strict as Discord.
import type { MessageRef } from "../../../../src/core/ports/platform.ts";
import { formatTime, type TimeStyle } from "../../../../src/core/text.ts";
import {
  type Club,
  type PlatformStand,
  platformContract,
  type Seen,
  type SeenPost,
  type Somebody,
} from "../../../contracts/platform.ts";
import {
  type Body,
  controlsOf,
  type Message,
  type TestGuild,
  type TestUser,
  textOf,
} from "../../../support/discord-server/index.ts";
import { type Run, shownAs } from "../../../support/discord-server/markdown.ts";
import { connect } from "./connected.ts";

const marks: ReadonlySet<Run["kind"]> = new Set([
  "bold",
  "italic",
  "underline",
  "strike",
  "spoiler",
  "code",
  "block",
  "quote",
  "link",
  "heading",
  "subtext",
]);
const calls: ReadonlySet<Run["kind"]> = new Set(["mention", "emoji", "time"]);
const reader = { language: "en", zone: "UTC", platform: "discord" } as const;
const styles: Readonly<Record<string, TimeStyle>> = { D: "date", t: "time", R: "relative" };

const withTimes = (text: string) =>
  text.replaceAll(/<t:(-?\d+):(\w)>/g, (_, at, style) =>
    formatTime({ time: Number(at) * 1000, style: styles[style] ?? "full" }, reader),
  );

const steering = ["\u001b", "\u009b", "\u0007", "\b", "\u202e"];
const steers = (text: string) => steering.some((one) => text.includes(one));

function screen(markup: string) {
  const { text, runs } = shownAs(markup);
  const of = (kinds: ReadonlySet<Run["kind"]>) => runs.filter(({ kind }) => kinds.has(kind)).map((run) => run.text);
  return {
    text,
    marked: of(marks),
    mentions: [...of(calls), ...(steers(text) ? [text] : [])],
    commands: of(new Set(["command"])),
  };
}

function seenOf(message: Message): Seen {
  const shown = screen(textOf(message));
  return {
    ...shown,
    text: withTimes(shown.text),
    buttons: controlsOf(message).flatMap(({ type, label }) => (type === 2 ? [String(label)] : [])),
    edits: message.edits,
  };
}

/** The line of the author, and the mark of the quote below it, are PeerSpark's own. */
function postOf(message: Message): SeenPost {
  const [byline = "", ...rest] = textOf(message).split("\n");
  const quote = rest[0]?.startsWith("> ") ? screen(rest.shift()!.slice(2)) : undefined;
  const said = screen(rest.join("\n"));
  const author = screen(byline);
  return {
    message: message.id,
    author: author.text,
    text: [...(quote ? [quote.text] : []), said.text].join("\n"),
    marked: [...author.marked.slice(1), ...(quote?.marked ?? []), ...said.marked],
    mentions: [author, ...(quote ? [quote] : []), said].flatMap(({ mentions }) => mentions),
    ...(message.reply && { repliesTo: message.reply }),
    files: message.files.map(({ name, bytes }) => ({ name, content: bytes })),
  };
}

const listOf = (value: unknown) => (value ?? []) as readonly Body[];

const formOf = ({ title, components }: Body) => ({
  title: String(title),
  fields: listOf(components).map(({ label, description, component }) => {
    const input = component as Body;
    const options = listOf(input.options);
    return {
      label: String(label),
      value: String(input.value ?? options.find((one) => one.default)?.value ?? ""),
      required: input.required !== false,
      options: options.map((one) => String(one.label)),
      ...(description !== undefined && { problem: String(description) }),
    };
  }),
});

async function open(): Promise<PlatformStand> {
  const connected = await connect();
  const { server, platform } = connected;
  const guilds = new Map<Club, TestGuild>();
  const users = new Map<Somebody, TestUser>();

  const at = ({ channel, message }: MessageRef) =>
    [...guilds.values()].find(({ general }) => general.id === channel)!.general.messages.get(message)!;

  function meet(name: string): Somebody {
    const user = server.user({ name });
    const visible = (where?: Club) =>
      where ? server.messages(guilds.get(where)!.general, user) : server.privately(user);
    const newest = (label: string, where?: Club) =>
      visible(where).findLast((message) =>
        controlsOf(message).some(
          (one) => one.label === label || listOf(one.options).some((option) => option.label === label),
        ),
      )!;
    const somebody: Somebody = {
      account: { platform: "discord", workspace: "", userId: user.id, name },
      home: { platform: "discord", channel: user.direct.id },
      /** Commands are Discord's own; written out they need a mention, so that what begins with a slash is left alone. */
      says: async (text, where) =>
        where
          ? user.say(guilds.get(where)!.general, text.startsWith("/") ? `<@${server.bot.id}> ${text}` : text)
          : user.say(user.direct, text),
      names: (whom, line, where) => somebody.says(line.replaceAll("\0", `<@${whom.account.userId}>`), where),
      async presses(label, where) {
        await user.press(newest(label, where), label);
        return undefined;
      },
      picks: async (label, where) => user.pick(newest(label, where), label),
      async form() {
        const form = user.form();
        return form && formOf(form);
      },
      fills: (answers) => user.fill(answers),
      async writes(club, { text, repliesTo, file }) {
        const files = file && [{ ...file, bytes: file.content }];
        const { id } = user.say(guilds.get(club)!.general, text, { replyTo: repliesTo?.message, files });
        return { ...club.address, message: id };
      },
      rewrites: async (message, text) => user.edit(at(message), text),
      erases: async (message) => user.erase(at(message)),
      reacts: async (message, emoji, on) => user.react(at(message), emoji, on),
      sees: async () => server.privately(user).map(seenOf),
      blocks: async () => user.close(),
    };
    users.set(somebody, user);
    return somebody;
  }

  return {
    platform,
    async start(receive) {
      connected.handle = receive;
      await connected.start();
    },
    person: async (name) => meet(name),
    async club({ members, admin }) {
      const guild = server.guild({ name: "Club" });
      for (const member of members) guild.add(users.get(member)!);
      if (admin) guild.add(users.get(admin)!, { admin: true });
      const club: Club = {
        address: { platform: "discord", channel: guild.general.id },
        sees: async () => server.messages(guild.general).map(seenOf),
        posts: async () => server.messages(guild.general).map(postOf),
        reactions: async (message) =>
          [...at(message).reactions].flatMap(([emoji, who]) => (who.has(server.bot.id) ? [emoji] : [])),
      };
      guilds.set(club, guild);
      return club;
    },
    close: () => connected.close(),
  };
}

platformContract("Discord", open);
