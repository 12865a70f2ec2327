// The part of Telegram's updates that is read (core.telegram.org/bots/api#update), checked before anything believes it.
import { z } from "zod";

const id = z.number().int();

const User = z.object({
  id,
  is_bot: z.boolean(),
  first_name: z.string(),
  last_name: z.string().optional(),
  language_code: z.string().optional(),
});
export type User = z.infer<typeof User>;

const Chat = z.object({
  id,
  type: z.enum(["private", "group", "supergroup", "channel"]),
  title: z.string().optional(),
});
export type Chat = z.infer<typeof Chat>;

const Message = z.object({
  message_id: id,
  chat: Chat,
  from: User.optional(),
  /** Set for anonymous administrators, linked channels and people who write as a channel. */
  sender_chat: z.object({ id }).optional(),
  message_thread_id: id.optional(),
  is_topic_message: z.boolean().optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  reply_to_message: z
    .object({ from: z.object({ id }).optional(), forum_topic_created: z.unknown().optional() })
    .optional(),
  migrate_to_chat_id: id.optional(),
});
export type Message = z.infer<typeof Message>;

/** The message under a pressed button; one that is too old to be read has chat, id and date 0 only. */
const Pressed = Message.pick({ message_id: true, chat: true, message_thread_id: true, is_topic_message: true });

const Press = z.object({ id: z.string(), from: User, message: Pressed.optional(), data: z.string().optional() });
export type Press = z.infer<typeof Press>;

const Membership = z.object({
  status: z.enum(["creator", "administrator", "member", "restricted", "left", "kicked"]),
  is_member: z.boolean().optional(),
  can_send_messages: z.boolean().optional(),
});
export type Membership = z.infer<typeof Membership>;

const MembershipChange = z.object({
  chat: Chat,
  from: User,
  old_chat_member: Membership,
  new_chat_member: Membership,
});
export type MembershipChange = z.infer<typeof MembershipChange>;

/** Kinds that are not asked for (edits, channel posts, …) come through as nothing at all. */
export const Incoming = z.object({
  update_id: id,
  message: Message.optional(),
  callback_query: Press.optional(),
  my_chat_member: MembershipChange.optional(),
});
export type Incoming = z.infer<typeof Incoming>;

/** What is asked for, in getUpdates and setWebhook alike. */
export const allowedUpdates = ["message", "callback_query", "my_chat_member"] as const;
