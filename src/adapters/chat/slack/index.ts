// Slack as a platform: channels, threads, direct messages and the App Home, by Socket Mode or HTTP, in one workspace or many.
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Capabilities, Platform, Webhook } from "../../../core/ports/platform.ts";
import type { Secrets } from "../../../core/ports/secrets.ts";
import type { Store } from "../../../core/ports/store.ts";
import { noPace } from "../pace.ts";
import { pooledWire } from "../pooled-wire.ts";
import type { SharedRates } from "../shared-pace.ts";
import { withoutCalendar } from "../unsupported.ts";
import { administrators } from "./administrators.ts";
import { webApi } from "./api.ts";
import { clientOver } from "./client.ts";
import { slackNaming } from "./command-names.ts";
import { examine } from "./examine.ts";
import { installPath, installRoutes } from "./install.ts";
import { installationsIn } from "./installations.ts";
import { messagesOver } from "./messages.ts";
import { obstacles } from "./obstacle.ts";
import { onceOver } from "./once.ts";
import { peopleOver } from "./people.ts";
import { postsOver } from "./posts.ts";
import { paceOf, type Rates } from "./rate.ts";
import { type Receiver, receiver } from "./receive.ts";
import { type Socket, socketMode } from "./socket.ts";
import { tokensOf } from "./tokens.ts";
import { webhookRoute } from "./webhook.ts";

export interface SlackOptions {
  /** Slack's own when absent. */
  readonly apiUrl?: string;
  /** Of the one workspace that needs no installation. */
  readonly botToken?: string;
  /** Socket Mode; without it Slack calls us. */
  readonly appToken?: string;
  /** False where another process opens the socket, and this one serves the routes alone. */
  readonly opensSocket?: boolean;
  /** What Slack signs its calls with. */
  readonly signingSecret?: string;
  /** For installation into any workspace. */
  readonly installable?: { readonly id: string; readonly secret: string; readonly publicUrl: string };
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly store: Store;
  /** Slack's own limits when absent; "none" for measurements. */
  readonly rates?: Rates | "none";
  /** What all processes of this app share; absent where this is the only one. */
  readonly shared?: SharedRates;
}

/** Slack takes some 13 200 characters a message, counted in a way of its own (github.com/slackapi/bolt-js/issues/2867): we stay well below. */
const capabilities: Capabilities = {
  costs: { characters: {}, marks: 0, links: 0, times: 60 },
  text: 7000,
  title: 250,
  fields: 25,
  fieldValue: 1000,
  buttonLabel: 75,
  buttonsPerRow: 5,
  buttonRows: 10,
  buttonData: 150,
  selectOptions: 100,
  formFields: 10,
  ephemeral: true,
  edits: true,
  idempotentMs: Number.POSITIVE_INFINITY,
  calendar: false,
  fileBytes: 20 * 1024 * 1024,
};

const slackApi = "https://slack.com/api";

export function slack(options: SlackOptions): Platform {
  const { apiUrl: root = slackApi, botToken, appToken, signingSecret, installable, rates, ...shared } = options;
  const connects = appToken !== undefined && options.opensSocket !== false;
  const { clock, log, secrets, store } = shared;
  const wire = pooledWire(clock);
  const api = webApi({
    root,
    wire,
    clock,
    log,
    pace: rates === "none" ? noPace : paceOf(clock, rates, options.shared),
  });
  const installations = installationsIn(store, secrets);
  const tokens = tokensOf({ api, clock, log, botToken, client: installable, installations });
  const client = clientOver(api, tokens);
  const once = onceOver({ client, store, secrets, clock, log });
  const messages = messagesOver(client, once);
  const people = peopleOver(client, clock, log);
  let receiving: Receiver | undefined;
  let socket: Socket | undefined;
  let stopped = false;
  const listening = () => (stopped ? undefined : receiving);

  async function welcomed(team: { id: string; title: string }, by: string): Promise<void> {
    const { account } = await people.of(team.id, by);
    const { channel } = await messages.direct(account);
    const space = { id: team.id, title: team.title };
    const id = `installed.${team.id}.${clock.now()}`;
    const place = { platform: "slack", channel, kind: "direct", space } as const;
    await listening()?.tell({ id, conversation: channel, account, place, deed: { kind: "joined" }, means: {} });
  }

  const webhooks: Webhook[] = [];
  if (signingSecret && !appToken) webhooks.push(webhookRoute(signingSecret, clock, listening));
  if (installable) {
    const { publicUrl } = installable;
    const authorizeUrl = new URL("/oauth/v2/authorize", root).href;
    const routes = { ...shared, api, installations, client: installable, publicUrl, authorizeUrl };
    webhooks.push(...installRoutes({ ...routes, installed: welcomed }));
  }

  const examined = {
    api,
    client,
    botToken,
    ...(installable && { installed: { api, tokens, installations, client: installable } }),
    ...(appToken && { socket: { appToken, connected: () => socket?.connected() } }),
  };

  return {
    name: "slack",
    capabilities,
    naming: slackNaming,
    connects,
    webhooks,
    async start(inbox, _commands, told = () => {}) {
      await tokens.home();
      const uninstalled = (team: string) => installations.forget(team);
      const installUrl = installable && installable.publicUrl + installPath;
      receiving = receiver({ api, client, messages, people, tokens, clock, log, uninstalled, installUrl }, inbox);
      if (!connects) return;
      const take = async (payload: unknown) => (await listening()?.take(payload)) ?? {};
      socket = socketMode({ api, appToken, clock, log, take, told });
      await socket.open();
    },
    send: messages.send,
    edit: messages.edit,
    remove: messages.remove,
    direct: (account) => messages.direct(account),
    administers: administrators(client, messages, clock),
    obstacle: obstacles(client),
    ...postsOver({ client, once, tokens, wire, root }),
    ...withoutCalendar,
    examine: (places) => examine(examined, places),
    openPrivately: () => undefined,
    async stop(withinMs) {
      stopped = true;
      await Promise.all([socket?.close(withinMs), receiving?.idle(withinMs)]);
      await api.close();
    },
  };
}

/** What the configuration says about Slack. */
interface Configured {
  readonly config: {
    readonly roles: ReadonlySet<string>;
    readonly publicUrl?: string;
    readonly slack?: {
      readonly apiUrl: string;
      readonly botToken?: string;
      readonly appToken?: string;
      readonly signingSecret?: string;
      readonly client?: { readonly id: string; readonly secret: string };
    };
  };
  readonly clock: Clock;
  readonly shared?: SharedRates;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly store: Store;
}

export function slackFrom({ config, clock, log, secrets, store, shared }: Configured): Platform {
  const { client, ...given } = config.slack!;
  const { publicUrl, roles } = config;
  const installable = client && publicUrl ? { ...client, publicUrl } : undefined;
  return slack({ ...given, opensSocket: roles.has("chat"), installable, clock, log, secrets, store, shared });
}
