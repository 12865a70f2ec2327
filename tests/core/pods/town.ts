// A made-up chat app with groups, topics, administrators, links that open it in private, and calendars where it is given them.
import { withoutCalendar, withoutPosts } from "../../../src/adapters/chat/unsupported.ts";
import { AppError } from "../../../src/core/errors.ts";
import type { Fitted, Inbox, Listing, MessageRef, Place, Platform, Reply } from "../../../src/core/ports/platform.ts";
import { plain } from "../../../src/core/text.ts";

const capabilities: Platform["capabilities"] = {
  text: 4000,
  title: 200,
  fields: 20,
  fieldValue: 500,
  buttonLabel: 60,
  buttonsPerRow: 4,
  buttonRows: 20,
  buttonData: 64,
  ephemeral: true,
  selectOptions: 0,
  formFields: 0,
  costs: { characters: {}, marks: 0, times: 0 },
  edits: true,
  idempotentMs: Number.POSITIVE_INFINITY,
  calendar: false,
  fileBytes: 0,
};

/** What stands in the spaces' own calendars. */
export interface Calendars {
  /** By the platform's id of the listing. */
  readonly listed: Map<string, Listing & { readonly space: string }>;
  /** Every call, in words: "list s1", "change 3", "unlist 3". */
  readonly calls: string[];
  /** Runs before a call takes effect, or after it; what it throws is what the app says. */
  before?: (call: string) => void | Promise<void>;
  after?: (call: string) => void | Promise<void>;
}
export const calendars = (): Calendars => ({ listed: new Map(), calls: [] });

export interface Town extends Platform {
  /** Who administers each channel. */
  readonly administrators: Map<string, Set<string>>;
  /** The channels that PeerSpark may not write in. */
  readonly shut: Set<string>;
  /** What each message shows now, by channel and number; the private ones under the reader's name. */
  readonly messages: Map<string, string>;
  /** Somebody says a line in a channel; answers what is shown there and to them. */
  says(name: string, line: string, where: { channel: string; thread?: string }): Promise<string>;
  /** Somebody presses the newest button with this label; answers what is shown for it. */
  presses(name: string, label: string, where: { channel: string }): Promise<string>;
  happens(deed: "joined" | "left" | { to: string }, channel: string, by?: string | null): Promise<void>;
}

export function town(own?: Calendars): Town {
  const administrators = new Map<string, Set<string>>();
  const shut = new Set<string>();
  const messages = new Map<string, string>();
  const buttons = new Map<string, string>();
  let inbox: Inbox;
  let count = 0;
  const placeOf = (channel: string, thread?: string): Place => ({
    platform: "town",
    channel,
    kind: "channel",
    title: `Group ${channel}`,
    space: { id: channel, title: `Group ${channel}` },
    ...(thread && { thread }),
  });
  const accountOf = (name: string) => ({ platform: "town", workspace: "", userId: name, name });
  const put = (channel: string, view: Fitted): MessageRef => {
    const message = `${++count}`;
    messages.set(`${channel}/${message}`, textOf(view));
    for (const button of view.buttons.flat()) if ("data" in button) buttons.set(button.label, button.data);
    return { platform: "town", channel, message };
  };
  const silent: Reply = { show: async () => undefined, replace: async () => undefined, notice: async () => {} };
  return {
    ...withoutPosts,
    ...withoutCalendar,
    obstacle: async ({ channel }) => (shut.has(channel) ? () => "Let me write first" : undefined),
    examine: async () => [],
    name: "town",
    capabilities: { ...capabilities, calendar: own !== undefined },
    ...(own && listingIn(own)),
    connects: false,
    webhooks: [],
    administrators,
    shut,
    messages,
    async start(into) {
      inbox = into;
    },
    async says(name, line, { channel, thread }) {
      const shown: string[] = [];
      const show = async (view: Fitted) => {
        shown.push(textOf(view));
        return put(view.audience === "channel" ? channel : name, view);
      };
      await inbox.receive({
        id: `u${++count}`,
        conversation: `${channel}/${thread ?? ""}`,
        account: accountOf(name),
        place: placeOf(channel, thread),
        deed: { kind: "text", text: line, addressed: true },
        reply: { show, replace: show, notice: async (text) => void shown.push(text) },
      });
      return shown.join("\n");
    },
    async presses(name, label, { channel }) {
      const data = buttons.get(label);
      if (!data) throw new Error(`no button “${label}”`);
      const shown: string[] = [];
      const show = async (view: Fitted) => {
        shown.push(textOf(view));
        return put(view.audience === "channel" ? channel : name, view);
      };
      await inbox.receive({
        id: `u${++count}`,
        conversation: `${channel}/`,
        account: accountOf(name),
        place: placeOf(channel),
        deed: { kind: "press", data },
        reply: { show, replace: show, notice: async (text) => void shown.push(text) },
      });
      return shown.join("\n");
    },
    happens: (deed, channel, by = "ada") =>
      inbox.receive({
        id: `u${++count}`,
        conversation: channel,
        ...(by !== null && { account: accountOf(by) }),
        place: placeOf(channel),
        deed: typeof deed !== "string" ? { kind: "moved", to: deed.to } : { kind: deed, language: "de-DE" },
        reply: silent,
      }),
    send: async (to, view) => put(to.channel, view),
    async edit({ channel, message }, view) {
      const id = `${channel}/${message}`;
      if (!messages.has(id)) throw new AppError("unavailable", "gone", { detail: { reason: "gone" } });
      messages.set(id, textOf(view));
    },
    remove: async ({ channel, message }) => void messages.delete(`${channel}/${message}`),
    direct: async ({ userId }) => ({ platform: "town", channel: userId }),
    administers: async ({ userId }, { channel }) => administrators.get(channel)?.has(userId) ?? false,
    openPrivately: (payload) => `https://town.example/peerspark?start=${payload}`,
    stop: async () => {},
  };
}

function listingIn(own: Calendars): Pick<Platform, "list" | "unlist"> {
  let count = 0;
  const call = async (words: string, act: () => void) => {
    own.calls.push(words);
    await own.before?.(words);
    act();
    await own.after?.(words);
  };
  return {
    async list(space, listing, known) {
      const stands = known !== undefined && own.listed.has(known);
      const id = stands ? known : `${++count}`;
      await call(known ? `change ${known}` : `list ${space}`, () => own.listed.set(id, { ...listing, space }));
      return id;
    },
    unlist: (_space, id) => call(`unlist ${id}`, () => own.listed.delete(id)),
  };
}

function textOf(view: Fitted): string {
  const { reader } = view;
  const body = view.body.map((block) => {
    if ("paragraph" in block) return plain(block.paragraph, reader);
    if ("quote" in block) return plain(block.quote, reader);
    if ("code" in block) return block.code;
    return block.list.map((item) => `• ${plain(item, reader)}`).join("\n");
  });
  const fields = view.fields.map(({ name, value }) => `${plain(name, reader)}: ${plain(value, reader)}`);
  return [
    ...(view.title ? [plain(view.title, reader)] : []),
    ...body,
    ...fields,
    plain(view.footer ?? "", reader),
  ].join("\n");
}
