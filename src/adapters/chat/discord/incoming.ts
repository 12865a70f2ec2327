// The part of Discord's gateway events that is read (discord.com/developers/docs/events/gateway-events), checked before anything believes it.
import { z } from "zod";
import { just, maybe } from "../../../core/plain-shapes.ts";

const id = just.string.regex(/^\d{1,20}$/);

const User = z.object({
  id,
  username: just.string,
  global_name: just.string.nullish(),
  avatar: just.string.nullish(),
  bot: maybe.boolean,
});
export type User = z.infer<typeof User>;

const Attachment = z.object({
  filename: just.string,
  content_type: maybe.string,
  size: z.number(),
  url: just.string,
});

const PollWords = z.object({ text: just.string.nullish() });

/** What a message says, be it told of itself, forwarded or replied to. */
const SaidThere = z.object({
  content: just.string.default(""),
  mentions: z.array(User).default([]),
  attachments: z.array(Attachment).default([]),
  sticker_items: z.array(z.object({ name: just.string })).default([]),
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
  edited_timestamp: just.string.nullish(),
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
  emoji: z.object({ id: id.nullish(), name: just.string.nullish() }),
});
export type Reaction = z.infer<typeof Reaction>;

/** All reactions to a message were removed, or all with one emoji. */
export const Cleared = z.object({
  channel_id: id,
  message_id: id,
  guild_id: id.optional(),
  emoji: z.object({ id: id.nullish(), name: just.string.nullish() }).optional(),
});
export type Cleared = z.infer<typeof Cleared>;

export const Channel = z.object({
  id,
  type: z.number(),
  name: just.string.nullish(),
  parent_id: id.nullish(),
  guild_id: id.optional(),
  position: z.number().optional(),
  permission_overwrites: z
    .array(z.object({ id, type: z.number(), allow: just.string, deny: just.string }))
    .nullish()
    .transform((list) => list ?? []),
});
export type Channel = z.infer<typeof Channel>;

const Role = z.object({ id, permissions: just.string });
const Member = z.object({ user: z.object({ id }).optional(), roles: z.array(id) });

/** A guild as it comes when it is there; with `unavailable` it is only known by its id. */
export const Guild = z.object({
  id,
  name: just.string,
  owner_id: id,
  preferred_locale: maybe.string,
  system_channel_id: id.nullish(),
  joined_at: maybe.string,
  roles: z.array(Role),
  channels: z.array(Channel).default([]),
  members: z.array(Member).default([]),
});
export type Guild = z.infer<typeof Guild>;

export const GuildGone = z.object({ id, unavailable: maybe.boolean, joined_at: maybe.string });
export const Ready = z.object({ session_id: just.string, guilds: z.array(z.object({ id })) });

const CommandOption = z.object({
  name: just.string,
  type: z.number(),
  value: z.union([just.string, z.number(), just.boolean]).optional(),
  focused: maybe.boolean,
});
export type CommandOption = z.infer<typeof CommandOption>;
/** An option, or a subcommand with options of its own. No deeper: none of our commands is in a group of subcommands. */
const Given = CommandOption.extend({ options: z.array(CommandOption).optional() });

const Filled = z.object({
  custom_id: maybe.string,
  value: maybe.string,
  values: z.array(just.string).optional(),
});
export type Filled = z.infer<typeof Filled>;

/** Commands, presses, forms and what is being typed: which of them says `type`. */
export const Interaction = z.object({
  id,
  token: just.string,
  type: z.number(),
  guild_id: id.optional(),
  channel: Channel.partial({ type: true, permission_overwrites: true }).optional(),
  channel_id: id.optional(),
  locale: maybe.string,
  member: z.object({ user: User, permissions: maybe.string }).optional(),
  user: User.optional(),
  message: z.object({ id, channel_id: id, flags: z.number().optional() }).optional(),
  data: z
    .object({
      name: maybe.string,
      type: z.number().optional(),
      target_id: id.optional(),
      options: z.array(Given).optional(),
      resolved: z
        .object({
          messages: z.record(just.string, z.unknown()).optional(),
          /** Whom the options mention, those of text as well. */
          users: z.record(just.string, User).optional(),
        })
        .optional(),
      custom_id: maybe.string,
      values: z.array(just.string).optional(),
      components: z
        .array(z.object({ component: Filled.optional(), components: z.array(Filled).optional() }))
        .optional(),
    })
    .optional(),
});
export type Interaction = z.infer<typeof Interaction>;
