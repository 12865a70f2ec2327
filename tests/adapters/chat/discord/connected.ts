// The real adapter connected to the strict Discord server, with an inbox that the test writes.
import { setImmediate } from "node:timers/promises";
import { inspect } from "node:util";
import { type DiscordOptions, discord } from "../../../../src/adapters/chat/discord/index.ts";
import type { Clock } from "../../../../src/core/ports/clock.ts";
import type { Log } from "../../../../src/core/ports/log.ts";
import type {
  CommandEntry,
  Fitted,
  FittedButton,
  Inbox,
  LineState,
  Platform,
  Update,
} from "../../../../src/core/ports/platform.ts";
import type { Inline } from "../../../../src/core/text.ts";
import { type DiscordServer, type DiscordServerOptions, discordServer } from "../../../support/discord-server/index.ts";
import { hearing } from "../../../support/inbox.ts";

/** Real time: for what waits on the network only. */
export const realClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

export function quietLog(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const write =
    (level: string) =>
    (...parts: unknown[]) =>
      void lines.push(`${level} ${inspect(parts, { depth: 10 })}`);
  const log: Log = {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    with: () => log,
  };
  return { log, lines };
}

/** A view of one paragraph. */
export const saying = (text: Inline, more: Partial<Fitted> = {}): Fitted => ({
  reader: { language: "en", zone: "UTC", platform: "discord" },
  audience: "channel",
  body: [{ paragraph: [text] }],
  fields: [],
  buttons: [],
  ...more,
});

export const goButton: FittedButton = { label: "Go", data: "go", style: "plain" };

export interface Connected {
  readonly server: DiscordServer;
  readonly platform: Platform;
  readonly updates: Update[];
  readonly lines: string[];
  /** What became of the connection. */
  readonly states: LineState[];
  /** What the inbox does with an update; answers nothing until it is set. */
  handle: (update: Update) => Promise<unknown>;
  suggest: Inbox["suggest"];
  /** Another adapter with the same server. */
  another(options?: Partial<DiscordOptions>): Platform;
  start(commands?: readonly CommandEntry[], platform?: Platform): Promise<void>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly options?: Partial<DiscordOptions>;
  readonly server?: DiscordServerOptions;
}

export async function connect({ options = {}, server: given }: ConnectOptions = {}): Promise<Connected> {
  const server = await discordServer(given);
  const { log, lines } = quietLog();
  const opened: Platform[] = [];
  const another = (more: Partial<DiscordOptions> = {}) => {
    const made = discord({
      token: server.token,
      apiUrl: server.url,
      clock: realClock,
      log,
      perSecond: 100_000,
      ...options,
      ...more,
    });
    opened.push(made);
    return made;
  };
  const updates: Update[] = [];
  const states: LineState[] = [];
  const connected: Connected = {
    server,
    updates,
    lines,
    states,
    platform: another(),
    handle: async () => {},
    suggest: async () => [],
    another,
    start: (commands = [], platform = connected.platform) =>
      platform.start(
        {
          ...hearing(async (update) => {
            updates.push(update);
            await connected.handle(update);
          }),
          suggest: (typing) => connected.suggest(typing),
        },
        commands,
        (state) => states.push(state),
      ),
    async close() {
      await Promise.all(opened.map((one) => one.stop(1_000)));
      await server.close();
    },
  };
  return connected;
}

/** Resolves as soon as it holds, while the network goes on. @throws Error after 5 s, or `withinMs`. */
export async function until(holds: () => boolean, withinMs = 5_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`never held: ${holds}`);
    await setImmediate();
  }
}
