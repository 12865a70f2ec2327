// A chat app in memory that keeps the platform port strictly: people write, change, delete and react; so does PeerSpark.
import { Readable } from "node:stream";
import { withoutCalendar } from "../../src/adapters/chat/unsupported.ts";
import { AppError } from "../../src/core/errors.ts";
import type {
  Address,
  Capabilities,
  Deed,
  Fitted,
  FittedBlock,
  Inbox,
  MessageRef,
  Platform,
  Post,
  Reply,
  TalkFile,
  Update,
} from "../../src/core/ports/platform.ts";
import { plain } from "../../src/core/text.ts";

export interface AppMessage {
  readonly id: string;
  readonly channel: string;
  /** Whoever wrote it; a post's author with where it comes from. */
  readonly author: string;
  text: string;
  readonly quote?: string | undefined;
  readonly repliesTo?: string;
  /** What the app tells of the message that a person's replies to. */
  readonly told?: Pick<Written, "quote" | "repliesTo">;
  readonly files: readonly { readonly name: string; readonly content: Buffer }[];
  /** PeerSpark's. */
  readonly own: boolean;
  readonly post: boolean;
  readonly buttons: readonly { readonly label: string; readonly data: string }[];
  readonly reactions: Map<string, Set<string>>;
}

export type Operation = "send" | "post" | "repost" | "react" | "remove" | "download" | "edit";

export interface ChatApp extends Platform {
  readonly administrators: Map<string, Set<string>>;
  /** Runs before PeerSpark's doing takes effect; what it throws is what the app says. */
  before: (operation: Operation, channel: string) => void | Promise<void>;
  /** Runs after it took effect; what it throws is a lost answer. */
  after: (operation: Operation, channel: string) => void | Promise<void>;
  /** Gives PeerSpark's own posts back to it, as no adapter should. */
  echo(): Promise<void>;
  /** Every update so far, in order. */
  readonly updates: readonly Update[];
  /** PeerSpark was put into the channel, or thrown out of it. */
  happens(deed: "joined" | "left", channel: string): Promise<void>;
  says(who: string, channel: string, line: string): Promise<string>;
  presses(who: string, channel: string, label: string): Promise<string>;
  writes(who: string, channel: string, text: string, more?: Written): Promise<MessageRef>;
  changes(message: MessageRef, text: string): Promise<void>;
  deletes(message: MessageRef): Promise<void>;
  reacts(who: string, message: MessageRef, emoji: string, on?: boolean): Promise<void>;
  /** As a moderator, all of them or all with one emoji. */
  clears(ref: MessageRef, emoji?: string): Promise<void>;
  /** Delivers an update (again). */
  deliver(update: Update): Promise<void>;
  messages(channel: string): readonly AppMessage[];
  /** Each message as "author: text", replies with what they lead to, files and PeerSpark's reactions behind it. */
  transcript(channel: string): readonly string[];
  ref(channel: string, words: string): MessageRef;
}

export interface Written {
  readonly repliesTo?: MessageRef;
  readonly quote?: string;
  readonly files?: readonly { readonly name: string; readonly content: Buffer }[];
  readonly addressed?: boolean;
  /** Makes the update without delivering it. */
  readonly held?: boolean;
}

const can: Omit<Capabilities, "idempotentMs" | "text" | "fileBytes"> = {
  title: 200,
  fields: 20,
  fieldValue: 500,
  buttonLabel: 60,
  buttonsPerRow: 4,
  buttonRows: 20,
  buttonData: 200,
  ephemeral: true,
  selectOptions: 0,
  formFields: 0,
  costs: { characters: {}, marks: 0, times: 0 },
  edits: true,
  calendar: false,
};
const known = new Set(["👍", "❤", "🎉", "😀"]);
const unavailable = (reason: string) => new AppError("unavailable", reason, { detail: { reason } });

const buttonsOf = (view: Fitted) => view.buttons.flat().flatMap((one) => ("data" in one ? [one] : []));

