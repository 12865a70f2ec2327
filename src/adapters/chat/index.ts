// Which chat platforms there are, and which of them are configured; only those are loaded.
import type { Config } from "../../../config/env.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { Platform } from "../../core/ports/platform.ts";
import type { Secrets } from "../../core/ports/secrets.ts";
import type { Store } from "../../core/ports/store.ts";
import type { SharedRates } from "./shared-pace.ts";

export interface PlatformNeeds {
  readonly config: Config;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly store: Store;
  /** The pace of all processes together; absent where this is the only one. */
  readonly shared?: SharedRates;
}

interface Entry {
  readonly name: string;
  /** The variable that turns it on. */
  readonly variable: string;
  configured(config: Config): boolean;
  /** The line on which one process at a time receives when it is not called; absent where several may share it. */
  line?(config: Config): string;
  open(needs: PlatformNeeds): Promise<Platform>;
}

export const entries: readonly Entry[] = [
  {
    name: "telegram",
    variable: "TELEGRAM_BOT_TOKEN",
    configured: (config) => config.telegram !== undefined,
    line: () => "telegram",
    open: async (needs) => (await import("./telegram/index.ts")).telegramFrom(needs),
  },
  {
    name: "discord",
    variable: "DISCORD_TOKEN",
    configured: (config) => config.discord !== undefined,
    line: ({ discord }) => ["discord", ...(discord?.shards?.ids ?? [])].join("-").slice(0, 36),
    open: async (needs) => (await import("./discord/index.ts")).discordFrom(needs),
  },
  {
    name: "slack",
    variable: "SLACK_BOT_TOKEN",
    configured: (config) => config.slack !== undefined,
    open: async (needs) => (await import("./slack/index.ts")).slackFrom(needs),
  },
];

export const configuredPlatforms = (needs: PlatformNeeds): Promise<Platform[]> =>
  Promise.all(entries.filter((entry) => entry.configured(needs.config)).map((entry) => entry.open(needs)));
