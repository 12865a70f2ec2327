// The methods that write: messages, edits, removals, files.
import { chatOf, mustBeWritable, ownMessageOf, replyOf, threadOf } from "./chats.ts";
import { checkedText, type Entity, type Formatted } from "./entities.ts";
import { parseHtml } from "./html.ts";
import { keyboardOf } from "./keyboard.ts";
import type { UploadedFile } from "./multipart.ts";
import { listOf, type Params, textOf } from "./params.ts";
import { refuse } from "./refusal.ts";
import { isGroup, type State, type StoredMessage, wireMessage } from "./state.ts";

/** Markdown is taken as it is, unparsed: PeerSpark does not use it. */
export function formattedText(params: Params, name: "text" | "caption", most: number, tooLong: string): Formatted {
  const raw = textOf(params, name) ?? "";
  const mode = textOf(params, "parse_mode")?.toLowerCase();
  if (mode && !["html", "markdown", "markdownv2"].includes(mode)) refuse(400, "unsupported parse_mode");
  const marked = (listOf(params, name === "text" ? "entities" : "caption_entities") ?? []) as readonly Entity[];
  const { text, entities } = mode === "html" ? parseHtml(raw) : { text: raw, entities: mode ? [] : marked };
  return checkedText(text, entities, most, tooLong);
}

function stored(state: State, params: Params, body: Formatted, file?: UploadedFile): StoredMessage {
  const chat = chatOf(state, params);
  mustBeWritable(state, chat);
  const thread = threadOf(chat, params);
  const replyTo = replyOf(chat, params);
  const keyboard = keyboardOf(params);
  state.limit(chat.id, isGroup(chat));
  const id = state.nextId();
  const message: StoredMessage = {
    id,
    chat,
    from: state.bot,
    date: Math.floor(state.now() / 1000),
    ...(thread !== undefined && { thread }),
    ...(replyTo !== undefined && { replyTo }),
    ...(file && { file: { ...file, id: `file-${id}` } }),
    ...body,
    keyboard,
    edits: 0,
    reactions: new Map(),
  };
  chat.messages.set(id, message);
  state.onChange("sent", message);
  return message;
}

export function sendMessage(state: State, params: Params) {
  const body = formattedText(params, "text", 4096, "message is too long");
  return wireMessage(state, stored(state, params, body));
}

const mostUploaded = 50 * 1024 * 1024;
const mostPicture = 10 * 1024 * 1024;

export function sendDocument(state: State, params: Params, files: readonly UploadedFile[]) {
  return sendFile(state, params, files, "document", mostUploaded);
}

/** What begins as no picture does is not read as one. */
export function sendPhoto(state: State, params: Params, files: readonly UploadedFile[]) {
  const file = files.find(({ field }) => field === "photo");
  const isPicture = file && [0x89, 0xff, 0x52].includes(file.bytes[0] ?? 0);
  if (file && !isPicture) refuse(400, "IMAGE_PROCESS_FAILED");
  return sendFile(state, params, files, "photo", mostPicture);
}

function sendFile(
  state: State,
  params: Params,
  files: readonly UploadedFile[],
  kind: "document" | "photo",
  most: number,
) {
  const file = files.find(({ field }) => field === kind);
  if (!file) return refuse(400, `there is no ${kind} in the request`);
  if (file.bytes.length === 0) return refuse(400, "file must be non-empty");
  if (file.bytes.length > most) return refuse(413, "Request Entity Too Large");
  const captioned = textOf(params, "caption");
  const body = captioned
    ? formattedText(params, "caption", 1024, "message caption is too long")
    : { text: "", entities: [] };
  state.files.push(file);
  return wireMessage(state, stored(state, params, body, file));
}

export function editMessageText(state: State, params: Params) {
  const message = editable(state, params);
  if (message.file) refuse(400, "there is no text in the message to edit");
  const body = formattedText(params, "text", 4096, "MESSAGE_TOO_LONG");
  return changed(state, message, { ...body, keyboard: keyboardOf(params) });
}

export function editMessageCaption(state: State, params: Params) {
  const message = editable(state, params);
  if (!message.file) refuse(400, "there is no caption in the message to edit");
  const body = formattedText(params, "caption", 1024, "MEDIA_CAPTION_TOO_LONG");
  return changed(state, message, { ...body, keyboard: keyboardOf(params) });
}

export function editMessageReplyMarkup(state: State, params: Params) {
  const message = editable(state, params);
  const { text, entities } = message;
  return changed(state, message, { text, entities, keyboard: keyboardOf(params) });
}

function editable(state: State, params: Params): StoredMessage {
  const message = ownMessageOf(state, params, "edit");
  if (message.from.id !== state.bot.id || message.inaccessible) refuse(400, "message can't be edited");
  return message;
}

function changed(state: State, message: StoredMessage, next: Pick<StoredMessage, "text" | "entities" | "keyboard">) {
  const shown = ({ text, entities, keyboard }: typeof next) =>
    JSON.stringify([text, entities, keyboard?.length ? keyboard : []]);
  if (shown(message) === shown(next))
    refuse(
      400,
      "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    );
  state.limit(message.chat.id, isGroup(message.chat));
  Object.assign(message, next, { edits: message.edits + 1 });
  state.onChange("edited", message);
  return wireMessage(state, message);
}

export function deleteMessage(state: State, params: Params) {
  const message = ownMessageOf(state, params, "delete");
  if (message.inaccessible) refuse(400, "message can't be deleted for everyone");
  message.chat.messages.delete(message.id);
  state.onChange("removed", message);
  return true;
}
