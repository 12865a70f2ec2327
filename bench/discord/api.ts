// The other end of the wire: a gateway, and a REST API that answers at once and says which interaction was answered. Not strict; the
// tests have one that is.
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { jsonServer } from "../wire.ts";
import { bot, guildCreate, guildId } from "./guilds.ts";

export const token = `${Buffer.from(bot.id).toString("base64url")}.GbenchT.${"a".repeat(38)}`;

export interface DiscordApi {
  readonly url: string;
  /** Resolves when the bot has been told of all its guilds. */
  readonly told: Promise<void>;
  emit(t: string, d: object): void;
  /** Resolves with what is posted as the answer to an interaction. */
  answered(interaction: string): Promise<string>;
  close(): void;
}

const op = { dispatch: 0, heartbeat: 1, identify: 2, hello: 10, acknowledged: 11 } as const;
/** GATEWAY_MESSAGE_CONTENT_LIMITED */
const mayReadContent = 1 << 19;

/** For one bot, which is in so many guilds. */
export async function discordApi(guilds: number): Promise<DiscordApi> {
  const waits = new Map<string, (body: string) => void>();
  const told = Promise.withResolvers<void>();
  const gateway = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  let line: WebSocket | undefined;
  let sequence = 0;
  const emit = (t: string, d: object) =>
    new Promise<void>((sent) => line?.send(JSON.stringify({ op: op.dispatch, s: ++sequence, t, d }), () => sent()));

  async function welcome(): Promise<void> {
    const application = { id: bot.id, flags: mayReadContent };
    const there = Array.from({ length: guilds }, (_, at) => ({ id: guildId(at), unavailable: true }));
    await emit("READY", {
      v: 10,
      user: bot,
      guilds: there,
      session_id: "bench",
      resume_gateway_url: address,
      application,
    });
    for (let at = 0; at < guilds; at++) await emit("GUILD_CREATE", guildCreate(at));
    told.resolve();
  }

  gateway.on("connection", (socket) => {
    line = socket;
    socket.send(JSON.stringify({ op: op.hello, d: { heartbeat_interval: 41_250 } }));
    socket.on("message", (raw) => {
      const said: { op: number } = JSON.parse(raw.toString());
      if (said.op === op.heartbeat) socket.send(JSON.stringify({ op: op.acknowledged }));
      if (said.op === op.identify) void welcome();
    });
  });
  await new Promise((resolve) => gateway.once("listening", resolve));
  const address = `ws://127.0.0.1:${(gateway.address() as AddressInfo).port}`;

  const server = await jsonServer((path, body) => {
    const [, , , room, interaction = ""] = path.split("/");
    if (room !== "interactions") return JSON.stringify(resultOf(path, address));
    queueMicrotask(() => waits.get(interaction)?.(body));
    return path.endsWith("with_response=true") ? taken(interaction) : "";
  });
  return {
    url: `http://127.0.0.1:${server.port}/api`,
    told: told.promise,
    emit: (t, d) => void emit(t, d),
    answered: (interaction) =>
      new Promise((resolve) => {
        waits.set(interaction, (body) => {
          waits.delete(interaction);
          resolve(body);
        });
      }),
    close() {
      line?.terminate();
      gateway.close();
      server.close();
    },
  };
}

function resultOf(path: string, url: string): object {
  const session_start_limit = { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 };
  if (path.endsWith("/gateway/bot")) return { url, shards: 1, session_start_limit };
  return path.endsWith("/applications/@me") ? { id: bot.id, flags: mayReadContent, bot } : [];
}

const taken = (interaction: string) =>
  `{"interaction":{"id":"${interaction}","type":2,"response_message_id":"${interaction}1"},"resource":{"type":4,"message":{"id":"${interaction}1","flags":32832}}}`;
