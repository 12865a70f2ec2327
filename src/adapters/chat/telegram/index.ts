// Telegram as a platform: groups, topics and direct messages, by polling or webhook.
import { AppError, reasonOf } from "../../../core/errors.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Capabilities, Platform } from "../../../core/ports/platform.ts";
import type { Secrets } from "../../../core/ports/secrets.ts";
import { askedOnce } from "../asked-once.ts";
import { noPace } from "../pace.ts";
import type { SharedRates } from "../shared-pace.ts";
import { withoutCalendar } from "../unsupported.ts";
import { within } from "../within.ts";
import { administrators } from "./administrators.ts";
import { type Api, botApi } from "./api.ts";
import type { Self } from "./decode.ts";
import { examine } from "./examine.ts";
import { allowedUpdates } from "./incoming.ts";
import { messagesOver } from "./messages.ts";
import { obstacles } from "./obstacle.ts";
import { type Polling, poll } from "./poll.ts";
import { postsOver } from "./posts.ts";
import { paceOf, type Rates } from "./rate.ts";
import { type Receiver, receiver } from "./receive.ts";
import { registerCommands, telegramNaming } from "./register-commands.ts";
import { telegramTexts } from "./texts.ts";
import { webhookPath, webhookRoute } from "./webhook.ts";
import { refusalOfAddress } from "./webhook-address.ts";
import { derivedWebhookSecret } from "./webhook-secret.ts";
import { botWire } from "./wire.ts";

export interface TelegramOptions {
  /** As @BotFather gives it. */
  readonly token: string;
  /** Telegram's own when absent. */
  readonly apiRoot?: string;
  /** Polling when absent. */
  readonly webhook?: { readonly publicUrl: string; readonly secret: string };
  readonly clock: Clock;
  readonly log: Log;
  /** Telegram's own limits when absent; "none" for measurements. */
  readonly rates?: Rates | "none";
  /** What all processes with this bot share; absent where this is the only one. */
  readonly shared?: SharedRates;
}

const ownRoot = "https://api.telegram.org";

/** Texts stay under 4096 for the blank lines, bullets and word joiners that rendering adds. */
const capabilities: Capabilities = {
  costs: { characters: {}, marks: 0, times: 0 },
  text: 3900,
  title: 250,
  fields: 25,
  fieldValue: 1000,
  buttonLabel: 40,
  buttonsPerRow: 3,
  buttonRows: 30,
  buttonData: 64,
  selectOptions: 0,
  formFields: 0,
  ephemeral: false,
  edits: true,
  idempotentMs: 0,
  calendar: false,
  fileBytes: 50 * 1024 * 1024,
};

/** @throws AppError `invalid` for a token or a secret that can't be one. */
export function telegram(options: TelegramOptions): Platform {
  const { token, apiRoot = ownRoot, webhook, clock, log, rates } = options;
  if (!/^\d+:[\w-]+$/.test(token)) throw new AppError("invalid", telegramTexts.say("malformedToken"));
  if (webhook && !/^[\w-]{1,256}$/.test(webhook.secret))
    throw new AppError("invalid", telegramTexts.say("malformedSecret"));

  const api = botApi({
    wire: botWire(apiRoot, token, clock),
    pace: rates === "none" ? noPace : paceOf(clock, rates, options.shared),
    clock,
    log,
    moved: (from, to) => void receiving?.moved(from, to),
  });
  const messages = messagesOver(api);
  const self = known(api);
  let receiving: Receiver | undefined;
  let polling: Polling | undefined;
  let registering: Promise<void> | undefined;
  let stopping = false;

  async function listen(receive: Receiver): Promise<void> {
    if (webhook) return setWebhook(api, webhook);
    await api.call("deleteWebhook", {});
    polling = poll({ api, clock, log, receive: receive.receive });
  }

  return {
    name: "telegram",
    capabilities,
    naming: telegramNaming,
    connects: !webhook,
    webhooks: webhook ? [webhookRoute(webhook.secret, clock, () => (stopping ? undefined : receiving?.receive))] : [],
    async start(inbox, commands) {
      await self.get();
      receiving = receiver({ api, messages, clock, log }, inbox, self.get);
      await listen(receiving);
      registering = registerCommands(api, commands, log).catch((error) =>
        log.warn({}, "the list of commands could not be written", error),
      );
    },
    send: (to, view) => messages.send(to, view),
    edit: messages.edit,
    remove: messages.remove,
    direct: async ({ userId }) => ({ platform: "telegram", channel: userId }),
    administers: administrators(api, clock),
    obstacle: obstacles(api, self.get),
    ...postsOver(api),
    ...withoutCalendar,
    examine: (places) =>
      examine(api, webhook && { ...(apiRoot === ownRoot && { refusal: refusalOfAddress(webhook.publicUrl) }) }, places),
    openPrivately(payload) {
      const username = self.now()?.username;
      return username && /^[\w-]{0,64}$/.test(payload) ? `https://t.me/${username}?start=${payload}` : undefined;
    },
    async stop(withinMs) {
      stopping = true;
      await within(clock, withinMs, Promise.all([polling?.stop(), receiving?.idle(withinMs), registering]));
      await api.close();
    },
  };
}

/** Who we are. `now` asks in passing where it is not known yet. */
function known(api: Api) {
  let self: Self | undefined;
  const get = askedOnce(async (): Promise<Self> => {
    const { id, username } = await api.call("getMe", {});
    self = { id, username };
    return self;
  });
  return {
    get,
    now(): Self | undefined {
      if (!self) void get().catch(() => {});
      return self;
    },
  };
}

async function setWebhook(api: Api, { publicUrl, secret }: { publicUrl: string; secret: string }): Promise<void> {
  const url = `${publicUrl.replace(/\/+$/, "")}${webhookPath(secret)}`;
  const payload = { url, secret_token: secret, allowed_updates: allowedUpdates, max_connections: 100 };
  await api.call("setWebhook", payload).catch((error: unknown) => {
    const why = reasonOf(error);
    if (!/webhook/i.test(why)) throw error;
    throw new AppError("invalid", telegramTexts.say("badWebhook", why.replaceAll(secret, "…")));
  });
}

/** What the configuration says about Telegram. */
interface Configured {
  readonly config: {
    readonly publicUrl?: string;
    readonly telegram?: { readonly token: string; readonly apiRoot: string; readonly webhookSecret?: string };
  };
  readonly clock: Clock;
  readonly shared?: SharedRates;
  readonly log: Log;
  readonly secrets: Secrets;
}

/** Webhook where there is a public address, else polling. */
export function telegramFrom({ config, clock, log, secrets, shared }: Configured): Platform {
  const { token, apiRoot, webhookSecret } = config.telegram!;
  const { publicUrl } = config;
  const secret = webhookSecret ?? derivedWebhookSecret(secrets);
  return telegram({ token, apiRoot, clock, log, shared, ...(publicUrl && { webhook: { publicUrl, secret } }) });
}
