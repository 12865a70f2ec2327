// People's messages from elsewhere: posted by the bot under a line that names their author, changed, reacted to; and files.

import type { TelegramEmoji } from "telegraf/types";
import { AppError, isGone, reasonOf } from "../../../core/errors.ts";
import type { Address, MessageRef, Platform, Post } from "../../../core/ports/platform.ts";
import type { Reader } from "../../../core/text.ts";
import { codeAndText } from "../coded.ts";
import { latestEdit } from "../latest-edit.ts";
import type { Api, CallOptions } from "./api.ts";
import { landedAt, unless } from "./messages.ts";
import { type Writer, writer } from "./rich-text.ts";
import { telegramTexts } from "./texts.ts";

type Posts = Pick<Platform, "post" | "repost" | "react" | "download">;

/** UTF-16 units of a file's caption. */
const mostCaption = 1024;
/** Bytes that getFile gives out (core.telegram.org/bots/api#getfile). */
const mostLoaded = 20 * 1024 * 1024;
/** Kinds and bytes that sendPhoto takes; what it can't read goes as a document. */
const pictures: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/webp"]);
const mostPicture = 10 * 1024 * 1024;
/** A file of 50 MB takes its time. */
const uploading: CallOptions = { timeoutMs: 60_000 };
/** Plain text reads the same to everybody. */
const anybody: Reader = { language: "en", zone: "UTC", platform: "telegram" };

export function postsOver(api: Api): Posts {
  const inTurn = latestEdit();

  async function post(to: Address, post: Post): Promise<MessageRef> {
    const place = placing(to, post);
    const [file] = post.files;
    if (!file) {
      const sent = await api.call("sendMessage", { ...place, ...written(post) });
      return landedAt(to, sent);
    }
    const payload = { ...place, ...captioned(post) };
    const content = { source: file.content, filename: file.name };
    const asDocument = () => api.call("sendDocument", { ...payload, document: content }, uploading);
    const picture = pictures.has(file.type) && file.content.length <= mostPicture;
    const sent = picture
      ? await api.call("sendPhoto", { ...payload, photo: content }, uploading).catch(unlessUnreadable(asDocument))
      : await asDocument();
    return landedAt(to, sent);
  }

  return {
    post,
    repost: (ref, post) =>
      inTurn(`${ref.channel}/${ref.message}`, async () => {
        const message = { chat_id: ref.channel, message_id: Number(ref.message) };
        await api
          .call("editMessageText", { ...message, ...written(post) })
          .catch((error) => {
            if (!/no text in the message/i.test(reasonOf(error))) throw error;
            return api.call("editMessageCaption", { ...message, ...captioned(post) });
          })
          .catch(unless(/message is not modified/i));
      }),
    async react({ channel, message }, emoji, on) {
      const bare = emoji.replaceAll("\ufe0f", "");
      const reaction = on ? [{ type: "emoji" as const, emoji: bare as TelegramEmoji }] : [];
      const payload = { chat_id: channel, message_id: Number(message), reaction };
      await api.call("setMessageReaction", payload).catch((error) => {
        if (!on && isGone(error)) return;
        if (!/REACTION|not modified/i.test(reasonOf(error))) throw error;
        throw new AppError("unsupported", telegramTexts.say("noReaction"), { cause: error });
      });
    },
    async download(file, most) {
      if (file.bytes > Math.min(most, mostLoaded)) throw tooLarge();
      const { file_path: path } = await api.call("getFile", { file_id: file.source }).catch(unlessRefused);
      if (!path) throw tooLarge();
      // In one piece: the Bot API gives out no more than 20 MB.
      return inOnePiece(await api.load(path, most));
    },
  };
}

async function* inOnePiece(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content;
}

const placing = ({ channel, thread }: Address, { repliesTo }: Post) => ({
  chat_id: channel,
  ...(thread !== undefined && { message_thread_id: Number(thread) }),
  ...(repliesTo && {
    reply_parameters: { message_id: Number(repliesTo.message), allow_sending_without_reply: true },
  }),
});

/** The author's name in bold and the app it was written in; what it replies to; the text. */
function told({ author, from, quote, text }: Post, most?: number) {
  const out = writer(anybody);
  out.within("bold", () => out.text(oneLine(author)));
  out.text(` · ${oneLine(from)}`);
  out.gap(1);
  if (quote) {
    out.within("blockquote", () => out.text(oneLine(quote)));
    out.gap(1);
  }
  for (const piece of codeAndText(text)) {
    if ("text" in piece) out.text(piece.text);
    else if (piece.block) asBlock(out, piece.code);
    else out.within("code", () => out.text(piece.code));
  }
  return out.done(most);
}

/** In lines of its own, whatever stands around it in the text. */
function asBlock(out: Writer, code: string): void {
  out.gap(1);
  out.within("pre", () => out.text(code));
  out.gap(1);
}

const oneLine = (text: string) => text.replace(/\s+/g, " ");

const written = (post: Post) => ({ ...told(post), link_preview_options: { is_disabled: true } });

function captioned(post: Post) {
  const { text: caption, entities: caption_entities } = told(post, mostCaption);
  return { caption, caption_entities };
}

/** What Telegram could not read as a picture was not sent. */
const unlessUnreadable =
  <T>(otherwise: () => Promise<T>) =>
  (error: unknown) => {
    if (!/PHOTO|IMAGE/.test(reasonOf(error))) throw error;
    return otherwise();
  };

const tooLarge = () => new AppError("unavailable", telegramTexts.say("noFile"), { detail: { reason: "gone" } });

/** "file is too big", or an id that is no more. */
function unlessRefused(error: unknown): never {
  throw error instanceof AppError && error.code === "invalid" ? tooLarge() : error;
}
