// Discord as a platform: channels, threads and direct messages, by the gateway and REST, with nothing cached that could be asked for.
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Capabilities, CommandEntry, Inbox, LineState, Platform } from "../../../core/ports/platform.ts";
import { askedOnce } from "../asked-once.ts";
import type { SharedRates } from "../shared-pace.ts";
import { underWay } from "../under-way.ts";
import { within } from "../within.ts";
import { administrators } from "./administrators.ts";
import { discordApi } from "./api.ts";
import { calendar } from "./calendar.ts";
import { discordCommands } from "./command-table.ts";
import { directory } from "./directory.ts";
import { downloads } from "./download.ts";
import { escapeCosts } from "./escape.ts";
import { type Application, applicationOf, contentMissing, examine, mayReadContent, selfOf } from "./examine.ts";
import { type Gateway, gateway, type Shards } from "./gateway.ts";
import { messagesOver } from "./messages.ts";
import { discordNaming } from "./naming.ts";
import { obstacles, rightsAt } from "./obstacle.ts";
import { postsOver } from "./posts.ts";
import { type Receiver, receiver } from "./receive.ts";
import { registerCommands } from "./register-commands.ts";
import { mostLabel } from "./render.ts";
import { besidePost } from "./render-post.ts";
import { linkCost, marksCost, timeCost } from "./rich-text.ts";

export interface DiscordOptions {
  /** As the Developer Portal gives it. */
  readonly token: string;
  /** Discord's own when absent. */
  readonly apiUrl?: string;
  /** All that Discord recommends when absent. */
  readonly shards?: Shards;
  readonly clock: Clock;
  readonly log: Log;
  /** Calls a second in all; Discord's own limit when absent. */
  readonly perSecond?: number;
  /** The pace of all processes with this token; each goes by its own alone when absent. */
  readonly shared?: SharedRates;
}

/** A message of Components V2 takes 4000 characters; what stands around a person's message, or title and footer, has the rest. */
const capabilities: Capabilities = {
  costs: {
    characters: escapeCosts,
    marks: marksCost,
    links: linkCost,
    times: timeCost,
  },
  text: 4_000 - besidePost,
  title: 250,
  fields: 25,
  fieldValue: 1_000,
  buttonLabel: mostLabel,
  // Rows, their buttons, a select, the button of a form, the frame and the text: 40 components at most.
  buttonsPerRow: 3,
  buttonRows: 9,
  buttonData: 99,
  selectOptions: 25,
  formFields: 5,
  ephemeral: true,
  edits: true,
  // Discord knows a nonce again for "the past few minutes" (discord.com/developers/docs/resources/message#create-message).
  idempotentMs: 3 * 60_000,
  calendar: true,
  fileBytes: 10 * 1024 * 1024,
};

const fileHosts = ["cdn.discordapp.com", "media.discordapp.net"];
/** Discord's limit for one token, however many processes use it. */
const callsPerSecond = 50;

export function discord(options: DiscordOptions): Platform {
  const { token, apiUrl = "https://discord.com/api", shards, clock, log } = options;
  const share = shards ? shards.ids.length / shards.count : 1;
  const perSecond = options.perSecond ?? Math.max(1, Math.floor(callsPerSecond * share));
  const api = discordApi({ token, apiUrl, clock, log, perSecond, shared: options.shared });
  const messages = messagesOver(api);
  const places = directory(api, log);
  const admins = administrators(api, clock, places);
  const application = askedOnce(() => applicationOf(api));
  const rights = rightsAt(api, async () => selfOf(await application()));
  let line: Gateway | undefined;
  let receiving: Receiver | undefined;
  const working = underWay(clock);
  let stopping = false;
  /** Discord has closed the connection for what it asked to read: it is not asked for again. */
  let contentTaken = false;

  async function connect(
    found: Application,
    inbox: Inbox,
    commands: readonly CommandEntry[],
    told: (state: LineState) => void,
  ): Promise<void> {
    const table = discordCommands(commands);
    const self = selfOf(found);
    const content = !contentTaken && mayReadContent(found);
    if (!content) log.warn({}, contentMissing());
    const parts = {
      api,
      clock,
      log,
      messages,
      places,
      admins,
      inbox,
      self,
      content,
      commands: table,
      application: found.id,
      underWay: working,
    };
    receiving = receiver(parts);
    line = gateway({
      api,
      token,
      log,
      shards,
      content,
      receive: (...event) => stopping || receiving?.receive(...event),
      told(state) {
        if (stopping) return;
        if (typeof state !== "string" && state.ended.detail.reason === "badIntents") contentTaken = true;
        told(state);
      },
    });
    const registered = registerCommands(api, found.id, table).catch((error) =>
      log.warn({}, "the commands could not be registered", error),
    );
    await line.connect();
    await registered;
  }

  return {
    name: "discord",
    capabilities,
    naming: discordNaming,
    connects: true,
    webhooks: [],
    start: async (inbox, commands, told = () => {}) => connect(await application(), inbox, commands, told),
    send: (to, view, key) => messages.send(to, view, { key }),
    edit: messages.edit,
    direct: messages.direct,
    administers: admins.administers,
    remove: messages.remove,
    obstacle: obstacles(rights),
    ...postsOver(api, rights),
    ...calendar(api, clock),
    download: downloads([...fileHosts, new URL(apiUrl).host]),
    examine: (where) => examine(api, where),
    // Discord has links to people, but none that hands anything over.
    openPrivately: () => undefined,
    async stop(withinMs) {
      stopping = true;
      await within(clock, withinMs, Promise.all([line?.close(), working.idle(withinMs)]));
      await api.close();
    },
  };
}

/** What the configuration says about Discord. */
interface Configured {
  readonly config: { readonly discord?: { readonly token: string; readonly apiUrl: string; readonly shards?: Shards } };
  readonly clock: Clock;
  readonly log: Log;
  readonly shared?: SharedRates;
}

export const discordFrom = ({ config, clock, log, shared }: Configured): Platform =>
  discord({ ...config.discord!, clock, log, shared });
