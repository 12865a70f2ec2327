// The Telegram of a city: the real adapter against the strict server, and people with lines, questions and buttons.
import { telegram } from "../../../src/adapters/chat/telegram/index.ts";
import type { LeapingClock } from "../leaping-clock.ts";
import {
  type ShownMessage,
  type TelegramServer,
  type TestGroup,
  type TestUser,
  telegramServer,
} from "../telegram-server/index.ts";
import { type District, type Hand, inWords, newestWith, type Seen, type Square } from "./district.ts";

export interface TelegramDistrict extends District {
  readonly server: TelegramServer;
  userOf(hand: Hand): TestUser;
}

const secret = "a-secret_of-32-letters-and-digits";

export async function telegramDistrict(clock: LeapingClock): Promise<TelegramDistrict> {
  const server = await telegramServer({ now: clock.now, retryMs: 20 });
  const users = new Map<Hand, TestUser>();
  const groups = new Map<string, TestGroup>();
  const { token, url: apiRoot } = server;

  return {
    name: "telegram",
    server,
    secrets: [token, token.split(":")[1]!, secret],
    userOf: (hand) => users.get(hand)!,
    platform({ clock: houseClock, log, publicUrl }) {
      return telegram({ token, apiRoot, clock: houseClock, log, rates: "none", webhook: { publicUrl, secret } });
    },
    person(first, { language = "en" } = {}) {
      const user = server.user({ first, language });
      const hand = handOf(server, user);
      users.set(hand, user);
      return hand;
    },
    square({ title, people, arrives = false, hears = false }) {
      const group = server.group({ title, bot: !arrives, botAdmin: hears });
      people.forEach((one, index) => {
        group.add(users.get(one)!, { admin: index === 0 });
      });
      if (arrives) group.addBot(users.get(people[0]!)!);
      groups.set(`${group.id}`, group);
      return { platform: "telegram", id: `${group.id}` };
    },
    seenIn: ({ id }) => server.messages({ id: Number(id) }).map(seenOf),
    dataOf({ wire }, label) {
      const button = (wire as ShownMessage).keyboard.flat().find((one) => one.text === label);
      if (!button || !("callback_data" in button)) throw new Error(`no button “${label}”`);
      return button.callback_data;
    },
    carrying: (data) => data,
    again: async () => server.again(),
    drained: server.drained,
    calls: () => server.calls().length,
    everything: () =>
      [...groups.values(), ...users.values()].flatMap((chat) =>
        server.messages(chat).map(({ text }) => ({ where: `telegram ${chat.id}`, text })),
      ),
    close: server.close,
  };
}

function seenOf(message: ShownMessage): Seen {
  const { id, text, keyboard, edits } = message;
  return { id: `${id}`, text, buttons: keyboard.flat().map((button) => button.text), edits, wire: message };
}

function handOf(server: TelegramServer, user: TestUser): Hand {
  const chatOf = (where?: Square) => (where ? { id: Number(where.id) } : user);
  const visible = (where?: Square) => server.messages(chatOf(where)).map(seenOf);
  return {
    name: user.first_name,
    userId: `${user.id}`,
    async asks(path, fields, where) {
      user.say(chatOf(where), `/${[path, inWords(fields)].filter(Boolean).join(" ")}`);
    },
    async says(text, where) {
      user.say(chatOf(where), where ? `@${server.bot.username} ${text}` : text);
    },
    async presses(label, where) {
      const { text = "" } = await user.press(newestWith(label, visible(where)).wire as ShownMessage, label);
      return text;
    },
    async forges({ data }, under, where) {
      const { id: message_id } = under;
      const before = server.calls("answerCallbackQuery").length;
      const message = {
        message_id: Number(message_id),
        date: 1,
        chat: { id: Number(where.id), type: "group", title: "x" },
      };
      const { first_name, id, language_code } = user;
      const from = { id, is_bot: false, first_name, language_code };
      server.emit({ callback_query: { id: `forged-${before}`, from, message, chat_instance: "1", data } });
      await server.drained();
      return `${server.calls("answerCallbackQuery").slice(before)[0]?.params.text ?? ""}`;
    },
    form: () => undefined,
    async fills() {
      throw new Error("Telegram has no forms: it asks one thing after the other");
    },
    sees: visible,
  };
}
