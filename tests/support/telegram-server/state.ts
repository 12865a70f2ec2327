// What the Bot API server knows: people, chats, messages, what was called and what waits to be fetched.
import type { Entity } from "./entities.ts";
import type { Keyboard } from "./keyboard.ts";
import type { UploadedFile } from "./multipart.ts";

export interface Person {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly last_name?: string;
  readonly username?: string;
  readonly language_code?: string;
}

export type Status = "creator" | "administrator" | "member" | "restricted" | "left" | "kicked";

export interface Chat {
  readonly id: number;
  readonly type: "private" | "group" | "supergroup";
  readonly title?: string;
  readonly isForum?: boolean;
  /** The bot among them; in a private chat "kicked" is a bot that was blocked, and absent one never started. */
  readonly members: Map<number, Status>;
  readonly topics: Map<number, { readonly name: string; closed: boolean }>;
  readonly messages: Map<number, StoredMessage>;
  movedTo?: number;
  /** Only administrators write in it. */
  quiet?: boolean;
}

export interface StoredMessage {
  readonly id: number;
  readonly chat: Chat;
  readonly from: Person;
  readonly date: number;
  readonly thread?: number;
  readonly replyTo?: number;
  text: string;
  entities: readonly Entity[];
  keyboard?: Keyboard;
  readonly file?: UploadedFile & { readonly id: string };
  edits: number;
  /** Emojis by person. */
  readonly reactions: Map<number, readonly string[]>;
  /** Too old for Telegram to show it to the bot, or to let it be changed. */
  inaccessible?: boolean;
}

export interface Call {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** 200, or the error code that it was answered with. */
  status: number;
}

/** How a press was answered. */
export interface Pressed {
  readonly text?: string;
  readonly show_alert: boolean;
}

export interface Query {
  readonly id: string;
  readonly answered: PromiseWithResolvers<Pressed>;
}

export interface Webhook {
  readonly url: string;
  readonly secret?: string;
  readonly maxConnections: number;
  lastError?: string;
}

export interface Update {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

export interface State {
  readonly token: string;
  readonly bot: Person & { readonly username: string };
  readonly people: Map<number, Person>;
  readonly chats: Map<number, Chat>;
  readonly calls: Call[];
  readonly files: UploadedFile[];
  readonly queries: Map<string, Query>;
  /** By language code, "" for everybody. */
  /** Whether privacy mode is off. */
  readonly hearsAll: boolean;
  readonly commands: Map<string, readonly { command: string; description: string }[]>;
  allowedUpdates: readonly string[] | undefined;
  webhook?: Webhook;
  /** Called for everything the bot writes, changes or removes. */
  onChange(kind: "sent" | "edited" | "removed", message: StoredMessage): void;
  /** Counts up by itself. */
  nextId(): number;
  now(): number;
  limit(chat: number, isGroup: boolean): void;
  emit(update: Readonly<Record<string, unknown>>): void;
}

export const isGroup = (chat: Chat) => chat.type !== "private";

export const wireChat = ({ id, type, title, isForum }: Chat, people: ReadonlyMap<number, Person>) => ({
  id,
  type,
  ...(title !== undefined ? { title } : { first_name: people.get(id)?.first_name }),
  ...(isForum && { is_forum: true }),
});

function wireFile({ id, name, field, type, bytes }: NonNullable<StoredMessage["file"]>) {
  const sized = { file_id: id, file_size: bytes.length };
  if (field === "photo") return { photo: [{ ...sized, file_id: `${id}-small`, file_size: 1 }, sized] };
  return { document: { ...sized, file_name: name, mime_type: type } };
}

/** A message as the Bot API writes it. */
export function wireMessage(state: State, message: StoredMessage): Record<string, unknown> {
  const { id, from, chat, date, thread, text, entities, keyboard, replyTo, edits, file } = message;
  const answered = replyTo === undefined ? undefined : chat.messages.get(replyTo);
  const body = file ? "caption" : "text";
  return {
    message_id: id,
    from,
    chat: wireChat(chat, state.people),
    date,
    ...(edits > 0 && { edit_date: date + edits }),
    ...(thread !== undefined && { message_thread_id: thread, is_topic_message: true }),
    ...(answered && { reply_to_message: wireMessage(state, { ...answered, replyTo: undefined }) }),
    ...(file && wireFile(file)),
    ...(text !== "" && { [body]: text }),
    ...(entities.length > 0 && { [`${file ? "caption_" : ""}entities`]: entities }),
    ...(keyboard?.length && { reply_markup: { inline_keyboard: keyboard } }),
  };
}
