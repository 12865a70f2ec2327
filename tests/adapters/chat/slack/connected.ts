// The real adapter connected to the strict Slack server, by Socket Mode or signed HTTP, with an inbox that the test writes.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import { type SlackOptions, slack } from "../../../../src/adapters/chat/slack/index.ts";
import { slackInstallations } from "../../../../src/adapters/chat/slack/installations.ts";
import { slackSends } from "../../../../src/adapters/chat/slack/once.ts";
import { cryptoSecrets } from "../../../../src/adapters/secrets.ts";
import { openSqlite } from "../../../../src/adapters/store/sqlite.ts";
import type { Fitted, LineState, Platform, Update } from "../../../../src/core/ports/platform.ts";
import type { Store } from "../../../../src/core/ports/store.ts";
import type { Inline } from "../../../../src/core/text.ts";
import { hearing } from "../../../support/inbox.ts";
import { type SlackServer, type SlackServerOptions, slackServer } from "../../../support/slack-server/index.ts";
import { quietLog, realClock } from "../telegram/connected.ts";

/** A view of one paragraph. */
export const saying = (text: Inline, more: Partial<Fitted> = {}): Fitted => ({
  reader: { language: "en", zone: "UTC", platform: "slack" },
  audience: "channel",
  body: [{ paragraph: [text] }],
  fields: [],
  buttons: [],
  ...more,
});

export interface Connected {
  readonly server: SlackServer;
  readonly platform: Platform;
  readonly store: Store;
  readonly updates: Update[];
  readonly lines: string[];
  /** What became of the connection. */
  readonly states: LineState[];
  /** Where the adapter's own routes are. */
  readonly publicUrl: string;
  /** What the inbox does with an update; answers nothing until it is set. */
  handle: (update: Update) => Promise<unknown>;
  /** Another adapter with the same server and store. */
  another(options?: Partial<SlackOptions>): Platform;
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly mode?: "socket" | "http";
  readonly options?: Partial<SlackOptions>;
  readonly server?: SlackServerOptions;
  /** Workspaces install it; the configured token is left out. */
  readonly installable?: boolean;
}

export async function connect(given: ConnectOptions = {}): Promise<Connected> {
  const { mode = "socket", options = {}, installable = false } = given;
  const server = await slackServer(given.server);
  const { log, lines } = quietLog();
  const store = await openSqlite({ path: ":memory:", collections: [slackInstallations, slackSends] });
  const web = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname, searchParams: query } = new URL(request.url ?? "", "http://x");
    const routes = connected.platform.webhooks;
    const route = routes.find(({ path, method = "POST" }) => path === pathname && method === request.method);
    const asked = { headers: request.headers, query, body: Buffer.concat(chunks) };
    const { status, headers, body } = (await route?.receive(asked)) ?? { status: 404 };
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  const publicUrl = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  if (mode === "http") server.requestUrl = `${publicUrl}/slack/events`;
  const another = (more: Partial<SlackOptions> = {}) =>
    slack({
      apiUrl: server.apiUrl,
      ...(installable ? { installable: { ...server.client, publicUrl } } : { botToken: server.token }),
      ...(mode === "socket" && { appToken: server.appToken }),
      signingSecret: server.signingSecret,
      clock: realClock,
      log,
      secrets: cryptoSecrets("a key for tests that is long enough", realClock),
      store,
      ...options,
      ...more,
    });
  const updates: Update[] = [];
  const states: LineState[] = [];
  const connected: Connected = {
    server,
    store,
    updates,
    lines,
    states,
    publicUrl,
    platform: another(),
    handle: async () => {},
    another,
    start: () =>
      connected.platform.start(
        hearing(async (update) => {
          updates.push(update);
          await connected.handle(update);
        }),
        [],
        (state) => states.push(state),
      ),
    async close() {
      await connected.platform.stop(1_000);
      web.closeAllConnections();
      await new Promise((resolve) => web.close(resolve));
      await server.close();
      await store.close();
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
