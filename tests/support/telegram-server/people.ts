// The people in the tests: what they write and press, and what they do with groups and the bot.
import { found } from "./entities.ts";
import { react } from "./reactions.ts";
import type { Chat, Person, Pressed, State, Status, StoredMessage } from "./state.ts";
import { wireChat, wireMessage } from "./state.ts";

export interface SayOptions {
  /** The topic it is written in. */
  readonly thread?: number;
  /** The message it answers to. */
  readonly replyTo?: number;
  readonly file?: { readonly name: string; readonly type: string; readonly content: Buffer; readonly photo?: boolean };
  /** Without a username: picked from the list, they stand in the text by their first name. */
  readonly mentions?: readonly Person[];
}

type Spot = { readonly chat: number; readonly id: number };

export interface TestUser extends Person {
  /** Opens the private chat and presses Start, with what a deep link carries. */
  start(payload?: string): void;
  /** Writes in a group, or to the bot in private: `user.say(user, …)`. Answers the message's id. */
  say(chat: { readonly id: number }, text: string, options?: SayOptions): number;
  /**
   * Presses a button by its label or data. Resolves with the answer to the press.
   * @throws Error where there is no such button, or it opens an address.
   */
  press(message: { readonly chat: number; readonly id: number }, button: string): Promise<Pressed>;
  /** Changes the text of a message of theirs. */
  edit(message: Spot, text: string): void;
  /** Reacts to a message, or takes it back. */
  react(message: Spot, emoji: string, on: boolean): void;
  block(): void;
  unblock(): void;
  /** Deletes the account. */
  vanish(): void;
}

export interface TestGroup {
  /** Another after `migrate`. */
  readonly id: number;
  readonly title: string;
  add(user: Person, options?: { readonly admin?: boolean }): void;
  remove(user: Person): void;
  addBot(by: Person, status?: Status): void;
  kickBot(by: Person): void;
  /** Takes the bot's right to write. */
  muteBot(by: Person): void;
  /** Nobody may write any more but its administrators. */
  quieten(): void;
  /** Becomes a supergroup with another id, which it answers; the bot is told by two service messages. */
  migrate(): number;
  /** A new topic; its thread id. */
  topic(name: string): number;
  closeTopic(thread: number): void;
}

const statusOf = (user: Person, status: Status) => ({
  user,
  status,
  ...(status === "restricted" && { is_member: true, can_send_messages: false }),
});

function changeOfBot(state: State, chat: Chat, by: Person, to: Status): void {
  const from = chat.members.get(state.bot.id) ?? "left";
  chat.members.set(state.bot.id, to);
  state.emit({
    my_chat_member: {
      chat: wireChat(chat, state.people),
      from: by,
      date: seconds(state),
      old_chat_member: statusOf(state.bot, from),
      new_chat_member: statusOf(state.bot, to),
    },
  });
}

const seconds = (state: State) => Math.floor(state.now() / 1000);

function newChat(state: State, chat: Pick<Chat, "id" | "type" | "title" | "isForum">): Chat {
  const made = { ...chat, members: new Map(), topics: new Map(), messages: new Map() };
  state.chats.set(chat.id, made);
  return made;
}

function written(state: State, chat: Chat, from: Person, text: string, options: SayOptions): number {
  const { thread, replyTo, file, mentions = [] } = options;
  const id = state.nextId();
  const message: StoredMessage = {
    id,
    chat,
    from,
    date: seconds(state),
    ...(thread !== undefined && { thread }),
    ...(replyTo !== undefined && { replyTo }),
    text,
    entities: [...found(text, []), ...mentions.map((person) => mentionOf(person, text))],
    edits: 0,
    reactions: new Map(),
    ...(file && {
      file: {
        id: `file-${id}`,
        field: file.photo ? "photo" : "document",
        name: file.name,
        type: file.type,
        bytes: file.content,
      },
    }),
  };
  chat.messages.set(id, message);
  state.emit({ message: wireMessage(state, message) });
  return id;
}

const mentionOf = (person: Person, text: string) => ({
  type: "text_mention",
  offset: text.indexOf(person.first_name),
  length: person.first_name.length,
  user: person,
});

