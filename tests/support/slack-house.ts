// The whole house on the real Slack adapter over signed HTTP, against the strict Slack server.
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { slack } from "../../src/adapters/chat/slack/index.ts";
import { withWebhooks } from "../../src/http/webhooks.ts";
import { realClock } from "../adapters/chat/telegram/connected.ts";
import { type SlackServer, slackServer, type TestUser } from "./slack-server/index.ts";
import type { Team } from "./slack-server/state.ts";
import { type World, world } from "./world.ts";

export interface SlackHouse {
  readonly server: SlackServer;
  readonly w: World;
  /** Resolves as soon as it holds, while the network and the house go on. @throws Error after 10 s. */
  until(holds: () => boolean): Promise<void>;
  /** Somebody says yes in their browser; answers the page they end on. Only where it is `installable`. */
  install(team: Team, by: TestUser): Promise<string>;
  close(): Promise<void>;
}

/** @param options.installable workspaces install it, and there is no configured token. */
export async function slackHouse({ installable = false }: { installable?: boolean } = {}): Promise<SlackHouse> {
  const server = await slackServer();
  const { apiUrl, token: botToken, signingSecret, client } = server;
  let answering: RequestListener | undefined;
  const web = createServer((request, response) => answering?.(request, response));
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  const publicUrl = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const known = installable ? { installable: { ...client, publicUrl } } : { botToken };
  const w = await world({
    platforms: ({ secrets, log, store }) => [
      slack({ apiUrl, ...known, signingSecret, secrets, log, store, clock: realClock, rates: "none" }),
    ],
  });
  const { webhooks } = w.service.platforms.get("slack")!;
  answering = withWebhooks(webhooks, (_, response) => void response.end(), w.service.context.log);
  server.requestUrl = `${publicUrl}/slack/events`;
  return {
    server,
    w,
    async until(holds) {
      for (const end = Date.now() + 10_000; !holds(); await w.settled()) {
        if (Date.now() > end) throw new Error(`never held: ${holds}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async install(team, by) {
      const away = await fetch(`${publicUrl}/slack/install`, { redirect: "manual" });
      const state = new URL(away.headers.get("location")!).searchParams.get("state")!;
      const cookie = away.headers.get("set-cookie")!.split(";")[0]!;
      const query = new URLSearchParams({ state, code: server.auth.grant(team, by.id) });
      return (await fetch(`${publicUrl}/slack/oauth_redirect?${query}`, { headers: { cookie } })).text();
    },
    async close() {
      await w.close();
      web.closeAllConnections();
      web.close();
      await server.close();
    },
  };
}
