// The rights that PeerSpark asks for in a workspace, each with what it is for.

export const scopes = [
  /** Knowing when it is called by name. */
  "app_mentions:read",
  /** Hearing what is said in the channels it is in; finding out whether a message was sent before. */
  "channels:history",
  "groups:history",
  "im:history",
  /** Who made a channel. */
  "channels:read",
  "groups:read",
  "im:read",
  "im:write",
  "chat:write",
  /** Posting in the name of people on other platforms. */
  "chat:write.customize",
  "commands",
  "files:read",
  "files:write",
  "reactions:read",
  "reactions:write",
  /** Names, languages and time zones. */
  "users:read",
] as const;

export const botEvents = [
  "app_home_opened",
  "app_mention",
  "app_uninstalled",
  "channel_id_changed",
  "channel_left",
  "group_left",
  "member_joined_channel",
  "member_left_channel",
  "message.channels",
  "message.groups",
  "message.im",
  "reaction_added",
  "reaction_removed",
  "tokens_revoked",
] as const;
