// The Discord of a city: the real adapter against the strict server, and people with slash commands, modals and buttons.

import type { Shards } from "../../../src/adapters/chat/discord/gateway.ts";
import { discord } from "../../../src/adapters/chat/discord/index.ts";
import {
  type Body,
  type Channel,
  controlsOf,
  type DiscordServer,
  discordServer,
  type Message,
  type TestGuild,
  type TestUser,
  textOf,
} from "../discord-server/index.ts";
import { eventually } from "../eventually.ts";
import type { LeapingClock } from "../leaping-clock.ts";
import type { HouseParts } from "../running-house.ts";
import {
  type District,
  type Fields,
  type Hand,
  newestWith,
  type OpenForm,
  type Seen,
  type Square,
} from "./district.ts";

export interface DiscordDistrict extends District {
  readonly server: DiscordServer;
  /** The adapter for one of several processes. */
  platform(parts: HouseParts, shards?: Shards): ReturnType<District["platform"]>;
  guildOf(square: Square): TestGuild;
  userOf(hand: Hand): TestUser;
}

/** Events that are told again when a session is resumed. */
const repeated = 12;
const locales = { en: "en-US", de: "de" } as const;

export async function discordDistrict(clock: LeapingClock, connections = 1): Promise<DiscordDistrict> {
  const server = await discordServer({ now: clock.now });
  const guilds = new Map<string, TestGuild>();
  const users = new Map<Hand, TestUser>();
  const channelOf = (where: Square): Channel => guilds.get(where.id)!.general;

  return {
    name: "discord",
    server,
    secrets: [server.token],
    guildOf: (square) => guilds.get(square.id)!,
    userOf: (hand) => users.get(hand)!,
    platform({ clock: houseClock, log }, shards) {
      const { token, url: apiUrl } = server;
      return discord({ token, apiUrl, clock: houseClock, log, shards, perSecond: 100_000 });
    },
    person(name, { language = "en" } = {}) {
      const user = server.user({ name, locale: locales[language] });
      const hand = handOf(server, user, channelOf);
      users.set(hand, user);
      return hand;
    },
    square({ title, people, language = "en", arrives = false }) {
      const guild = server.guild({ name: title, locale: locales[language], joined: !arrives });
      people.forEach((one, index) => {
        guild.add(users.get(one)!, { admin: index === 0 });
      });
      if (arrives) guild.join();
      guilds.set(guild.general.id, guild);
      return { platform: "discord", id: guild.general.id };
    },
    seenIn: (square) => server.messages(channelOf(square)).map(seenOf),
    dataOf: ({ wire }, label) => String(controlsOf(wire as Message).find((one) => one.label === label)!.custom_id),
    carrying: (data) => `0${data}`,
    async again() {
      server.gateway.repeat(repeated);
      server.gateway.drop("cut");
      await eventually(() => server.gateway.connected() < connections);
    },
    drained: () => eventually(() => server.gateway.connected() >= connections),
    calls: () => server.calls().length,
    everything: () => [
      ...[...guilds.values()].flatMap(({ general }) => server.messages(general).map(shownIn(`#${general.id}`))),
      ...[...users.values()].flatMap((user) => server.privately(user).map(shownIn(`to ${user.id}`))),
    ],
    close: server.close,
  };
}

const shownIn = (where: string) => (message: Message) => ({ where: `discord ${where}`, text: textOf(message) });

const seenOf = (message: Message): Seen => ({
  id: message.id,
  text: textOf(message),
  buttons: controlsOf(message).flatMap(({ type, label }) => (type === 2 ? [String(label)] : [])),
  edits: message.edits,
  wire: message,
});

function handOf(server: DiscordServer, user: TestUser, channelOf: (where: Square) => Channel): Hand {
  const visible = (where?: Square) => (where ? server.messages(channelOf(where)) : server.privately(user)).map(seenOf);
  return {
    name: user.global_name ?? user.username,
    userId: user.id,
    async asks(path, fields, where) {
      await user.command(registered(server, path, fields), fields, where && channelOf(where));
    },
    async says(text, where) {
      user.say(where ? channelOf(where) : user.direct, where ? `<@${server.bot.id}> ${text}` : text);
    },
    async presses(label, where) {
      await user.press(newestWith(label, visible(where)).wire as Message, label);
      return "";
    },
    async forges({ data }, under) {
      const message = under.wire as Message;
      const forged = { type: 2, label: "Forged", custom_id: data };
      await user.press({ ...message, components: [{ type: 1, components: [forged] }] }, "Forged");
      return "";
    },
    form() {
      const form = user.form();
      return form && openForm(form);
    },
    async fills(answers) {
      await user.fill(answers);
    },
    sees: visible,
  };
}

const listOf = (value: unknown) => (value ?? []) as readonly Body[];

const openForm = ({ title, components }: Body): OpenForm => ({
  title: String(title),
  fields: listOf(components).map(({ component }) => String((component as Body).custom_id)),
});

/** The command as it is registered, an area's bare word among its subcommands. @throws Error for options it has not. */
function registered(server: DiscordServer, path: string, fields: Fields): string {
  const [area, ...rest] = path.split(" ");
  const command = server.commands().find(({ name }) => name === area);
  const subs = listOf(command?.options).filter(({ type }) => type === 1);
  const sub = subs.find(({ name }) => name === (rest.join("-") || "show"));
  const options = listOf((sub ?? command)?.options);
  const missing = Object.keys(fields).filter((field) => !options.some(({ name }) => name === field));
  if (!command || (subs.length > 0 && !sub) || missing.length > 0) throw new Error(`no /${path} with ${missing}`);
  return sub ? `${area} ${sub.name}` : path;
}
