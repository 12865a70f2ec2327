// Whether the bot may write in a chat, and in Telegram's words why not.
import { numberOf, objectOf, type Params } from "./params.ts";
import { refuse } from "./refusal.ts";
import type { Chat, State, StoredMessage } from "./state.ts";

export function chatOf(state: State, params: Params): Chat {
  const given = params.chat_id;
  if (given === undefined || given === null || given === "") return refuse(400, "chat_id is empty");
  const id = Number(given);
  const chat = Number.isSafeInteger(id) ? state.chats.get(id) : undefined;
  if (chat) return chat;
  if (state.people.has(id)) return refuse(403, "bot can't initiate conversation with a user");
  return refuse(400, "chat not found");
}

export function mustBeWritable(state: State, chat: Chat): void {
  if (chat.movedTo !== undefined)
    refuse(400, "group chat was upgraded to a supergroup chat", { migrate_to_chat_id: chat.movedTo });
  const status = chat.members.get(state.bot.id);
  if (chat.type === "private") {
    if (status === "kicked") refuse(403, "bot was blocked by the user");
    if (status === "left") refuse(403, "user is deactivated");
    if (status === undefined) refuse(403, "bot can't initiate conversation with a user");
    return;
  }
  if (status === "kicked") refuse(403, `bot was kicked from the ${chat.type} chat`);
  if (status === undefined || status === "left") refuse(403, `bot is not a member of the ${chat.type} chat`);
  if (status === "restricted" || (chat.quiet && status === "member"))
    refuse(400, "not enough rights to send text messages to the chat");
}

export function threadOf(chat: Chat, params: Params): number | undefined {
  const thread = numberOf(params, "message_thread_id");
  if (thread === undefined) return undefined;
  const topic = chat.topics.get(thread);
  if (!topic) return refuse(400, "message thread not found");
  if (topic.closed) return refuse(400, "TOPIC_CLOSED");
  return thread;
}

export function replyOf(chat: Chat, params: Params): number | undefined {
  const reply = objectOf(params, "reply_parameters");
  const id = reply ? numberOf(reply, "message_id") : numberOf(params, "reply_to_message_id");
  if (id === undefined) return undefined;
  if (chat.messages.has(id)) return id;
  if (reply?.allow_sending_without_reply === true || params.allow_sending_without_reply === true) return undefined;
  return refuse(400, "message to be replied not found");
}

/** @param verb such as "edit", for the sentence that it isn't there. */
export function ownMessageOf(state: State, params: Params, verb: string): StoredMessage {
  const chat = chatOf(state, params);
  mustBeWritable(state, chat);
  const id = numberOf(params, "message_id");
  const message = id === undefined ? undefined : chat.messages.get(id);
  if (!message) return refuse(400, `message to ${verb} not found`);
  return message;
}
