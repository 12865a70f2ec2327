// The methods by name, and those that only ask or set something.
import { chatOf } from "./chats.ts";
import { getFile } from "./files.ts";
import {
  deleteMessage,
  editMessageCaption,
  editMessageReplyMarkup,
  editMessageText,
  sendDocument,
  sendMessage,
  sendPhoto,
} from "./messages.ts";
import type { UploadedFile } from "./multipart.ts";
import { flagOf, listOf, numberOf, type Params, textOf } from "./params.ts";
import { setMessageReaction } from "./reactions.ts";
import { refuse } from "./refusal.ts";
import { type State, wireChat } from "./state.ts";

export type Method = (state: State, params: Params, files: readonly UploadedFile[]) => unknown;

export const methods: Readonly<Record<string, Method>> = {
  getMe: ({ bot, hearsAll }) => ({ ...bot, can_join_groups: true, can_read_all_group_messages: hearsAll }),
  sendMessage,
  sendDocument,
  sendPhoto,
  editMessageText,
  editMessageCaption,
  setMessageReaction,
  getFile,
  editMessageReplyMarkup,
  deleteMessage,
  answerCallbackQuery,
  setMyCommands,
  getMyCommands: (state, params) => state.commands.get(listNameOf(params)) ?? [],
  getChatMember,
  getChat,
  sendChatAction: (state, params) => Boolean(chatOf(state, params)),
};

function answerCallbackQuery(state: State, params: Params): true {
  const id = textOf(params, "callback_query_id") ?? "";
  const text = textOf(params, "text");
  if (text !== undefined && text.length > 200) refuse(400, "MESSAGE_TOO_LONG");
  const query = state.queries.get(id);
  if (!query) return refuse(400, "query is too old and response timeout expired or query ID is invalid");
  state.queries.delete(id);
  query.answered.resolve({ ...(text && { text }), show_alert: flagOf(params, "show_alert") });
  return true;
}

function languageOf(params: Params): string {
  const language = textOf(params, "language_code") ?? "";
  return /^([a-z]{2})?$/.test(language) ? language : refuse(400, "invalid language code specified");
}

const scopes = ["default", "all_private_chats", "all_group_chats", "all_chat_administrators"];

/** Each scope has lists of its own, one a language. */
function listNameOf(params: Params): string {
  const { type = "default" } = (params.scope ?? {}) as { type?: string };
  return scopes.includes(type) ? `${type} ${languageOf(params)}` : refuse(400, "unsupported scope specified");
}

function setMyCommands(state: State, params: Params): true {
  const given = (listOf(params, "commands") ?? refuse(400, "commands are not specified")) as readonly unknown[];
  if (given.length > 100) refuse(400, "BOT_COMMANDS_TOO_MUCH");
  const commands = given.map((one) => {
    const { command, description } = (one ?? {}) as Record<string, unknown>;
    if (typeof command !== "string" || !/^[a-z0-9_]{1,32}$/.test(command)) return refuse(400, "BOT_COMMAND_INVALID");
    if (typeof description !== "string" || description.length < 1 || description.length > 256)
      return refuse(400, "BOT_COMMAND_DESCRIPTION_INVALID");
    return { command, description };
  });
  state.commands.set(listNameOf(params), commands);
  return true;
}

function getChat(state: State, params: Params) {
  const chat = chatOf(state, params);
  const permissions = chat.type !== "private" && { permissions: { can_send_messages: !chat.quiet } };
  return { ...wireChat(chat, state.people), ...permissions };
}

function getChatMember(state: State, params: Params) {
  const chat = chatOf(state, params);
  const user = state.people.get(numberOf(params, "user_id") ?? 0);
  if (chat.movedTo !== undefined)
    refuse(400, "group chat was upgraded to a supergroup chat", { migrate_to_chat_id: chat.movedTo });
  const mine = chat.members.get(state.bot.id);
  if (chat.type !== "private" && (mine === undefined || mine === "left" || mine === "kicked"))
    refuse(403, `bot is not a member of the ${chat.type} chat`);
  if (!user) return refuse(400, "invalid user_id specified");
  const status = chat.members.get(user.id) ?? "left";
  return { user, status, ...(status === "restricted" && { is_member: true, can_send_messages: false }) };
}
