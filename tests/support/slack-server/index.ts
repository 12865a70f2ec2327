// A Slack server for tests, as strict as Slack: the real adapter and bare Bolt talk to it over HTTP and WebSocket.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Planned } from "../planned-faults.ts";
import { answer } from "./answer.ts";
import { type Delivered, type Delivery, delivery } from "./deliver.ts";
import type { Fault } from "./faults.ts";
import { limiter } from "./limits.ts";
import { type OAuth, oauth } from "./oauth.ts";
import { type TestUser, testUser } from "./people.ts";
import { type ShownMessage, shownMessage } from "./shown.ts";
import { type Socket, socketOn } from "./socket.ts";
import type { Call, Channel, State, StoredFile, Team, Token } from "./state.ts";

export type { Delivered, Fault, ShownMessage, TestUser };

export interface SlackServerOptions {
  readonly scopes?: readonly string[];
  /** 429 beyond a message a second in a channel, after four at once. */
  readonly limits?: boolean;
  readonly now?: () => number;
  /** The app's own messages and reactions come to it as events, as Slack does it; they would be between the events of tests. */
  readonly echoes?: boolean;
  /** ms between redeliveries. */
  readonly retries?: readonly number[];
  /** Seconds that installed tokens are good for. */
  readonly rotation?: number;
}

export interface SlackServer {
  /** What an app takes for https://slack.com/api. */
  readonly apiUrl: string;
  readonly token: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly client: { readonly id: string; readonly secret: string };
  readonly team: Team;
  readonly calls: readonly Call[];
  readonly state: State;
  readonly socket: Socket;
  readonly auth: OAuth;
  readonly deliver: Delivery;
  /** Slack calls the app there from now on; by Socket Mode when undefined. */
  requestUrl: string | undefined;
  addTeam(name: string): Team;
  user(
    name: string,
    more?: { team?: Team; from?: string; admin?: boolean; tz?: string; locale?: string; bot?: boolean },
  ): TestUser;
  channel(
    name: string,
    members: readonly TestUser[],
    more?: { bot?: boolean; creator?: string; kind?: "channel" | "group"; team?: Team },
  ): Channel;
  file(name: string, type: string, content: Buffer): StoredFile;
  /** What the bot has in a channel now for everybody, oldest first. */
  messages(channel: string): readonly ShownMessage[];
  tell(event: object, team?: Team): Promise<Delivered>;
  /** What was delivered last: as a redelivery, or under a new id. */
  again(how: "same" | "new id"): Promise<Delivered>;
  plan(fault: Fault, options?: { method?: string; times?: number }): void;
  tokenOf(token: string): Token | undefined;
  /** The workspace throws the app out: its tokens are good for nothing any more. */
  revoke(team: Team): void;
  close(): Promise<void>;
}

const allScopes =
  "app_mentions:read channels:history groups:history im:history channels:read groups:read im:read im:write chat:write chat:write.customize commands files:read files:write reactions:read reactions:write users:read".split(
    " ",
  );

