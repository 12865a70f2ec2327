// A Discord for tests, REST and gateway, as strict as the real one: the adapter and discord.js itself talk to it over the wire.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Planned } from "../planned-faults.ts";
import { answer } from "./answer.ts";
import type { Fault } from "./faults.ts";
import { type Gateway, gateway } from "./gateway.ts";
import { type GuildOptions, newGuild, type TestGuild } from "./guilds.ts";
import { newUser, type TestUser } from "./people.ts";
import { gatewayAt } from "./routes.ts";
import type { Body, Call, Channel, Message, State } from "./state.ts";

export { controlsOf, type TestUser, textOf } from "./people.ts";
export type { Body, Call, Channel, Fault, Message, TestGuild };

export interface DiscordServerOptions {
  /** Whether the bot may read what people say to each other; true when absent. */
  readonly content?: boolean;
  readonly commands?: readonly Body[];
  /** Epoch ms; the machine's clock when absent. */
  readonly now?: () => number;
}

export interface DiscordServer {
  /** What a bot takes for https://discord.com/api. */
  readonly url: string;
  readonly token: string;
  readonly bot: State["bot"];
  readonly application: State["application"];
  readonly gateway: Gateway;
  user(person?: { name?: string; locale?: string }): TestUser;
  guild(options?: GuildOptions): TestGuild;
  /** What the bot has shown in a channel: to everybody, or to this person as well. Oldest first. */
  messages(channel: Channel, to?: { readonly id: string }): readonly Message[];
  /** What this person alone is shown, in direct messages and elsewhere. */
  privately(person: TestUser): readonly Message[];
  calls(route?: string): readonly Call[];
  commands(): readonly Body[];
  /** The next `times` calls (1 when absent) of the route, or of any, meet a fault. */
  fault(fault: Fault, options?: { readonly route?: string; readonly times?: number }): void;
  /** Tells of something as it is. */
  emit(name: string, data: Body, intent?: number): void;
  /** Lets so many ms pass on the server alone. */
  pass(ms: number): void;
  close(): Promise<void>;
}

export async function discordServer(options: DiscordServerOptions = {}): Promise<DiscordServer> {
  const planned: Planned<Fault>[] = [];
  const time = { skew: 0 };
  const state = newState(options, time);
  const http = createServer((request, response) => void answer(state, planned, request, response));
  http.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const at = `127.0.0.1:${(http.address() as AddressInfo).port}`;
  gatewayAt(state, `ws://${at}`);
  const told = gateway(state, http, () => `ws://${at}`);
  state.emit = told.emit;
  state.filesAt = `http://${at}`;
  const byBot = ({ author, loading }: Message) => author.id === state.bot.id && !loading;
  return {
    url: `http://${at}/api`,
    token: state.token,
    bot: state.bot,
    application: state.application,
    gateway: told,
    user: (person = {}) => newUser(state, person),
    guild: (guild = {}) => newGuild(state, guild),
    messages: ({ messages }, to) =>
      [...messages.values()].filter((one) => byBot(one) && (one.only === undefined || one.only === to?.id)),
    privately: (person) =>
      [...new Set(state.channels.values())]
        .flatMap(({ messages, id }) =>
          [...messages.values()].filter(({ only }) => id === person.direct.id || only === person.id),
        )
        .filter((one) => byBot(one))
        .sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1)),
    calls: (route) => state.calls.filter((call) => route === undefined || `${call.method} ${call.route}` === route),
    commands: () => state.commands,
    fault: (fault, { route, times = 1 } = {}) => void planned.push({ fault, of: route, left: times }),
    emit: (name, data, intent = 0) => state.emit(name, data, { intent, private: true }),
    pass(ms) {
      time.skew += ms;
    },
    close: () =>
      new Promise((resolve) => {
        told.close();
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

const epoch = 1_420_070_400_000;

function newState(options: DiscordServerOptions, time: { skew: number }): State {
  const { content = true, commands = [] } = options;
  let count = 0n;
  const now = () => (options.now ?? Date.now)() + time.skew;
  const id = () => `${(BigInt(now() - epoch) << 22n) | (count++ & 0x3fffffn)}`;
  const bot = { id: id(), username: "PeerSpark", global_name: null, avatar: null, bot: true, locale: "en-US" };
  return {
    token: `${Buffer.from(bot.id).toString("base64url")}.GtestT.testTESTtestTESTtestTESTtestTESTtest`,
    filesAt: "",
    application: { id: bot.id, flags: content ? 1 << 19 : 0 },
    bot,
    people: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    interactions: new Map(),
    modals: new Map(),
    closedTo: new Set(),
    calls: [],
    commands,
    now,
    id,
    emit: () => {},
  };
}
