// Methods that write: messages for all or for one, changes, removals, reactions.
import { checkedBlocks } from "./blocks.ts";
import { type Given, jsonOf } from "./given.ts";
import { wireMessage } from "./read.ts";
import { refuse } from "./refusal.ts";
import { type Block, type Channel, type Message, messageIn, type State, type StoredFile, type Team } from "./state.ts";

const mostText = 40_000;

export interface Content {
  readonly text: string;
  readonly blocks: readonly Block[];
}

export function contentOf(given: Given): Content {
  const blocks = given.blocks === undefined ? [] : checkedBlocks(jsonOf(given.blocks, "blocks"), "message");
  const text = given.text ?? "";
  if (text === "" && blocks.length === 0) refuse("no_text");
  if (text.length > mostText) refuse("msg_too_long");
  return { text, blocks };
}

/** The channel as the bot may see it: others' direct messages and private channels are not there for it. */
export function channelFor(state: State, team: Team, id: string | undefined): Channel {
  const channel = state.channels.get(id ?? "");
  const hidden = channel?.kind !== "channel" && !channel?.members.has(team.botUser);
  if (!channel || channel.team !== team.id || hidden) return refuse("channel_not_found");
  return channel;
}

/** @throws Refusal where the bot may not write. */
export function writable(state: State, team: Team, id: string | undefined): Channel {
  const channel = channelFor(state, team, id);
  if (channel.archived) refuse("is_archived");
  if (!channel.members.has(team.botUser)) refuse("not_in_channel");
  if (channel.kind === "im" && [...channel.members].some((member) => state.users.get(member)?.refuses))
    refuse("cannot_dm_bot");
  return channel;
}

export function keep(state: State, channel: Channel, message: Partial<Message> & Content & { user: string }): Message {
  const kept: Message = {
    channel: channel.id,
    ts: state.ts(),
    bot: false,
    edits: 0,
    reactions: [],
    files: [],
    gone: false,
    ...message,
  };
  channel.messages.push(kept);
  return kept;
}

/** Slack tells an app of its own messages too, marked as a bot's. */
export function echoed(state: State, channel: Channel, message: Message, more: object = {}): void {
  state.echo(channel, { ...wireMessage(message, false), ...more });
}

export function postMessage(state: State, team: Team, given: Given, scopes: readonly string[]) {
  const channel = writable(state, team, given.channel);
  const content = contentOf(given);
  if ((given.username ?? given.icon_url) !== undefined && !scopes.includes("chat:write.customize"))
    refuse("missing_scope", "chat:write.customize");
  if (given.username !== undefined && given.username.length > 80) refuse("invalid_arguments", "username is too long");
  if (given.unfurl_links !== "false" || given.unfurl_media !== "false") refuse("unfurls", "our texts must not unfurl");
  if (given.thread_ts !== undefined && !channel.messages.some(({ ts }) => ts === given.thread_ts))
    refuse("thread_not_found");
  state.limit(channel.id);
  const message = keep(state, channel, {
    ...content,
    user: team.botUser,
    bot: true,
    username: given.username,
    icon: given.icon_url,
    thread: given.thread_ts,
    metadata: given.metadata === undefined ? undefined : metadataOf(given.metadata),
  });
  echoed(state, channel, message, message.username === undefined ? {} : { subtype: "bot_message" });
  return { channel: channel.id, ts: message.ts, message: { ts: message.ts, text: message.text } };
}

function metadataOf(text: string): unknown {
  const metadata = jsonOf(text, "metadata") as { event_type?: unknown; event_payload?: unknown };
  if (typeof metadata.event_type !== "string" || typeof metadata.event_payload !== "object")
    refuse("invalid_metadata_format");
  return metadata;
}

export function postEphemeral(state: State, team: Team, given: Given) {
  const channel = writable(state, team, given.channel);
  const content = contentOf(given);
  if (!channel.members.has(given.user ?? "")) refuse("user_not_in_channel");
  const message = keep(state, channel, {
    ...content,
    user: team.botUser,
    bot: true,
    only: given.user,
    thread: given.thread_ts,
  });
  return { message_ts: message.ts };
}

function ownMessage(state: State, team: Team, given: Given, error: string): Message {
  const channel = writable(state, team, given.channel);
  const message = messageIn(channel, given.ts ?? "") ?? refuse("message_not_found");
  return message.user === team.botUser ? message : refuse(error);
}

export function update(state: State, team: Team, given: Given) {
  const message = ownMessage(state, team, given, "cant_update_message");
  const { text, blocks } = contentOf(given);
  const same = message.text === text && JSON.stringify(message.blocks) === JSON.stringify(blocks);
  const files = given.file_ids === undefined ? message.files : filesNamed(state, given.file_ids);
  const previous_message = wireMessage(message, false);
  Object.assign(message, { text, blocks, files, edits: message.edits + (same ? 0 : 1) });
  const now = wireMessage(message, false);
  const change = { subtype: "message_changed", hidden: true, message: now, previous_message };
  state.echo(state.channels.get(message.channel)!, { ...change, type: "message", ts: state.ts() });
  return { channel: message.channel, ts: message.ts, text, message: now };
}

/** Those that the app has uploaded; they are all that the message has then, while a change that names none leaves them. */
function filesNamed(state: State, ids: string): StoredFile[] {
  const named = jsonOf(ids, "file_ids") as readonly string[];
  return named.map((id) => state.files.get(id) ?? refuse("file_not_found"));
}

export function remove(state: State, team: Team, given: Given) {
  const message = ownMessage(state, team, given, "cant_delete_message");
  const previous_message = wireMessage(message, false);
  message.gone = true;
  const deletion = { subtype: "message_deleted", hidden: true, deleted_ts: message.ts, previous_message };
  state.echo(state.channels.get(message.channel)!, { ...deletion, type: "message", ts: state.ts() });
  return { channel: message.channel, ts: message.ts };
}

export function react(state: State, team: Team, given: Given, on: boolean) {
  const channel = writable(state, team, given.channel);
  const message = messageIn(channel, given.timestamp ?? "") ?? refuse("message_not_found");
  const name = given.name ?? "";
  if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) refuse("invalid_name");
  const reaction = message.reactions.find((one) => one.name === name);
  const set = reaction?.users.has(team.botUser) ?? false;
  if (on && set) refuse("already_reacted");
  if (!on && !set) refuse("no_reaction");
  if (!on) reaction?.users.delete(team.botUser);
  else if (reaction) reaction.users.add(team.botUser);
  else message.reactions.push({ name, users: new Set([team.botUser]) });
  const item = { type: "message", channel: channel.id, ts: message.ts };
  state.echo(channel, { type: on ? "reaction_added" : "reaction_removed", user: team.botUser, reaction: name, item });
  return {};
}
