// The gateway: sessions that are identified and resumed, intents that decide what they are told, events kept for those who were cut off.
import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { type Body, type Guild, intents, type State } from "./state.ts";
import { wireGuild, wirePerson } from "./wire.ts";

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
  readonly events: { readonly op: 0; readonly t: string; readonly s: number; readonly d: unknown }[];
  socket?: WebSocket;
}

export interface Gateway {
  emit: State["emit"];
  /** Cuts every connection as a network does; "told": asks to reconnect first, as Discord does before it restarts. */
  drop(how?: "cut" | "told" | number): void;
  /** What was told already is told again when a session is resumed, so many events of it. */
  repeat(events: number): void;
  /** The next resume is refused. */
  forget(): void;
  /** What was said to the gateway, newest last. */
  readonly heard: readonly { readonly op: number; readonly d: unknown }[];
  /** Sessions that are connected. */
  connected(): number;
  close(): void;
}

const op = { dispatch: 0, heartbeat: 1, identify: 2, resume: 6, reconnect: 7, invalid: 9, hello: 10, ack: 11 } as const;

export function gateway(state: State, http: Server, url: () => string): Gateway {
  const server = new WebSocketServer({ server: http });
  const sessions = new Map<string, Session>();
  const heard: { op: number; d: unknown }[] = [];
  let again = 0;

  const say = (socket: WebSocket, body: object) => socket.send(JSON.stringify(body));
  const tell = (session: Session, t: string, d: unknown) => {
    const event = { op: 0, t, s: session.events.length + 1, d } as const;
    session.events.push(event);
    if (session.socket) say(session.socket, event);
  };
  const takes = ({ shard }: Session, guild: Guild | undefined) =>
    guild ? Number((BigInt(guild.id) >> 22n) % BigInt(shard[1])) === shard[0] : shard[0] === 0;

  function identify(socket: WebSocket, d: Body): void {
    const wanted = Number(d.intents);
    if (d.token !== state.token) return void socket.close(4004, "Authentication failed.");
    if (wanted & intents.messageContent && !(state.application.flags & ((1 << 18) | (1 << 19))))
      return void socket.close(4014, "Disallowed intent(s).");
    const shard = (d.shard ?? [0, 1]) as [number, number];
    if (shard[0] >= shard[1]) return void socket.close(4010, "Invalid shard.");
    const session: Session = { id: `session${state.id()}`, intents: wanted, shard, events: [], socket };
    sessions.set(session.id, session);
    const guilds = [...state.guilds.values()].filter((guild) => guild.joined && takes(session, guild));
    tell(session, "READY", {
      v: 10,
      user: wirePerson(state.bot),
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: url(),
      application: state.application,
      shard,
    });
    if (wanted & intents.guilds) for (const guild of guilds) tell(session, "GUILD_CREATE", wireGuild(guild, state));
  }

  function resume(socket: WebSocket, d: Body): void {
    if (d.token !== state.token) return void socket.close(4004, "Authentication failed.");
    const session = sessions.get(String(d.session_id));
    if (!session) return void say(socket, { op: op.invalid, d: false });
    session.socket = socket;
    for (const event of session.events.filter(({ s }) => s > Number(d.seq) - again)) say(socket, event);
    again = 0;
    tell(session, "RESUMED", {});
  }

  server.on("connection", (socket) => {
    say(socket, { op: op.hello, d: { heartbeat_interval: 41_250 } });
    socket.on("message", (raw) => {
      const message = JSON.parse(raw.toString()) as { op: number; d: Body };
      heard.push(message);
      if (message.op === op.heartbeat) say(socket, { op: op.ack });
      else if (message.op === op.identify) identify(socket, message.d);
      else if (message.op === op.resume) resume(socket, message.d);
    });
    socket.on("close", (code) => {
      for (const session of sessions.values())
        if (session.socket === socket) {
          session.socket = undefined;
          if (code === 1000 || code === 1001) sessions.delete(session.id);
        }
    });
  });

  return {
    heard,
    emit(t, d, { guild, intent, private: isPrivate }) {
      for (const session of sessions.values())
        if (takes(session, guild) && (intent === 0 || session.intents & intent))
          tell(session, t, isPrivate || reads(state, session, d, guild) ? d : withoutContent(d));
    },
    drop(how = "cut") {
      for (const session of sessions.values()) {
        if (how === "told" && session.socket) say(session.socket, { op: op.reconnect, d: null });
        else if (typeof how === "number") session.socket?.close(how);
        else session.socket?.terminate();
      }
    },
    repeat(events) {
      again = events;
    },
    forget: () => sessions.clear(),
    connected: () => [...sessions.values()].filter(({ socket }) => socket).length,
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

/** What a message says is told with the intent, in direct messages, of the bot's own, and where it is mentioned. */
function reads(state: State, session: Session, d: Body, guild: Guild | undefined): boolean {
  if (!("content" in d) || !guild || session.intents & intents.messageContent) return true;
  const author = (d.author as { id: string } | undefined)?.id;
  const mentions = (d.mentions ?? []) as { id: string }[];
  return author === state.bot.id || mentions.some(({ id }) => id === state.bot.id);
}

const withoutContent = (d: Body): Body => ({ ...d, content: "", attachments: [], embeds: [], components: [] });
