// A Telegram update as what somebody did. What is not for PeerSpark (channels, other bots) is nothing.
import type { Account, Deed, MessageRef, Named, Place } from "../../../core/ports/platform.ts";
import { conversationOf } from "../conversation.ts";
import type { Chat, Incoming, Membership, MembershipChange, Message, Press, ReactionChange, User } from "./incoming.ts";
import { hasSomething, isWordless, reactionsOf, talkOf } from "./talk.ts";

export interface Decoded {
  readonly id: string;
  readonly conversation: string;
  readonly account?: Account;
  readonly place: Place;
  readonly deed: Deed;
  readonly named?: readonly Named[];
  /** The message whose button was pressed. */
  readonly source?: MessageRef;
  /** The message to answer to, where others may write in between. */
  readonly answers?: number;
}

/** Who PeerSpark is on Telegram. */
export interface Self {
  readonly id: number;
  readonly username: string;
}

/** Several where reactions changed. */
export function decodeAll(update: Incoming, self: Self): readonly Decoded[] {
  if (update.message_reaction) return fromReaction(update.message_reaction, `${update.update_id}`);
  const decoded = decode(update, self);
  return decoded ? [decoded] : [];
}

export function decode(update: Incoming, self: Self): Decoded | undefined {
  const found =
    (update.message && fromMessage(update.message, self)) ??
    (update.edited_message && fromEdit(update.edited_message, self)) ??
    (update.callback_query && fromPress(update.callback_query)) ??
    (update.my_chat_member && fromMembership(update.my_chat_member));
  return found && { id: `${update.update_id}`, conversation: conversationOf(found.place), ...found };
}

type Found = Omit<Decoded, "id" | "conversation"> & { readonly id?: string };

/** A supergroup is another chat: the group's messages are not in it. */
export const movedTo = (to: string) => ({ kind: "moved", to, behind: true }) as const;

/** The service message and a refused send tell of the same move: both have this id. */
export const movedId = (from: string, to: string) => `moved.${from}.${to}`;

function fromMessage(message: Message, self: Self): Found | undefined {
  const { chat, from, migrate_to_chat_id: to } = message;
  if (chat.type === "channel") return undefined;
  const place = placeOf(chat, message);
  if (to !== undefined) return { id: movedId(`${chat.id}`, `${to}`), place, deed: movedTo(`${to}`) };
  if (message.sender_chat) return message.is_automatic_forward ? undefined : unseenSaying(message, place, self);
  if (!from || from.is_bot) return undefined;
  const wordless = hasSomething(message) || (!inGroup(place) && isWordless(message));
  const text = message.text ?? message.caption ?? (wordless ? "" : undefined);
  const deed = text === undefined ? undefined : saying(text, message, place, self);
  const answers = chat.type === "private" ? undefined : message.message_id;
  return deed && { place, account: accountOf(from), deed, named: namedIn(message), answers };
}

/** Those without a username by their account; of the others Telegram tells nothing but what was written. */
const namedIn = ({ text, entities, caption, caption_entities: inCaption }: Message): readonly Named[] =>
  ((text === undefined ? inCaption : entities) ?? []).flatMap(({ type, offset, length, user }): Named[] => {
    const as = (text ?? caption ?? "").slice(offset, offset + length);
    if (user) return [{ as, account: accountOf(user), ...(user.is_bot && { bot: true }) }];
    return type === "mention" ? [{ as, account: { platform: "telegram", handle: as.slice(1) } }] : [];
  });

const commandLike = /^\/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]+))?(?=\s|$)/;

function saying(raw: string, message: Message, place: Place, self: Self): Deed | undefined {
  const command = commandLike.exec(raw);
  if (command) {
    const [whole, name = "", bot] = command;
    if (bot && bot.toLowerCase() !== self.username.toLowerCase()) return undefined;
    const rest = raw.slice(whole.length);
    if (name.toLowerCase() === "start") return { kind: "start", payload: payloadOf(rest) };
    return { kind: "text", text: `/${name}${rest}`, addressed: true, ...(!bot && inGroup(place) && { unnamed: true }) };
  }
  const { text, mentioned } = withoutMention(raw, self);
  const called = !inGroup(place) || mentioned || text.startsWith("/");
  const unnamed = called && !mentioned && inGroup(place);
  return {
    kind: "text",
    text,
    addressed: called,
    ...(unnamed && { unnamed }),
    ...(!called && { talk: talkOf(message, place) }),
  };
}

