// Reactions: the ones bots may set, one on a message, and what people's do to the bot's updates.
import { chatOf, mustBeWritable } from "./chats.ts";
import { listOf, numberOf, type Params } from "./params.ts";
import { refuse } from "./refusal.ts";
import { type Chat, type Person, type State, type StoredMessage, wireChat } from "./state.ts";

/** core.telegram.org/bots/api#reactiontypeemoji */
const known: ReadonlySet<string> = new Set([
  ..."👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈".split(
    " ",
  ),
  ..."😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡".split(" "),
]);

export function setMessageReaction(state: State, params: Params): true {
  const chat = chatOf(state, params);
  mustBeWritable(state, chat);
  const message = chat.messages.get(numberOf(params, "message_id") ?? 0);
  if (!message) return refuse(400, "message to react not found");
  const emojis = (listOf(params, "reaction") ?? []).map((one) => {
    const { type, emoji } = (one ?? {}) as Record<string, unknown>;
    return type === "emoji" && typeof emoji === "string" && known.has(emoji) ? emoji : refuse(400, "REACTION_INVALID");
  });
  if (emojis.length > 1) refuse(400, "REACTIONS_TOO_MANY");
  message.reactions.set(state.bot.id, emojis);
  return true;
}

/** Bots hear of it where they administer the group. */
export function react(
  state: State,
  chat: Chat,
  message: StoredMessage,
  user: Person,
  emoji: string,
  on: boolean,
): void {
  if (!known.has(emoji)) throw new Error(`people can't react with ${emoji}`);
  const before = message.reactions.get(user.id) ?? [];
  const after = [...before.filter((one) => one !== emoji), ...(on ? [emoji] : [])];
  message.reactions.set(user.id, after);
  if (!["administrator", "creator"].includes(chat.members.get(state.bot.id) ?? "")) return;
  const listed = (emojis: readonly string[]) => emojis.map((one) => ({ type: "emoji", emoji: one }));
  state.emit({
    message_reaction: {
      chat: wireChat(chat, state.people),
      message_id: message.id,
      user,
      date: Math.floor(state.now() / 1000),
      old_reaction: listed(before),
      new_reaction: listed(after),
    },
  });
}