export function newUser(state: State, person: Person): TestUser {
  state.people.set(person.id, person);
  const privately = () => state.chats.get(person.id) ?? newChat(state, { id: person.id, type: "private" });
  const allow = () => {
    const chat = privately();
    if (chat.members.get(state.bot.id) === "kicked") changeOfBot(state, chat, person, "member");
    else chat.members.set(state.bot.id, "member");
    return chat;
  };
  return {
    ...person,
    start: (payload) => void written(state, allow(), person, payload ? `/start ${payload}` : "/start", {}),
    say(where, text, options = {}) {
      const chat = where.id === person.id ? allow() : state.chats.get(where.id);
      if (!chat) throw new Error(`no chat ${where.id}`);
      return written(state, chat, person, text, options);
    },
    async press({ chat: chatId, id }, label) {
      const message = state.chats.get(chatId)?.messages.get(id);
      const button = message?.keyboard?.flat().find((one) => {
        return one.text === label || ("callback_data" in one && one.callback_data === label);
      });
      if (!message || !button) throw new Error(`no button "${label}" under message ${id}`);
      if (!("callback_data" in button)) throw new Error(`"${label}" opens ${button.url}`);
      const query = { id: `query-${state.nextId()}`, answered: Promise.withResolvers<Pressed>() };
      state.queries.set(query.id, query);
      const shown = message.inaccessible
        ? { chat: wireChat(message.chat, state.people), message_id: id, date: 0 }
        : wireMessage(state, message);
      state.emit({
        callback_query: { id: query.id, from: person, message: shown, chat_instance: "1", data: button.callback_data },
      });
      return query.answered.promise;
    },
    edit(spot, text) {
      const message = messageAt(state, spot);
      if (message.from.id !== person.id) throw new Error("people change their own messages only");
      Object.assign(message, { text, entities: found(text, []), edits: message.edits + 1 });
      state.emit({ edited_message: wireMessage(state, message) });
    },
    react: (spot, emoji, on) => react(state, state.chats.get(spot.chat)!, messageAt(state, spot), person, emoji, on),
    block: () => changeOfBot(state, privately(), person, "kicked"),
    unblock: () => changeOfBot(state, privately(), person, "member"),
    vanish: () => void privately().members.set(state.bot.id, "left"),
  };
}

function messageAt(state: State, { chat, id }: Spot): StoredMessage {
  const found = state.chats.get(chat)?.messages.get(id);
  if (!found) throw new Error(`no message ${id} in chat ${chat}`);
  return found;
}

export interface GroupOptions {
  readonly title: string;
  readonly type?: "group" | "supergroup";
  readonly forum?: boolean;
  /** Whether the bot is in it from the beginning, without being told; true when absent. */
  readonly bot?: boolean;
  /** Whether it administers the group. */
  readonly botAdmin?: boolean;
}

export function newGroup(
  state: State,
  { title, type = "group", forum, bot = true, botAdmin }: GroupOptions,
): TestGroup {
  const number = state.nextId();
  const id = type === "group" && !forum ? -4_000_000 - number : -1_001_000_000_000 - number;
  let chat = newChat(state, { id, type: forum ? "supergroup" : type, title, isForum: forum });
  if (bot) chat.members.set(state.bot.id, botAdmin ? "administrator" : "member");
  return {
    title,
    get id() {
      return chat.id;
    },
    add: (user, { admin } = {}) => void chat.members.set(user.id, admin ? "administrator" : "member"),
    remove: (user) => void chat.members.set(user.id, "left"),
    addBot: (by, status = "member") => changeOfBot(state, chat, by, status),
    kickBot: (by) => changeOfBot(state, chat, by, "kicked"),
    muteBot: (by) => changeOfBot(state, chat, by, "restricted"),
    quieten() {
      chat.quiet = true;
    },
    migrate() {
      chat = migrated(state, chat);
      return chat.id;
    },
    topic(name) {
      const thread = state.nextId();
      chat.topics.set(thread, { name, closed: false });
      return thread;
    },
    closeTopic(thread) {
      chat.topics.get(thread)!.closed = true;
    },
  };
}

function migrated(state: State, old: Chat): Chat {
  const next = newChat(state, { id: -1_001_000_000_000 - state.nextId(), type: "supergroup", title: old.title });
  for (const [member, status] of old.members) next.members.set(member, status);
  old.movedTo = next.id;
  const service = (chat: Chat, told: object) => ({
    message: {
      message_id: state.nextId(),
      chat: wireChat(chat, state.people),
      date: seconds(state),
      from: { id: 1087968824, is_bot: true, first_name: "Group", username: "GroupAnonymousBot" },
      sender_chat: wireChat(chat, state.people),
      ...told,
    },
  });
  state.emit(service(old, { migrate_to_chat_id: next.id }));
  state.emit(service(next, { migrate_from_chat_id: old.id }));
  return next;
}
