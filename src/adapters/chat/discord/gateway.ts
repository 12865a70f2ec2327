// The connection that Discord's events come over: identified, kept alive, resumed; one or several shards of it.
import { WebSocketManager, WebSocketShardEvents } from "@discordjs/ws";
import { GatewayCloseCodes, GatewayIntentBits } from "discord-api-types/v10";
import { AppError } from "../../../core/errors.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { LineState } from "../../../core/ports/platform.ts";
import type { Api } from "./api.ts";
import { translated } from "./failure.ts";
import { discordTexts } from "./texts.ts";

export interface Shards {
  readonly ids: readonly number[];
  readonly count: number;
}
export interface GatewayOptions {
  readonly api: Api;
  readonly token: string;
  readonly log: Log;
  /** All that Discord recommends when absent. */
  readonly shards?: Shards;
  /** Whether the bot may read what people say to each other. */
  readonly content: boolean;
  receive(shard: number, event: { readonly t: string; readonly s: number; readonly d: unknown }): void;
  /** What becomes of the connection once it is made; after its end every shard is closed. */
  told?(state: LineState): void;
}
export interface Gateway {
  /** Resolves when every shard is ready. @throws AppError with a sentence that names the remedy. */
  connect(): Promise<void>;
  close(): Promise<void>;
}

/** Direct messages, mentions and what happens to servers; what people say and how they react only where it may be read. */
const intentsFor = (content: boolean): number => {
  const { Guilds, GuildMessages, DirectMessages, MessageContent, GuildMessageReactions } = GatewayIntentBits;
  return Guilds | GuildMessages | DirectMessages | (content ? MessageContent | GuildMessageReactions : 0);
};

type Final = "badToken" | "badIntents" | "badShards";
/** Discord closes with these for good: coming again would change nothing. */
const final: Readonly<Record<number, Final>> = {
  [GatewayCloseCodes.AuthenticationFailed]: "badToken",
  [GatewayCloseCodes.InvalidShard]: "badShards",
  [GatewayCloseCodes.ShardingRequired]: "badShards",
  [GatewayCloseCodes.InvalidIntents]: "badIntents",
  [GatewayCloseCodes.DisallowedIntents]: "badIntents",
};

export function gateway({ api, token, log, shards, content, receive, told }: GatewayOptions): Gateway {
  const manager = new WebSocketManager({
    token,
    rest: api.rest,
    intents: intentsFor(content),
    shardCount: shards?.count ?? null,
    shardIds: shards ? [...shards.ids] : null,
  });
  const cut = new Set<number>();
  let ended: AppError | undefined;
  let connected = false;
  const close = async () => manager.destroy({ reason: "stopping" });

  function lost(shard: number): void {
    if (!connected) return;
    if (cut.size === 0) told?.("down");
    cut.add(shard);
  }
  function back(shard: number): void {
    if (cut.delete(shard) && cut.size === 0) told?.("up");
  }
  async function end(why: Final): Promise<void> {
    const first = ended === undefined;
    ended ??= refusal(why, connected);
    if (!connected || !first) return;
    connected = false;
    await close().catch(() => undefined);
    told?.({ ended });
  }

  manager.on(WebSocketShardEvents.Ready, ({ shardId }) => back(shardId));
  manager.on(WebSocketShardEvents.Resumed, ({ shardId }) => back(shardId));
  manager.on(WebSocketShardEvents.Dispatch, ({ data, shardId }) => receive(shardId, data));
  manager.on(WebSocketShardEvents.Closed, ({ code, shardId }) => {
    log.debug({ shard: shardId, code }, "the gateway closed");
    const why = final[code];
    if (why) void end(why);
    else lost(shardId);
  });
  manager.on(WebSocketShardEvents.Error, ({ error, shardId }) => {
    if (!ended) log.warn({ shard: shardId }, "the gateway had an error", new Error(error.message));
  });

  return {
    async connect() {
      try {
        await manager.connect();
        connected = true;
      } catch (error) {
        await close().catch(() => undefined);
        throw ended ?? whyNot(error);
      }
    },
    async close() {
      connected = false;
      await close();
    },
  };
}

/** Intents that are taken back later are done without. */
const refusal = (why: Final, later: boolean) =>
  why === "badIntents" && later
    ? new AppError("unavailable", discordTexts.say("intentsGone"), { detail: { reason: why } })
    : new AppError("forbidden", discordTexts.say(why), { detail: { reason: why } });

function whyNot(error: unknown): unknown {
  if (error instanceof Error && /^Not enough sessions/.test(error.message))
    return new AppError("rate_limited", discordTexts.say("noSessions"), { detail: { retryAfter: 3_600_000 } });
  return translated(error, false);
}
