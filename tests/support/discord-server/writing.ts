// Messages as they come into being, change and go, and who is told of it.
import { checkedMessage, listOf } from "./limits.ts";
import { refuse } from "./refusal.ts";
import { mayIn, needs, right } from "./rights.ts";
import { type Body, type Channel, flag, intents, type Message, type Person, type State } from "./state.ts";
import { wireMessage, wirePerson } from "./wire.ts";

export type Files = readonly { readonly name: string; readonly type: string; readonly bytes: Buffer }[];

const fileLimit = 10 * 1024 * 1024;

export interface Writing {
  readonly author: Person;
  readonly only?: string;
  readonly loading?: boolean;
  readonly files?: Files;
}

/** A checked message in its channel. */
export function written(state: State, channel: Channel, body: Body, writing: Writing): Message {
  const { author, only, loading = false, files = [] } = writing;
  if (!loading) checkedMessage(body, files.length);
  for (const { bytes } of files) if (bytes.length > fileLimit) refuse(40005);
  const reply = (body.message_reference as { message_id?: string } | undefined)?.message_id;
  const message: Message = {
    id: state.id(),
    channel,
    author,
    type: reply && channel.messages.has(reply) ? 19 : 0,
    at: state.now(),
    content: String(body.content ?? "").trim(),
    components: listOf(body.components),
    flags: Number(body.flags ?? 0) & ~flag.ephemeral,
    files,
    ...(reply && channel.messages.has(reply) && { reply }),
    ...(body.nonce !== undefined && { nonce: String(body.nonce) }),
    only,
    loading,
    edits: 0,
    reactions: new Map(),
  };
  channel.messages.set(message.id, message);
  if (!only && !loading) told(state, "MESSAGE_CREATE", message);
  return message;
}

export function told(state: State, name: string, message: Message): void {
  const { guild } = message.channel;
  const body =
    name === "MESSAGE_DELETE" ? { id: message.id, channel_id: message.channel.id } : wireMessage(message, state);
  const member =
    guild && name !== "MESSAGE_DELETE" ? { member: { roles: [...(guild.members.get(message.author.id) ?? [])] } } : {};
  state.emit(
    name,
    { ...body, ...(guild && { guild_id: guild.id }), ...member },
    { guild, intent: guild ? intents.guildMessages : intents.directMessages },
  );
}

export function changed(state: State, message: Message, body: Body): Message {
  const v2 = (message.flags & flag.v2) !== 0;
  checkedMessage(
    { flags: v2 ? flag.v2 : 0, components: message.components, content: message.content, ...body },
    message.files.length,
  );
  const next = {
    content: String(body.content ?? message.content).trim(),
    components: listOf(body.components ?? message.components),
  };
  const shown = ({ content, components }: Pick<Message, "content" | "components">) =>
    JSON.stringify([content, components]);
  const news = message.loading || shown(next) !== shown(message);
  if (!message.loading && news) message.edits++;
  Object.assign(message, next, { flags: message.flags | (Number(body.flags ?? 0) & flag.v2) });
  if (message.loading) {
    message.loading = false;
    if (!message.only) told(state, "MESSAGE_CREATE", message);
  } else if (news && !message.only) told(state, "MESSAGE_UPDATE", message);
  return message;
}

export function removed(state: State, message: Message): void {
  message.channel.messages.delete(message.id);
  if (!message.only) told(state, "MESSAGE_DELETE", message);
}

/** Nonces are remembered for some minutes. */
const nonceLife = 5 * 60_000;

export function sent(state: State, channel: Channel, body: Body, files: Files): Message {
  if (channel.person && state.closedTo.has(channel.person.id)) refuse(50007);
  if (channel.type === 15 || channel.type === 4) refuse(50008);
  if (channel.locked) refuse(160005);
  needs(state, channel, channel.parent ? "sendInThreads" : "send");
  if (files.length) needs(state, channel, "attachFiles");
  const mayRead = !channel.guild || mayIn(channel.guild, state.bot.id, channel) & right.readHistory;
  if (body.message_reference && !mayRead) refuse(160002);
  const before = [...channel.messages.values()].find(
    ({ nonce, author, at }) =>
      body.enforce_nonce === true &&
      nonce === String(body.nonce) &&
      author.id === state.bot.id &&
      state.now() - at < nonceLife,
  );
  return before ?? written(state, channel, body, { author: state.bot, files });
}

/** Told of when it changes anything. */
export function reacted(state: State, message: Message, reaction: { who: Person; emoji: string; on: boolean }): void {
  const { who, emoji, on } = reaction;
  const before = message.reactions.get(emoji) ?? new Set();
  if (before.has(who.id) === on) return;
  message.reactions.set(emoji, on ? before.union(new Set([who.id])) : before.difference(new Set([who.id])));
  const { guild, id } = message.channel;
  const where = { user_id: who.id, channel_id: id, message_id: message.id, ...(guild && { guild_id: guild.id }) };
  const member = on && guild ? { member: { user: wirePerson(who), roles: [] } } : {};
  const told = { ...where, ...member, emoji: { id: null, name: emoji } };
  state.emit(`MESSAGE_REACTION_${on ? "ADD" : "REMOVE"}`, told, { guild, intent: intents.guildReactions });
}

/** A moderator takes all reactions away, PeerSpark's own too, or all with one emoji. */
export function cleared(state: State, message: Message, emoji?: string): void {
  if (emoji === undefined) message.reactions.clear();
  else message.reactions.delete(emoji);
  const { guild, id } = message.channel;
  const where = { channel_id: id, message_id: message.id, ...(guild && { guild_id: guild.id }) };
  const told = emoji === undefined ? where : { ...where, emoji: { id: null, name: emoji } };
  const event = `MESSAGE_REACTION_REMOVE_${emoji === undefined ? "ALL" : "EMOJI"}`;
  state.emit(event, told, { guild, intent: intents.guildReactions });
}

export const messageOf = (channel: Channel, id: string | undefined): Message => {
  const message = channel.messages.get(id ?? "");
  return message && !message.only && !message.loading ? message : refuse(10008);
};
