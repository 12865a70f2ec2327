// Servers as Discord describes them to a bot when it connects, and commands said in them; all ids are like Discord's.

const counts = { channels: 50, roles: 10, members: 20, emojis: 20 } as const;
const from = (n: number) => Array.from({ length: n }, (_, at) => at);
const since = "2026-03-14T09:26:53.589000+00:00";

/** `part` tells apart what there is several of in a guild; 0 is the guild itself, and its @everyone. */
const snowflake = (guild: number, part: number) =>
  `${1_230_000_000_000_000_000n + BigInt(guild) * 1_000n + BigInt(part)}`;
const channelId = (guild: number, at: number) => snowflake(guild, 100 + at);
const userId = (guild: number, at: number) => snowflake(guild, 300 + at);

export const bot = {
  id: "1229999999999999999",
  username: "Bench",
  discriminator: "0",
  global_name: null,
  avatar: null,
  bot: true,
};

const user = (guild: number, at: number) => ({
  id: userId(guild, at),
  username: `ada.lovelace.${guild}.${at}`,
  discriminator: "0",
  global_name: "Ada Lovelace",
  avatar: "8342729096ea3675442027381ff50dfe",
  avatar_decoration_data: null,
  collectibles: null,
  clan: null,
  primary_guild: null,
  public_flags: 64,
});

const member = (guild: number, at: number) => ({
  user: at === 0 ? bot : user(guild, at),
  nick: at % 3 ? null : `Countess ${at}`,
  avatar: null,
  banner: null,
  roles: [snowflake(guild, 1 + (at % (counts.roles - 1)))],
  joined_at: since,
  premium_since: null,
  communication_disabled_until: null,
  pending: false,
  deaf: false,
  mute: false,
  flags: 0,
});

const channel = (guild: number, at: number) => ({
  id: channelId(guild, at),
  type: at % 10 === 0 ? 4 : at % 10 === 9 ? 2 : 0,
  name: `linear-algebra-${at}`,
  topic: at % 2 ? "Chapters of the week, and whatever remains unclear after them." : null,
  position: at,
  parent_id: at % 10 === 0 ? null : channelId(guild, at - (at % 10)),
  permission_overwrites: from(2).map((n) => ({ id: snowflake(guild, n), type: 0, allow: "1024", deny: "0" })),
  last_message_id: snowflake(guild, 900),
  rate_limit_per_user: 0,
  nsfw: false,
  version: 1_700_000_000_000,
  flags: 0,
});

const role = (guild: number, at: number) => ({
  id: snowflake(guild, at),
  name: at === 0 ? "@everyone" : `Group ${at}`,
  description: null,
  permissions: "2248473465835073",
  position: at,
  color: 3_447_003,
  colors: { primary_color: 3_447_003, secondary_color: null, tertiary_color: null },
  hoist: false,
  managed: false,
  mentionable: false,
  icon: null,
  unicode_emoji: null,
  flags: 0,
});

const emoji = (guild: number, at: number) => ({
  id: snowflake(guild, 500 + at),
  name: `theorem_${at}`,
  roles: [],
  require_colons: true,
  managed: false,
  animated: false,
  available: true,
});

export const guildId = (guild: number) => snowflake(guild, 0);

export const guildCreate = (guild: number) => ({
  id: guildId(guild),
  name: `Study server ${guild}`,
  icon: "1230f8a37f6ea8a2c1d27e0a3b8fd5e0",
  description: null,
  splash: null,
  banner: null,
  owner_id: userId(guild, 1),
  region: "deprecated",
  preferred_locale: "en-US",
  system_channel_id: channelId(guild, 1),
  system_channel_flags: 0,
  rules_channel_id: null,
  public_updates_channel_id: null,
  afk_channel_id: null,
  afk_timeout: 300,
  verification_level: 1,
  default_message_notifications: 1,
  explicit_content_filter: 0,
  mfa_level: 0,
  nsfw_level: 0,
  nsfw: false,
  premium_tier: 0,
  premium_subscription_count: 0,
  premium_progress_bar_enabled: false,
  vanity_url_code: null,
  max_members: 500_000,
  max_video_channel_users: 25,
  features: ["COMMUNITY", "NEWS"],
  joined_at: since,
  large: false,
  lazy: true,
  unavailable: false,
  member_count: counts.members,
  roles: from(counts.roles).map((at) => role(guild, at)),
  channels: from(counts.channels).map((at) => channel(guild, at)),
  members: from(counts.members).map((at) => member(guild, at)),
  emojis: from(counts.emojis).map((at) => emoji(guild, at)),
  stickers: [],
  threads: [],
  voice_states: [],
  presences: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
  application_command_counts: {},
  embedded_activities: [],
});

/** Of somebody in some channel of the guild; `n` names it. */
export function commandSaid(n: number, guild: number) {
  const at = 1 + (n % (counts.members - 1));
  const { user: who, ...rest } = member(guild, at);
  const where = channel(guild, 1 + (n % 8));
  return {
    id: `${1_300_000_000_000_000_000n + BigInt(n)}`,
    token: `aW50ZXJhY3Rpb246${n.toString().padStart(160, "0")}`,
    application_id: bot.id,
    type: 2,
    version: 1,
    data: {
      id: "1235000000000000000",
      name: "profile",
      type: 1,
      options: [{ type: 1, name: "show", options: [] }],
    },
    guild_id: guildId(guild),
    guild: { id: guildId(guild), locale: "en-US", features: ["COMMUNITY", "NEWS"] },
    guild_locale: "en-US",
    channel_id: where.id,
    channel: { ...where, guild_id: guildId(guild), permissions: "2248473465835073" },
    member: { user: who, ...rest, unusual_dm_activity_until: null, permissions: "2248473465835073" },
    locale: "en-US",
    app_permissions: "2248473465835073",
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: { 0: guildId(guild) },
    context: 0,
    attachment_size_limit: 10_485_760,
  };
}