export async function slackServer(options: SlackServerOptions = {}): Promise<SlackServer> {
  const { scopes = allScopes, now = Date.now, retries = [0, 50, 100] } = options;
  const client = { id: "111.222", secret: "0123456789abcdef0123456789abcdef" };
  const signingSecret = "8f742231b10e8888abcd99baddad85a5";
  const token = "xoxb-1-the-configured-token";
  const appToken = "xapp-1-A1-1-abcdefabcdef";
  const planned: Planned<Fault>[] = [];
  const http = createServer((request, response) => {
    void answer({ state, auth, planned, appToken, socketUrl: () => socket.url(state.url) }, request, response);
  });
  const socket = socketOn(http);
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const state = emptyState(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, now, options.limits ?? false);
  const auth = oauth(state, { client, scopes, rotation: options.rotation });
  const team = addTeam(state, "Peers");
  team.installed = true;
  state.tokens.set(token, { team: team.id, scopes });
  const deliver = delivery({ secret: signingSecret, requestUrl: () => server.requestUrl, socket, retries, now });
  if (options.echoes)
    state.echo = (channel, event) => {
      const told = { channel: channel.id, channel_type: channel.kind, event_ts: state.ts(), ...event };
      void deliver.echo(eventBody(channel.team, told));
    };
  const eventBody = (teamId: string, event: object) => ({
    token: "legacy",
    team_id: teamId,
    api_app_id: "A0PEERSPARK",
    event,
    type: "event_callback",
    event_id: state.nextId("Ev"),
    event_time: Math.floor(now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: teamId,
        user_id: state.teams.get(teamId)!.botUser,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
  });

  const server: SlackServer = {
    apiUrl: `${state.url}/api`,
    token,
    appToken,
    signingSecret,
    client,
    team,
    calls: state.calls,
    state,
    socket,
    auth,
    deliver,
    requestUrl: undefined,
    addTeam: (name) => addTeam(state, name),
    user(name, more = {}) {
      const id = state.nextId("U");
      const at = more.team ?? team;
      const direct = addChannel(state, at, { name: id, kind: "im", members: [id, at.botUser], creator: id });
      const { admin = false, tz = "Europe/Berlin", locale = "en-US", bot = false, from } = more;
      const user = { id, team: at.id, name, bot, admin, tz, locale, refuses: false, direct: direct.id, from };
      state.users.set(id, user);
      return testUser({ state, deliver, eventBody }, user);
    },
    channel(name, members, more = {}) {
      const at = more.team ?? team;
      const ids = [...members.map(({ id }) => id), ...(more.bot === false ? [] : [at.botUser])];
      const { creator = "U0NOBODY", kind = "channel" } = more;
      return addChannel(state, at, { name, kind, members: ids, creator });
    },
    file(name, type, content) {
      const file = { id: state.nextId("F"), name, type, content };
      state.files.set(file.id, file);
      return file;
    },
    messages: (id) =>
      state.channels
        .get(id)!
        .messages.filter(({ bot, gone, only }) => bot && !gone && only === undefined)
        .map(shownMessage),
    tell(event, at = team) {
      const body = eventBody(at.id, event);
      return deliver.event(body);
    },
    again: (how) => (how === "same" ? deliver.again(1) : deliver.again(0, { event_id: state.nextId("Ev") })),
    plan: (fault, { method, times = 1 } = {}) => void planned.push({ fault, of: method, left: times }),
    tokenOf: (text) => state.tokens.get(text),
    revoke(at) {
      for (const token of state.tokens.values()) if (token.team === at.id) token.revoked = "token_revoked";
    },
    async close() {
      socket.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}

function emptyState(url: string, now: () => number, limits: boolean): State {
  let ids = 0;
  let newest = 0;
  return {
    url,
    teams: new Map(),
    users: new Map(),
    channels: new Map(),
    tokens: new Map(),
    triggers: new Map(),
    responses: new Map(),
    files: new Map(),
    uploads: new Map(),
    calls: [],
    now,
    ts() {
      newest = Math.max(newest + 1, Math.floor(now() * 1000));
      return `${Math.floor(newest / 1e6)}.${`${newest % 1e6}`.padStart(6, "0")}`;
    },
    nextId: (prefix) => `${prefix}${(++ids).toString(36).toUpperCase().padStart(8, "0")}`,
    limit: limits ? limiter(now) : () => {},
    echo: () => {},
  };
}

function addTeam(state: State, name: string): Team {
  const team: Team = { id: state.nextId("T"), name, botUser: state.nextId("U"), installed: false };
  state.teams.set(team.id, team);
  const id = team.botUser;
  const bot = { id, team: team.id, name: "peerspark", bot: true, admin: false, tz: "UTC", locale: "en-US" };
  state.users.set(id, { ...bot, refuses: false, direct: "" });
  return team;
}

interface NewChannel {
  readonly name: string;
  readonly kind: Channel["kind"];
  readonly members: readonly string[];
  readonly creator: string;
}

function addChannel(state: State, team: Team, { name, kind, members, creator }: NewChannel): Channel {
  const id = state.nextId(kind === "im" ? "D" : kind === "group" ? "G" : "C");
  const channel: Channel = {
    id,
    team: team.id,
    name,
    kind,
    creator,
    members: new Set(members),
    archived: false,
    messages: [],
  };
  state.channels.set(id, channel);
  return channel;
}
