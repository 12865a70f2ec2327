// Updates as Telegram sends them, and pushing them through a bot a number at a time.
import type { Contender } from "../contender.ts";
import { inSlots, type Measured, within } from "../slots.ts";
import { poster } from "../wire.ts";
import { type BotApi, secret } from "./bot-api.ts";

export type MakeUpdate = (id: number, chat: number) => object;

const person = (chat: number) => ({
  id: chat,
  is_bot: false,
  first_name: "Ada",
  last_name: "Lovelace",
  language_code: "en",
});
const room = (chat: number) => ({ id: chat, type: "private", first_name: "Ada" });

export const command =
  (words: string | ((chat: number) => string)): MakeUpdate =>
  (id, chat) => {
    const text = typeof words === "string" ? words : words(chat);
    return {
      update_id: id,
      message: {
        message_id: id,
        from: person(chat),
        chat: room(chat),
        date: 1_800_000_000,
        text,
        entities: [{ type: "bot_command", offset: 0, length: text.split(" ")[0]!.length }],
      },
    };
  };

export const press =
  (data: (id: number, chat: number) => string, message: (chat: number) => number): MakeUpdate =>
  (id, chat) => ({
    update_id: id,
    callback_query: {
      id: `${chat}-${id}`,
      from: person(chat),
      chat_instance: "1",
      data: data(id, chat),
      message: {
        message_id: message(chat),
        date: 1_800_000_000,
        chat: room(chat),
        text: "Eigenvalues",
        from: { id: 123456, is_bot: true, first_name: "Bench" },
      },
    },
  });

let lastUpdate = 1;

export interface Run {
  readonly updates: number;
  readonly atOnce: number;
  readonly make: MakeUpdate;
  /** The calls that mean an update is answered. */
  readonly until: readonly string[];
  /** How many people write in turn; `atOnce` when absent. */
  readonly people?: number;
}

/** Measures the time from an update's POST to its last answering call. */
export function push(api: BotApi, bot: Contender, run: Run): Promise<Measured> {
  const people = run.people ?? run.atOnce;
  return inSlots(run.updates, run.atOnce, async (index) => {
    const line = await poster(bot.url, {
      "Content-Type": "application/json",
      "X-Telegram-Bot-Api-Secret-Token": secret,
    });
    return {
      close: line.close,
      async turn(turn) {
        const chat = 1000 + ((index + turn * run.atOnce) % people);
        const started = performance.now();
        const answered = api.called(chat, run.until).then(() => performance.now() - started);
        const status = await line.post(JSON.stringify(run.make(lastUpdate++, chat)));
        if (status !== 200) throw new Error(`${bot.name} answered ${status}`);
        return within(answered, 10_000, `${bot.name} left an update unanswered`);
      },
    };
  });
}
