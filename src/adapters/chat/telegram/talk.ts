// What people say to each other in a group: the message with its files and what it replies to, and reactions.
import type { Deed, MessageRef, Place, Talk, TalkFile } from "../../../core/ports/platform.ts";
import { typedCode } from "../coded.ts";
import { uncovered } from "../uncovered.ts";
import type { Media, Message, ReactionChange, Worded } from "./incoming.ts";

const refIn = ({ platform, channel, thread }: Place, message: number): MessageRef => ({
  platform,
  channel,
  message: `${message}`,
  ...(thread && { thread }),
});

/** Mentions stand as they were written: "@ada", or the name of somebody without a username. */
export function talkOf(message: Message, place: Place): Talk {
  const answered = message.reply_to_message;
  const replied = answered && answered.forum_topic_created === undefined ? answered : undefined;
  const quote = replied && wordsOf(replied);
  return {
    message: refIn(place, message.message_id),
    text: wordsOf(message) ?? message.sticker?.emoji ?? "",
    ...(replied && { repliesTo: refIn(place, replied.message_id) }),
    ...(quote && { quote }),
    files: filesOf(message),
  };
}

/** With the addresses that words lead to and code between backticks, without what is covered. */
function wordsOf({ text, entities, caption, caption_entities }: Worded): string | undefined {
  const said = text ?? caption;
  if (said === undefined) return undefined;
  const marked = (text === undefined ? caption_entities : entities) ?? [];
  const spoilers = marked.filter(({ type }) => type === "spoiler");
  const isCovered = (at: number) => spoilers.some(({ offset, length }) => offset <= at && at < offset + length);
  const typed = marked.filter(({ type, offset }) => typedAs[type] !== undefined && !isCovered(offset));
  const fromTheEnd = [...spoilers, ...typed].sort((one, other) => other.offset - one.offset);
  return fromTheEnd.reduce((text, mark) => {
    const end = mark.offset + mark.length;
    const inner = text.slice(mark.offset, end);
    return text.slice(0, mark.offset) + (typedAs[mark.type]?.(inner, mark) ?? uncovered) + text.slice(end);
  }, said);
}

type Marking = NonNullable<Worded["entities"]>[number];

/** What keeps its meaning in plain text. */
const typedAs: Readonly<Record<string, (inner: string, mark: Marking) => string>> = {
  text_link: (inner, { url }) => (url ? `${inner} (${url})` : inner),
  code: (inner) => typedCode(inner, false),
  pre: (inner, { language }) => typedCode(inner, true, language),
};

function filesOf({ photo, document, animation, audio, voice, video, video_note: round }: Message): TalkFile[] {
  const largest = photo?.at(-1);
  if (largest) return [fileOf(largest, "photo.jpg", "image/jpeg")];
  // An animation comes as a document too.
  if (animation) return [fileOf(animation, "animation.mp4", "video/mp4")];
  if (document) return [fileOf(document, "file", "application/octet-stream")];
  if (audio) return [fileOf(audio, "audio.mp3", "audio/mpeg")];
  if (voice) return [fileOf(voice, "voice.ogg", "audio/ogg")];
  const film = video ?? round;
  return film ? [fileOf(film, "video.mp4", "video/mp4")] : [];
}

const fileOf = (media: Media, name: string, type: string): TalkFile => ({
  name: media.file_name ?? name,
  type: media.mime_type ?? type,
  bytes: media.file_size ?? 0,
  source: media.file_id,
});

export const hasSomething = (message: Message): boolean =>
  message.sticker?.emoji !== undefined || filesOf(message).length > 0;

/** Somebody sent it, though it has neither words nor a file; service messages (a pin, a new title) are nobody's words. */
export const isWordless = ({ sticker, location, contact, poll, dice }: Message): boolean =>
  [sticker, location, contact, poll, dice].some((part) => part !== undefined);

/** One deed for each emoji that came or went. Telegram doesn't tell the topic. */
export function reactionsOf({ message_id: id, old_reaction, new_reaction }: ReactionChange, place: Place): Deed[] {
  const [before, after] = [emojisOf(old_reaction), emojisOf(new_reaction)];
  const message = refIn(place, id);
  const changed = (emojis: ReadonlySet<string>, on: boolean): Deed[] =>
    [...emojis].map((emoji) => ({ kind: "reacted", message, emoji, on }));
  return [...changed(before.difference(after), false), ...changed(after.difference(before), true)];
}

const emojisOf = (reactions: ReactionChange["old_reaction"]): ReadonlySet<string> =>
  new Set(reactions.flatMap(({ emoji }) => emoji ?? []));
