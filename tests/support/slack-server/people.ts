// People on the server: what they say, type, press and fill in reaches the app, and what they see of it.
import type { Delivered, Delivery } from "./deliver.ts";
import { encoded } from "./encoded.ts";
import { wireMessage } from "./read.ts";
import { type ShownForm, type ShownMessage, shownForm, shownMessage } from "./shown.ts";
import { type Channel, type Message, messageIn, type State, type StoredFile, type User } from "./state.ts";
import { checkedView, opened } from "./views.ts";
import { keep } from "./write.ts";

export interface TestUser {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  /** The channel where they and the bot talk. */
  readonly direct: string;
  /** What they type is encoded as Slack does; `raw` is not. */
  say(
    channel: string,
    text: string,
    more?: { raw?: boolean; thread?: string; files?: readonly StoredFile[] },
  ): Promise<Said>;
  /** What they type is encoded, as with `say`. */
  command(channel: string, command: string, text?: string, more?: { raw?: boolean }): Promise<Delivered>;
  /** @throws Error when there is no such button. */
  press(message: ShownMessage, label: string): Promise<Delivered>;
  pick(message: ShownMessage, label: string): Promise<Delivered>;
  pressHome(label: string): Promise<Delivered>;
  shortcut(channel: string, ts: string, callback: string): Promise<Delivered>;
  edit(channel: string, ts: string, text: string): Promise<Delivered>;
  remove(channel: string, ts: string): Promise<Delivered>;
  react(channel: string, ts: string, name: string, on?: boolean): Promise<Delivered>;
  openHome(): Promise<Delivered>;
  home(): ShownMessage | undefined;
  form(): ShownForm | undefined;
  /** Sends off the open form; by the fields' names. */
  fill(answers: Readonly<Record<string, string>>): Promise<Delivered>;
  /** All that the bot shows them alone, wherever, and in private; oldest first. */
  sees(): readonly ShownMessage[];
  /** Takes no direct messages of apps, and leaves all channels. */
  refuse(): void;
}

export interface Said extends Delivered {
  readonly ts: string;
}

export interface PeopleParts {
  readonly state: State;
  readonly deliver: Delivery;
  /** The envelope of an event. */
  eventBody(team: string, event: object): object;
}

interface Option {
  readonly text: { readonly text: string };
  readonly value: string;
}

