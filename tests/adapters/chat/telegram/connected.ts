// The real adapter connected over HTTP to the strict Bot API server, with an inbox that the test writes.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import { inspect } from "node:util";
import { type TelegramOptions, telegram } from "../../../../src/adapters/chat/telegram/index.ts";
import type { Clock } from "../../../../src/core/ports/clock.ts";
import type { Log } from "../../../../src/core/ports/log.ts";
import type { CommandEntry, Fitted, FittedButton, Platform, Update } from "../../../../src/core/ports/platform.ts";
import type { Inline } from "../../../../src/core/text.ts";
import { hearing } from "../../../support/inbox.ts";
import {
  type TelegramServer,
  type TelegramServerOptions,
  telegramServer,
} from "../../../support/telegram-server/index.ts";

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
  const write = (...parts: unknown[]) => void lines.push(inspect(parts, { depth: 10 }));
  const log: Log = { debug: write, info: write, warn: write, error: write, with: () => log };
  return { log, lines };
}

/** A view of one paragraph. */
export const saying = (text: Inline, more: Partial<Fitted> = {}): Fitted => ({
  reader: { language: "en", zone: "UTC", platform: "telegram" },
  audience: "channel",
  body: [{ paragraph: [text] }],
  fields: [],
  buttons: [],
  ...more,
});

export const goButton: FittedButton = { label: "Go", data: "go", style: "plain" };

export interface Connected {
  readonly server: TelegramServer;
  readonly platform: Platform;
  readonly updates: Update[];
  readonly lines: string[];
  /** What the inbox does with an update; answers nothing until it is set. */
  handle: (update: Update) => Promise<unknown>;
  /** Another adapter with the same server. */
  another(options?: Partial<TelegramOptions>): Platform;
  post(body: string, headers?: Record<string, string>, path?: string): Promise<Response>;
  start(commands?: readonly CommandEntry[]): Promise<void>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly mode?: "polling" | "webhook";
  readonly options?: Partial<TelegramOptions>;
  readonly server?: TelegramServerOptions;
}

export const secret = "a-secret_of-32-letters-and-digits";

export async function connect({
  mode = "polling",
  options = {},
  server: given,
}: ConnectOptions = {}): Promise<Connected> {
  const server = await telegramServer(given);
  const { log, lines } = quietLog();
  const web = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const route = connected.platform.webhooks.find(({ path }) => path === request.url);
    const answer = (await route?.receive({
      headers: request.headers,
      query: new URLSearchParams(),
      body: Buffer.concat(chunks),
    })) ?? { status: 404 };
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  const publicUrl = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const another = (more: Partial<TelegramOptions> = {}) =>
    telegram({ token: server.token, apiRoot: server.url, clock: realClock, log, ...options, ...more });
  const updates: Update[] = [];
  const connected: Connected = {
    server,
    updates,
    lines,
    platform: another(mode === "webhook" ? { webhook: { publicUrl, secret } } : {}),
    handle: async () => {},
    another,
    post: (body, headers = {}, path = `/telegram/${secret}`) =>
      fetch(publicUrl + path, { method: "POST", body, headers }),
    start: (commands = []) =>
      connected.platform.start(
        hearing(async (update) => {
          updates.push(update);
          await connected.handle(update);
        }),
        commands,
      ),
    async close() {
      await connected.platform.stop(1_000);
      web.closeAllConnections();
      await new Promise((resolve) => web.close(resolve));
      await server.close();
    },
  };
  return connected;
}

/** Resolves as soon as it holds, while the network goes on. @throws Error after 5 s. */
export async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 5_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`never held: ${holds}`);
    await setImmediate();
  }
}
