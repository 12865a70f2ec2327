// Messages of people: said to PeerSpark, or to each other where that may be read; changed, deleted, reacted to.
import { compiled } from "../../../core/kernel/compiled.ts";
import type { Deed, MessageRef, Talk } from "../../../core/ports/platform.ts";
import { type Around, accountOf, type Decoded, type Dispatch, discordPlace, updateOf } from "./decoded.ts";
import { Cleared, Deleted, DeletedMany, Message, Reaction, type User } from "./incoming.ts";
import { messageWords } from "./message-words.ts";
import { mentionsIn, withoutTags } from "./tags.ts";

const messages = compiled(Message);

export function decodeMessage({ t, s, session, d }: Dispatch, around: Around): readonly Decoded[] {
  const stamp = `${session}.${s}`;
  if (t === "MESSAGE_CREATE") return said(messages.parse(d), around);
  if (t === "MESSAGE_UPDATE") return around.content ? changed(messages.parse(d), around) : [];
  if (t === "MESSAGE_DELETE") return deleted({ ...Deleted.parse(d), ids: [Deleted.parse(d).id] }, stamp, around);
  if (t === "MESSAGE_DELETE_BULK") return deleted(DeletedMany.parse(d), stamp, around);
  if (t === "MESSAGE_REACTION_REMOVE_ALL" || t === "MESSAGE_REACTION_REMOVE_EMOJI")
    return cleared(Cleared.parse(d), stamp, around);
  const on = t === "MESSAGE_REACTION_ADD";
  return on || t === "MESSAGE_REACTION_REMOVE" ? reacted(Reaction.parse(d), on, stamp, around) : [];
}

/** A message as such, and a reply; the others are Discord's own (somebody joined, something was pinned). */
const written: ReadonlySet<number> = new Set([0, 19]);

const byPerson = (message: Message): message is Message & { author: User } =>
  message.author !== undefined && !message.author.bot && !message.webhook_id && written.has(message.type);

const whereOf = (message: { channel_id: string; guild_id?: string }, around: Around) =>
  discordPlace(around.channel ?? { id: message.channel_id }, message.guild_id, around);

function said(message: Message, around: Around): readonly Decoded[] {
  if (!byPerson(message)) return [];
  const place = whereOf(message, around);
  const { text, named, called } = calledText(message, around);
  const direct = place.kind === "direct";
  const talk = direct || called || !around.content ? undefined : talkOf(message, around);
  if (!called && !direct && !talk) return [];
  const deed: Deed = { kind: "text", text, addressed: called || direct, ...(talk && { talk }) };
  return [
    updateOf(message.id, place, deed, {
      account: accountOf(message.author),
      named,
      ...(!direct && { answers: message.id }),
    }),
  ];
}

/** Called by a mention, wherever it stands, which is no part of what is said. */
function calledText(message: Message, { self }: Around) {
  const { content, mentions } = message;
  const tag = `<@!?${self}>`;
  const rest = content.replace(new RegExp(`^\\s*${tag}[\\s,:]*`), "").replace(new RegExp(`\\s*${tag}`, "g"), "");
  const called = rest !== content;
  return { text: withoutTags(rest, mentions), named: mentionsIn(rest, mentions), called };
}

function talkOf(message: Message & { author: User }, around: Around): Talk {
  const repliesTo = message.type === 19 ? message.message_reference : undefined;
  const answered = message.referenced_message;
  const quote =
    repliesTo && answered && messageWords({ ...answered, mentions: message.mentions.concat(answered.mentions) });
  const forwards = message.message_snapshots.map((snapshot) => snapshot.message);
  return {
    message: refOf(message.id, message, around),
    text: messageWords(message, forwards),
    ...(repliesTo?.message_id && { repliesTo: refOf(repliesTo.message_id, message, around) }),
    ...(quote && { quote }),
    files: [message, ...forwards]
      .flatMap(({ attachments }) => attachments)
      .map(({ filename, content_type, size, url }) => ({
        name: filename,
        type: content_type ?? "application/octet-stream",
        bytes: size,
        source: url,
      })),
    ...(message.author.avatar && { avatar: avatarOf(message.author) }),
  };
}

const avatarOf = ({ id, avatar }: User) => `https://cdn.discordapp.com/avatars/${id}/${avatar}.png?size=128`;

function refOf(message: string, at: { channel_id: string; guild_id?: string }, around: Around): MessageRef {
  const { platform, channel, thread } = whereOf(at, around);
  return { platform, channel, ...(thread && { thread }), message };
}

/** An edit by somebody; a preview that Discord adds to a message has the time of the last edit, or none. */
function changed(message: Message, around: Around): readonly Decoded[] {
  if (!message.edited_timestamp || !message.guild_id || !byPerson(message)) return [];
  const deed: Deed = { kind: "edited", talk: talkOf(message, around) };
  const id = `${message.id}.${message.edited_timestamp}`;
  return [updateOf(id, whereOf(message, around), deed, { account: accountOf(message.author) })];
}

function deleted(
  gone: { ids: readonly string[]; channel_id: string; guild_id?: string },
  stamp: string,
  around: Around,
): readonly Decoded[] {
  if (!gone.guild_id || !around.content) return [];
  return gone.ids.map((id) =>
    updateOf(`${stamp}.${id}`, whereOf(gone, around), { kind: "deleted", message: refOf(id, gone, around) }),
  );
}

/** An emoji of a server's own means nothing elsewhere. Who took one back is told by id alone. */
function reacted(reaction: Reaction, on: boolean, stamp: string, around: Around): readonly Decoded[] {
  const { emoji, member, user_id: id, message_id } = reaction;
  if (!emoji.name || emoji.id || !reaction.guild_id || id === around.self || member?.user.bot) return [];
  const message = refOf(message_id, reaction, around);
  const account = accountOf(member?.user ?? { id, username: id });
  return [updateOf(stamp, whereOf(reaction, around), { kind: "reacted", message, emoji: emoji.name, on }, { account })];
}

function cleared(at: Cleared, stamp: string, around: Around): readonly Decoded[] {
  if (!at.guild_id || at.emoji?.id) return [];
  const message = refOf(at.message_id, at, around);
  const emoji = at.emoji?.name;
  return [updateOf(stamp, whereOf(at, around), { kind: "cleared", message, ...(emoji && { emoji }) })];
}
