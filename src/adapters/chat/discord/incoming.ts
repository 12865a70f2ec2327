// The part of Discord's gateway events that is read (discord.com/developers/docs/events/gateway-events), checked before anything believes it.
import { z } from "zod";

const id = z.string().regex(/^\d{1,20}$/);

const User = z.object({
  id,
  username: z.string(),
  global_name: z.string().nullish(),
  avatar: z.string().nullish(),
  bot: z.boolean().optional(),
});
export type User = z.infer<typeof User>;

const Attachment = z.object({
  filename: z.string(),
  content_type: z.string().optional(),
  size: z.number(),
  url: z.string(),
});

const PollWords = z.object({ text: z.string().nullish() });

/** What a message says, be it told of itself, forwarded or replied to. */
const SaidThere = z.object({
  content: z.string().default(""),
  mentions: z.array(User).default([]),
  attachments: z.array(Attachment).default([]),
  sticker_items: z.array(z.object({ name: z.string() })).default([]),
  poll: z.object({ question: PollWords, answers: z.array(z.object({ poll_media: PollWords })).default([]) }).nullish(),
  components: z.array(z.unknown()).default([]),
});
export type SaidThere = z.infer<typeof SaidThere>;

/** Edits bring whole messages too; what is absent in them reads as nothing. */
export const Message = SaidThere.extend({
  id,
  channel_id: id,
  guild_id: id.optional(),
  author: User.optional(),
  webhook_id: id.optional(),
  type: z.number().default(0),
  edited_timestamp: z.string().nullish(),
  message_reference: z.object({ message_id: id.optional(), channel_id: id.optional() }).optional(),
  referenced_message: SaidThere.extend({ author: z.object({ id }) }).nullish(),
  /** What it forwards. */
  message_snapshots: z.array(z.object({ message: SaidThere })).default([]),
});
export type Message = z.infer<typeof Message>;

export const Deleted = z.object({ id, channel_id: id, guild_id: id.optional() });
export const DeletedMany = z.object({ ids: z.array(id), channel_id: id, guild_id: id.optional() });

export const Reaction = z.object({
  user_id: id,
  channel_id: id,
  message_id: id,
  guild_id: id.optional(),
  member: z.object({ user: User }).optional(),
  emoji: z.object({ id: id.nullish(), name: z.string().nullish() }),
});
export type Reaction = z.infer<typeof Reaction>;

/** All reactions to a message were removed, or all with one emoji. */
export const Cleared = z.object({
  channel_id: id,
  message_id: id,
  guild_id: id.optional(),
  emoji: z.object({ id: id.nullish(), name: z.string().nullish() }).optional(),
});
export type Cleared = z.infer<typeof Cleared>;

export const Channel = z.object({
  id,
  type: z.number(),
  name: z.string().nullish(),
  parent_id: id.nullish(),
  guild_id: id.optional(),
  position: z.number().optional(),
  permission_overwrites: z
    .array(z.object({ id, type: z.number(), allow: z.string(), deny: z.string() }))
    .nullish()
    .transform((list) => list ?? []),
});
export type Channel = z.infer<typeof Channel>;

const Role = z.object({ id, permissions: z.string() });
const Member = z.object({ user: z.object({ id }).optional(), roles: z.array(id) });

/** A guild as it comes when it is there; with `unavailable` it is only known by its id. */
export const Guild = z.object({
  id,
  name: z.string(),
  owner_id: id,
  preferred_locale: z.string().optional(),
  system_channel_id: id.nullish(),
  joined_at: z.string().optional(),
  roles: z.array(Role),
  channels: z.array(Channel).default([]),
  members: z.array(Member).default([]),
});
export type Guild = z.infer<typeof Guild>;

export const GuildGone = z.object({ id, unavailable: z.boolean().optional(), joined_at: z.string().optional() });
export const Ready = z.object({ session_id: z.string(), guilds: z.array(z.object({ id })) });

const CommandOption = z.object({
  name: z.string(),
  type: z.number(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
});
export type CommandOption = z.infer<typeof CommandOption>;
/** An option, or a subcommand with options of its own. No deeper: none of our commands is in a group of subcommands. */
const Given = CommandOption.extend({ options: z.array(CommandOption).optional() });

const Filled = z.object({
  custom_id: z.string().optional(),
  value: z.string().optional(),
  values: z.array(z.string()).optional(),
});
export type Filled = z.infer<typeof Filled>;

/** Commands, presses, forms and what is being typed: which of them says `type`. */
export const Interaction = z.object({
  id,
  token: z.string(),
  type: z.number(),
  guild_id: id.optional(),
  channel: Channel.partial({ type: true, permission_overwrites: true }).optional(),
  channel_id: id.optional(),
  locale: z.string().optional(),
  member: z.object({ user: User, permissions: z.string().optional() }).optional(),
  user: User.optional(),
  message: z.object({ id, channel_id: id, flags: z.number().optional() }).optional(),
  data: z
    .object({
      name: z.string().optional(),
      type: z.number().optional(),
      target_id: id.optional(),
      options: z.array(Given).optional(),
      resolved: z
        .object({
          messages: z.record(z.string(), z.unknown()).optional(),
          /** Whom the options mention, those of text as well. */
          users: z.record(z.string(), User).optional(),
        })
        .optional(),
      custom_id: z.string().optional(),
      values: z.array(z.string()).optional(),
      components: z
        .array(z.object({ component: Filled.optional(), components: z.array(Filled).optional() }))
        .optional(),
    })
    .optional(),
});
export type Interaction = z.infer<typeof Interaction>;