const inGroup = ({ kind }: Place) => kind === "channel";

/** A command of an anonymous administrator, or of somebody who writes as a channel: Telegram doesn't say who they are. */
function unseenSaying(message: Message, place: Place, self: Self): Found | undefined {
  const deed = saying(message.text ?? "", message, place, self);
  return deed?.kind === "text" && deed.addressed ? { place, deed, answers: message.message_id } : undefined;
}

/** Of talk alone: a command that is changed is not given again. */
function fromEdit(message: Message, self: Self): Found | undefined {
  const { chat, from } = message;
  if (chat.type === "channel" || chat.type === "private" || !from || from.is_bot || message.sender_chat)
    return undefined;
  const raw = message.text ?? message.caption ?? "";
  if (commandLike.test(raw) || withoutMention(raw, self).mentioned) return undefined;
  const place = placeOf(chat, message);
  return { place, account: accountOf(from), deed: { kind: "edited", talk: talkOf(message, place) } };
}

function fromReaction(change: ReactionChange, id: string): readonly Decoded[] {
  const { chat, user } = change;
  if (chat.type === "channel" || chat.type === "private" || !user || user.is_bot) return [];
  const place = placeOf(chat, {});
  const common = { conversation: conversationOf(place), place, account: accountOf(user) };
  return reactionsOf(change, place).map((deed, index) => ({ ...common, id: `${id}.${index}`, deed }));
}

const payloadOf = (rest: string) => /^\s+([A-Za-z0-9_-]{1,64})\s*$/.exec(rest)?.[1] ?? "";

function withoutMention(raw: string, { username }: Self): { text: string; mentioned: boolean } {
  const called = /^\s*@([A-Za-z0-9_]+)[\s,:]*/.exec(raw);
  const mentioned = called?.[1]?.toLowerCase() === username.toLowerCase();
  return mentioned ? { text: raw.slice(called![0].length), mentioned } : { text: raw, mentioned };
}

function fromPress({ from, message, data }: Press): Found | undefined {
  if (from.is_bot || !message || data === undefined || message.chat.type === "channel") return undefined;
  const place = placeOf(message.chat, message);
  const { platform, channel, thread } = place;
  return {
    place,
    account: accountOf(from),
    deed: { kind: "press", data },
    source: { platform, channel, ...(thread && { thread }), message: `${message.message_id}` },
  };
}

function fromMembership(change: MembershipChange): Found | undefined {
  if (change.chat.type === "channel") return undefined;
  const before = isThere(change.old_chat_member);
  const after = isThere(change.new_chat_member);
  if (before === after) return undefined;
  const place = placeOf(change.chat, {});
  const account = change.from.is_bot ? undefined : accountOf(change.from);
  return { place, account, deed: { kind: after ? "joined" : "left" } };
}

/** In the place and able to write there. */
function isThere({ status, is_member, can_send_messages }: Membership): boolean {
  if (status === "restricted") return is_member !== false && can_send_messages !== false;
  return status !== "left" && status !== "kicked";
}

function placeOf(chat: Chat, within: Pick<Message, "is_topic_message" | "message_thread_id">): Place {
  const channel = `${chat.id}`;
  if (chat.type === "private") return { platform: "telegram", channel, kind: "direct" };
  const title = chat.title ?? channel;
  const thread = within.is_topic_message && within.message_thread_id;
  return {
    platform: "telegram",
    channel,
    ...(thread && { thread: `${thread}` }),
    kind: "channel",
    title,
    space: { id: channel, title },
  };
}

const accountOf = ({ id, first_name, last_name, username, language_code }: User): Account => ({
  platform: "telegram",
  workspace: "",
  userId: `${id}`,
  name: [first_name, last_name].filter(Boolean).join(" ").trim() || `${id}`,
  ...(username && { handle: username }),
  ...(language_code && { language: language_code }),
});
