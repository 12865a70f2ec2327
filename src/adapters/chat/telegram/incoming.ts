// The part of Telegram's updates that is read (core.telegram.org/bots/api#update), checked before anything believes it.
import { z } from "zod";
import { just, maybe } from "../../../core/plain-shapes.ts";

const id = just.int;

const User = z.object({
  id,
  is_bot: just.boolean,
  first_name: just.string,
  last_name: maybe.string,
  username: maybe.string,
  language_code: maybe.string,
});
export type User = z.infer<typeof User>;

const Chat = z.object({
  id,
  type: z.enum(["private", "group", "supergroup", "channel"]),
  title: maybe.string,
});
export type Chat = z.infer<typeof Chat>;

/** Any kind of file; what has no name of its own gets one. */
const Media = z.object({
  file_id: just.string,
  file_name: maybe.string,
  mime_type: maybe.string,
  file_size: z.number().optional(),
});
export type Media = z.infer<typeof Media>;

/** Offsets and lengths in UTF-16 code units, as JavaScript counts. */
const Entity = z.object({
  type: just.string,
  offset: z.number(),
  length: z.number(),
  url: maybe.string,
  language: maybe.string,
  /** Of a `text_mention`: somebody without a username. */
  user: User.optional(),
});
const worded = {
  text: maybe.string,
  entities: z.array(Entity).optional(),
  caption: maybe.string,
  caption_entities: z.array(Entity).optional(),
};
export type Worded = z.infer<z.ZodObject<typeof worded>>;

const Message = z.object({
  message_id: id,
  chat: Chat,
  from: User.optional(),
  /** Set for anonymous administrators, linked channels and people who write as a channel. */
  sender_chat: z.object({ id }).optional(),
  /** Posted by the linked channel, nobody said it here. */
  is_automatic_forward: maybe.boolean,
  message_thread_id: id.optional(),
  is_topic_message: maybe.boolean,
  ...worded,
  /** In several sizes. */
  photo: z.array(Media).optional(),
  document: Media.optional(),
  animation: Media.optional(),
  audio: Media.optional(),
  voice: Media.optional(),
  video: Media.optional(),
  video_note: Media.optional(),
  sticker: z.object({ emoji: maybe.string }).optional(),
  location: z.unknown().optional(),
  contact: z.unknown().optional(),
  poll: z.unknown().optional(),
  dice: z.unknown().optional(),
  reply_to_message: z
    .object({
      message_id: id,
      from: z.object({ id }).optional(),
      ...worded,
      forum_topic_created: z.unknown().optional(),
    })
    .optional(),
  migrate_to_chat_id: id.optional(),
});
export type Message = z.infer<typeof Message>;

/** The message under a pressed button; one that is too old to be read has chat, id and date 0 only. */
const Pressed = Message.pick({ message_id: true, chat: true, message_thread_id: true, is_topic_message: true });

const Press = z.object({ id: just.string, from: User, message: Pressed.optional(), data: maybe.string });
export type Press = z.infer<typeof Press>;

const Membership = z.object({
  status: z.enum(["creator", "administrator", "member", "restricted", "left", "kicked"]),
  is_member: maybe.boolean,
  can_send_messages: maybe.boolean,
});
export type Membership = z.infer<typeof Membership>;

const MembershipChange = z.object({
  chat: Chat,
  from: User,
  old_chat_member: Membership,
  new_chat_member: Membership,
});
export type MembershipChange = z.infer<typeof MembershipChange>;

/** Custom and paid reactions have no emoji. */
const Reaction = z.object({ type: just.string, emoji: maybe.string });

const ReactionChange = z.object({
  chat: Chat,
  message_id: id,
  /** Absent where a group reacts. */
  user: User.optional(),
  old_reaction: z.array(Reaction),
  new_reaction: z.array(Reaction),
});
export type ReactionChange = z.infer<typeof ReactionChange>;

/** Kinds that are not asked for (channel posts, …) come through as nothing at all. */
export const Incoming = z.object({
  update_id: id,
  message: Message.optional(),
  edited_message: Message.optional(),
  message_reaction: ReactionChange.optional(),
  callback_query: Press.optional(),
  my_chat_member: MembershipChange.optional(),
});
export type Incoming = z.infer<typeof Incoming>;

/** What is asked for, in getUpdates and setWebhook alike. */
export const allowedUpdates = [
  "message",
  "edited_message",
  "message_reaction",
  "callback_query",
  "my_chat_member",
] as const;
