// People, channels, messages and guilds as Discord writes them.
import { type Channel, flag, type Guild, type Message, type Person, type State } from "./state.ts";

export const wirePerson = ({ id, username, global_name, avatar, bot }: Person) => ({
  id,
  username,
  global_name,
  avatar,
  discriminator: "0",
  ...(bot && { bot }),
});

export const wireChannel = ({ id, type, name, guild, parent, person, overwrites }: Channel, bot: Person) => ({
  id,
  type,
  ...(name && { name }),
  ...(guild && { guild_id: guild.id, permission_overwrites: overwrites, position: 0 }),
  ...(parent && { parent_id: parent.id }),
  ...(type === 1 && { recipients: [wirePerson(person ?? bot)] }),
});

export function wireGuild(guild: Guild, state: State) {
  const channels = [...guild.channels.values()].map((channel) => wireChannel(channel, state.bot));
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.owner,
    preferred_locale: guild.locale,
    system_channel_id: guild.systemChannel ?? null,
    joined_at: guild.joinedAt,
    unavailable: false,
    large: false,
    member_count: guild.members.size,
    roles: [...guild.roles.values()].map(({ id, name, permissions }) => ({ id, name, permissions: `${permissions}` })),
    channels: channels.filter(({ type }) => type !== 11),
    threads: channels.filter(({ type }) => type === 11),
    members: [wireMember(guild, state.bot)],
    emojis: [],
    stickers: [],
    features: [],
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
  };
}

export const wireMember = (guild: Guild, person: Person) => ({
  user: wirePerson(person),
  roles: [...(guild.members.get(person.id) ?? [])],
  joined_at: guild.joinedAt,
  deaf: false,
  mute: false,
  flags: 0,
});

export function wireMessage(message: Message, state: State): Record<string, unknown> {
  const { id, channel, author, type, at, content, components, flags, reply, nonce, edits, files } = message;
  const answered = reply ? channel.messages.get(reply) : undefined;
  const named = [...content.matchAll(/<@!?(\d+)>/g)].map(([, who]) => state.people.get(who!)).filter(Boolean);
  return {
    id,
    channel_id: channel.id,
    author: wirePerson(author),
    type,
    content,
    components,
    flags: flags | (message.only ? flag.ephemeral : 0),
    mentions: named.map((one) => wirePerson(one!)),
    mention_roles: [],
    mention_everyone: false,
    attachments: files.map(({ name, type: kind, bytes }, n) => ({
      id: `${BigInt(id) + BigInt(n + 1)}`,
      filename: name,
      content_type: kind,
      size: bytes.length,
      url: `${state.filesAt}/attachments/${channel.id}/${id}/${n}`,
      proxy_url: "",
    })),
    embeds: [],
    pinned: false,
    tts: false,
    timestamp: new Date(at).toISOString(),
    edited_timestamp: edits ? new Date(at + edits).toISOString() : null,
    ...(nonce && { nonce }),
    ...(reply && { message_reference: { type: 0, message_id: reply, channel_id: channel.id } }),
    ...(answered && { referenced_message: wireMessage({ ...answered, reply: undefined }, state) }),
  };
}