export function chatApp(
  name: string,
  {
    idempotentMs = Number.POSITIVE_INFINITY,
    text = 1_000,
    fileBytes = 1_000,
  }: { idempotentMs?: number; text?: number; fileBytes?: number } = {},
): ChatApp {
  const messages = new Map<string, AppMessage>();
  const byKey = new Map<string, MessageRef>();
  const uploads = new Map<string, Buffer>();
  const updates: Update[] = [];
  const echoes: Update[] = [];
  const administrators = new Map<string, Set<string>>();
  let inbox: Inbox | undefined;
  let count = 0;

  const keyOf = ({ channel, message }: Pick<MessageRef, "channel" | "message">) => `${channel}/${message}`;
  const shown: string[] = [];
  /** What was offered to whoever spoke alone, the newest last. */
  const offered: AppMessage["buttons"][number][] = [];
  const silent: Reply = {
    async show(view) {
      shown.push(textOf(view));
      if (view.audience === "caller") offered.push(...buttonsOf(view));
      return view.audience === "channel" ? put({ platform: name, channel: current }, { view }) : undefined;
    },
    async replace(view) {
      return silent.show(view);
    },
    async notice(said) {
      shown.push(said);
    },
  };
  let current = "";

  function put(to: Address, what: { post?: Post; view?: Fitted; key?: string }): MessageRef {
    const { post, view, key } = what;
    const former = idempotentMs > 0 && key ? byKey.get(key) : undefined;
    if (former) return former;
    const ref = { platform: name, channel: to.channel, message: `m${++count}` };
    if (post && post.text.length > text) throw new AppError("invalid", "too long");
    if (post && (post.author.length > 80 || (post.quote?.length ?? 0) > 80 || post.files.length > 1))
      throw new AppError("invalid", "no such post");
    for (const { content } of post?.files ?? [])
      if (content.length > fileBytes) throw new AppError("invalid", "too large");
    messages.set(keyOf(ref), {
      id: ref.message,
      channel: ref.channel,
      author: post ? `${post.author} (${post.from})` : "PeerSpark",
      text: post?.text ?? textOf(view!),
      quote: post?.quote,
      repliesTo: post?.repliesTo?.message,
      files: post?.files ?? [],
      own: true,
      post: post !== undefined,
      buttons: view ? buttonsOf(view) : [],
      reactions: new Map(),
    });
    if (key) byKey.set(key, ref);
    return ref;
  }

  async function doing<T>(operation: Operation, channel: string, act: () => T): Promise<T> {
    await self.before(operation, channel);
    const done = act();
    await self.after(operation, channel);
    return done;
  }

  function mine(ref: MessageRef): AppMessage {
    const found = messages.get(keyOf(ref));
    if (!found?.own) throw unavailable("gone");
    return found;
  }

  function updateOf(who: string | undefined, channel: string, deed: Deed): Update {
    const update: Update = {
      id: `${name}.${++count}`,
      conversation: channel,
      ...(who && { account: { platform: name, workspace: "", userId: who, name: who } }),
      place: { platform: name, channel, kind: "channel", title: channel, space: { id: channel, title: `#${channel}` } },
      deed,
      reply: silent,
    };
    return update;
  }

  async function does(who: string | undefined, channel: string, deed: Deed, held = false): Promise<void> {
    const update = updateOf(who, channel, deed);
    updates.push(update);
    if (!held) await self.deliver(update);
  }

  const talkOf = (message: AppMessage, more: Written = {}) => ({
    message: { platform: name, channel: message.channel, message: message.id },
    text: message.text,
    ...(more.repliesTo && { repliesTo: more.repliesTo }),
    ...(more.quote && { quote: more.quote }),
    files: message.files.map((file, index): TalkFile => {
      uploads.set(`${message.id}.${index}`, file.content);
      return { name: file.name, type: "text/plain", bytes: file.content.length, source: `${message.id}.${index}` };
    }),
  });

  const self: ChatApp = {
    name,
    capabilities: { ...can, text, fileBytes, idempotentMs },
    connects: false,
    webhooks: [],
    administrators,
    before: () => {},
    after: () => {},
    async echo() {
      for (const update of echoes.splice(0)) await self.deliver(update);
    },
    updates,
    ...withoutCalendar,
    async start(into) {
      inbox = into;
    },
    send: (to, view, key) => doing("send", to.channel, () => put(to, { view, key })),
    edit: (ref, view) => doing("edit", ref.channel, () => void Object.assign(mine(ref), { text: textOf(view) })),
    remove: (ref) => doing("remove", ref.channel, () => void messages.delete(keyOf(ref))),
    async post(to, post, key) {
      const ref = await doing("post", to.channel, () => put(to, { post, key }));
      const deed = { kind: "text", text: post.text, addressed: false } as const;
      echoes.push(updateOf("peerspark-bot", to.channel, { ...deed, talk: talkOf(messages.get(keyOf(ref))!) }));
      return ref;
    },
    repost: (ref, post) =>
      doing("repost", ref.channel, () => void Object.assign(mine(ref), { text: post.text, quote: post.quote })),
    react: (ref, emoji, on) =>
      doing("react", ref.channel, () => {
        const message = messages.get(keyOf(ref));
        if (!known.has(emoji)) throw new AppError("unsupported", "no such reaction");
        if (!message) throw unavailable("gone");
        const people = message.reactions.get(emoji) ?? new Set();
        if (on) people.add("PeerSpark");
        else people.delete("PeerSpark");
        message.reactions.set(emoji, people);
      }),
    download: (file, most) =>
      doing("download", "", () => {
        const content = uploads.get(file.source);
        if (!content || content.length > most) throw unavailable("gone");
        return Readable.from([content]);
      }),
    direct: async ({ userId }) => ({ platform: name, channel: `direct ${userId}` }),
    administers: async ({ userId }, { channel }) => administrators.get(channel)?.has(userId) ?? false,
    obstacle: async () => undefined,
    examine: async () => [],
    openPrivately: () => undefined,
    stop: async () => {},
    deliver: (update) => inbox!.receive(update),
    happens: (kind, channel) => does("Ada", channel, { kind }),
    async says(who, channel, line) {
      shown.length = 0;
      current = channel;
      await does(who, channel, { kind: "text", text: line, addressed: true });
      return shown.join("\n");
    },
    async presses(who, channel, label) {
      const at = (message: AppMessage) => message.channel === channel && message.buttons.some((b) => b.label === label);
      const buttons = [...messages.values()].findLast(at)?.buttons ?? offered;
      const data = buttons.findLast((button) => button.label === label)?.data;
      if (!data) throw new Error(`no button “${label}” in ${channel}`);
      shown.length = 0;
      current = channel;
      await does(who, channel, { kind: "press", data });
      return shown.join("\n");
    },
    async writes(who, channel, said, more = {}) {
      const message: AppMessage = {
        id: `m${++count}`,
        channel,
        author: who,
        text: said,
        files: more.files ?? [],
        repliesTo: more.repliesTo?.message,
        told: more,
        own: false,
        post: false,
        buttons: [],
        reactions: new Map(),
      };
      const ref = { platform: name, channel, message: message.id };
      messages.set(keyOf(ref), message);
      const { addressed = false, held } = more;
      await does(who, channel, { kind: "text", text: said, addressed, talk: talkOf(message, more) }, held);
      return ref;
    },
    async changes(ref, said) {
      const message = messages.get(keyOf(ref))!;
      message.text = said;
      await does(message.author, ref.channel, { kind: "edited", talk: talkOf(message, message.told) });
    },
    async deletes(ref) {
      messages.delete(keyOf(ref));
      await does(undefined, ref.channel, { kind: "deleted", message: ref });
    },
    reacts: (who, ref, emoji, on = true) => does(who, ref.channel, { kind: "reacted", message: ref, emoji, on }),
    clears: (ref, emoji) => does(undefined, ref.channel, { kind: "cleared", message: ref, ...(emoji && { emoji }) }),
    messages: (channel) => [...messages.values()].filter((message) => message.channel === channel),
    transcript: (channel) => self.messages(channel).map((message) => lineOf(message, messages)),
    ref(channel, words) {
      const found = self.messages(channel).findLast((message) => message.text.includes(words));
      if (!found) throw new Error(`nothing about “${words}” in ${channel}`);
      return { platform: name, channel, message: found.id };
    },
  };
  return self;
}

function lineOf(
  { channel, author, text, quote, repliesTo, files, reactions }: AppMessage,
  all: ReadonlyMap<string, AppMessage>,
) {
  const answered = repliesTo && all.get(`${channel}/${repliesTo}`)?.text;
  const marks = [...reactions].flatMap(([emoji, people]) => (people.has("PeerSpark") ? [emoji] : []));
  return [
    `${author}: ${text}`,
    ...(answered ? [`↪ ${answered}`] : []),
    ...(quote ? [`> ${quote}`] : []),
    ...files.map((file) => `[${file.name} ${file.content.length}]`),
    ...marks.sort(),
  ].join(" ");
}

function textOf(view: Fitted): string {
  const said = (block: FittedBlock) => {
    if ("paragraph" in block) return plain(block.paragraph, view.reader);
    if ("quote" in block) return plain(block.quote, view.reader);
    return "code" in block ? block.code : block.list.map((item) => plain(item, view.reader)).join("\n");
  };
  const fields = view.fields.map(({ name, value }) => `${plain(name, view.reader)}: ${plain(value, view.reader)}`);
  return [...(view.title ? [plain(view.title, view.reader)] : []), ...view.body.map(said), ...fields].join("\n");
}