export function testUser(parts: PeopleParts, user: User): TestUser {
  const { state, deliver } = parts;
  const tell = (event: object): Promise<Delivered> => {
    const body = parts.eventBody(user.team, event);
    return deliver.event(body);
  };
  const trigger = () => {
    const id = `${state.nextId("")}.${user.team}.trigger`;
    state.triggers.set(id, { user: user.id, until: state.now() + 3_000, used: false });
    return id;
  };
  const respondAt = (channel: string, source?: Message) => {
    const id = state.nextId("R");
    state.responses.set(id, { channel, user: user.id, source, left: 5, until: state.now() + 30 * 60_000 });
    return `${state.url}/response/${id}`;
  };
  const channelAt = (id: string): Channel => state.channels.get(id)!;
  const nameOf = ({ kind, name }: Channel) =>
    kind === "im" ? "directmessage" : kind === "group" ? "privategroup" : name;
  const who = () => ({
    team: { id: user.team, domain: "peers" },
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team },
  });
  const botUser = () => state.teams.get(user.team)!.botUser;

  async function say(id: string, text: string, more: Parameters<TestUser["say"]>[2] = {}): Promise<Said> {
    const channel = channelAt(id);
    const said = more.raw ? text : encoded(text);
    const { thread, files = [] } = more;
    const message = keep(state, channel, { user: user.id, text: said, blocks: [], thread, files });
    const shared = files.map((file) => ({
      id: file.id,
      name: file.name,
      mimetype: file.type,
      size: file.content.length,
      url_private_download: `${state.url}/files/${file.id}`,
    }));
    const base = {
      ...wireMessage(message, false),
      client_msg_id: `client-${message.ts}`,
      team: user.team,
      channel: id,
      event_ts: message.ts,
      ...(files.length && { files: shared, subtype: "file_share" }),
    };
    const type = channel.kind;
    const told = channel.members.has(botUser())
      ? await tell({ ...base, type: "message", channel_type: type })
      : undefined;
    const mentioned = type !== "im" && said.includes(`<@${botUser()}`);
    const called = mentioned ? await tell({ ...base, type: "app_mention" }) : undefined;
    return { ...(told ?? called ?? { status: 200, ms: 0 }), ts: message.ts };
  }

  function act(message: Message | undefined, action: object, view?: string): Promise<Delivered> {
    const { channel, ts, thread, only } = message ?? {};
    const at = channel === undefined ? undefined : channelAt(channel);
    return deliver.interaction({
      type: "block_actions",
      ...who(),
      api_app_id: "A0PEERSPARK",
      token: "legacy",
      trigger_id: trigger(),
      ...(at && {
        channel: { id: at.id, name: nameOf(at) },
        ...(only === undefined && { message: wireMessage(message!, false) }),
        container: {
          type: "message",
          message_ts: ts,
          channel_id: channel,
          is_ephemeral: only !== undefined,
          ...(thread && { thread_ts: thread }),
        },
        response_url: respondAt(at.id, message),
      }),
      ...(view && { container: { type: "view", view_id: view }, view: { id: view, type: "home" } }),
      actions: [{ ...action, block_id: "b1", action_ts: state.ts() }],
    });
  }

  const stored = ({ channel, ts }: ShownMessage) =>
    channelAt(channel).messages.find((message) => message.ts === ts && !message.gone)!;
  const asMessage = (view: User["home"]): ShownMessage | undefined =>
    view && shownMessage({ ...nothing, blocks: view.blocks });

  return {
    id: user.id,
    team: user.team,
    name: user.name,
    direct: user.direct,
    say,
    command(id, command, text = "", { raw = false } = {}) {
      const channel = channelAt(id);
      return deliver.command({
        token: "legacy",
        command,
        text: raw ? text : encoded(text),
        team_id: user.team,
        team_domain: "peers",
        channel_id: id,
        channel_name: nameOf(channel),
        user_id: user.id,
        user_name: user.name,
        response_url: respondAt(id),
        trigger_id: trigger(),
        api_app_id: "A0PEERSPARK",
        is_enterprise_install: "false",
      });
    },
    async press(message, label) {
      const button = message.buttons.find((one) => one.label === label);
      if (!button) throw new Error(`no button “${label}”`);
      const { action_id, value } = button;
      return act(stored(message), { type: "button", action_id, value, text: { type: "plain_text", text: label } });
    },
    async pick(message, label) {
      const option = message.options.find((one) => one.label === label);
      if (!option) throw new Error(`no option “${label}”`);
      const selected_option = { text: { type: "plain_text", text: label }, value: option.value };
      return act(stored(message), { type: "static_select", action_id: option.action_id, selected_option });
    },
    async pressHome(label) {
      const button = asMessage(user.home)?.buttons.find((one) => one.label === label);
      if (!button) throw new Error(`no button “${label}” at home`);
      return act(undefined, { type: "button", action_id: button.action_id, value: button.value }, "V0HOME");
    },
    shortcut(id, ts, callback_id) {
      const message = messageIn(channelAt(id), ts)!;
      return deliver.interaction({
        type: "message_action",
        ...who(),
        callback_id,
        trigger_id: trigger(),
        message_ts: ts,
        channel: { id, name: nameOf(channelAt(id)) },
        message: wireMessage(message, false),
        response_url: respondAt(id),
      });
    },
    edit(id, ts, text) {
      const message = messageIn(channelAt(id), ts)!;
      const before = wireMessage(message, false);
      Object.assign(message, { text: encoded(text), edits: message.edits + 1 });
      const at = state.ts();
      const now = { ...wireMessage(message, false), edited: { user: user.id, ts: at } };
      const event = { type: "message", subtype: "message_changed", hidden: true, channel: id, ts: at, event_ts: at };
      return tell({ ...event, message: now, previous_message: before, channel_type: channelAt(id).kind });
    },
    remove(id, ts) {
      const message = messageIn(channelAt(id), ts)!;
      message.gone = true;
      const at = state.ts();
      const event = { type: "message", subtype: "message_deleted", hidden: true, channel: id, ts: at, event_ts: at };
      const previous_message = wireMessage(message, false);
      return tell({ ...event, deleted_ts: ts, previous_message, channel_type: channelAt(id).kind });
    },
    react(id, ts, reaction, on = true) {
      const item = { type: "message", channel: id, ts };
      const item_user = messageIn(channelAt(id), ts)?.user;
      const type = on ? "reaction_added" : "reaction_removed";
      return tell({ type, user: user.id, reaction, item, item_user, event_ts: state.ts() });
    },
    openHome: () =>
      tell({ type: "app_home_opened", user: user.id, channel: user.direct, tab: "home", event_ts: state.ts() }),
    home: () => asMessage(user.home),
    form: () => user.modal && shownForm(user.modal.view),
    fill: (answers) => submit(parts, user, who(), trigger(), answers),
    sees: () =>
      [...state.channels.values()]
        .flatMap(({ messages, id }) =>
          messages.filter((one) => one.bot && (one.only === user.id || (id === user.direct && one.only === undefined))),
        )
        .filter(({ gone }) => !gone)
        .sort((one, other) => Number(one.ts) - Number(other.ts))
        .map(shownMessage),
    refuse() {
      user.refuses = true;
      for (const channel of state.channels.values()) if (channel.kind !== "im") channel.members.delete(user.id);
    },
  };
}

const nothing: Message = {
  channel: "",
  ts: "0",
  user: "",
  bot: true,
  text: "",
  blocks: [],
  edits: 0,
  reactions: [],
  files: [],
  gone: false,
};

/** The form goes once it is answered: closed, or another in its place; it stays open when the app doesn't answer. */
async function submit(
  { state, deliver }: PeopleParts,
  user: User,
  who: object,
  trigger_id: string,
  answers: Readonly<Record<string, string>>,
): Promise<Delivered> {
  const open = user.modal;
  if (!open) throw new Error("no form is open");
  const values = Object.fromEntries(
    open.view.blocks.flatMap((block) => {
      if (block.type !== "input") return [];
      const element = block.element as {
        type: string;
        action_id: string;
        options?: Option[];
        initial_option?: Option;
        initial_value?: string;
      };
      const given = answers[String(block.block_id)];
      const value = given ?? element.initial_value ?? null;
      const selected = element.options?.find((one) => one.value === given) ?? element.initial_option ?? null;
      const said =
        element.type === "static_select"
          ? { type: element.type, selected_option: selected }
          : { type: element.type, value: value === "" ? null : value };
      return [[String(block.block_id), { [element.action_id]: said }]];
    }),
  );
  const { callback_id, private_metadata, title } = open.view;
  const view = {
    id: open.id,
    hash: open.hash,
    type: "modal",
    team_id: open.team,
    app_installed_team_id: open.team,
    callback_id,
    private_metadata,
    title,
    state: { values },
  };
  const delivered = await deliver.interaction({ type: "view_submission", ...who, trigger_id, view, response_urls: [] });
  if (delivered.status !== 200) return delivered;
  user.modal = undefined;
  if (delivered.answer?.response_action === "update") opened(state, user, checkedView(delivered.answer.view));
  return delivered;
}
