// Updates as Telegram sends them, and pushing them through a bot a number at a time.
import type { BotApi } from "./bot-api.ts";
import type { Contender } from "./contender.ts";
import { poster } from "./wire.ts";

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

/** Answers the time from an update's POST to its last answering call, in ms, for each. */
export async function push(api: BotApi, bot: Contender, run: Run): Promise<{ perSecond: number; latencies: number[] }> {
  const latencies: number[] = [];
  const people = run.people ?? run.atOnce;
  let sent = 0;
  const slot = async (index: number) => {
    const line = await poster(bot.url, { "X-Telegram-Bot-Api-Secret-Token": bot.secret });
    for (let turn = 0; sent < run.updates; turn++) {
      sent++;
      const chat = 1000 + ((index + turn * run.atOnce) % people);
      const started = performance.now();
      const answered = api.called(chat, run.until).then(() => latencies.push(performance.now() - started));
      const body = JSON.stringify(run.make(lastUpdate++, chat));
      const status = await line.post(body);
      if (status !== 200) throw new Error(`${bot.name} answered ${status}`);
      await within(answered, 10_000, `${bot.name} left an update unanswered`);
    }
    line.close();
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: run.atOnce }, (_, index) => slot(index)));
  const perSecond = run.updates / ((performance.now() - started) / 1000);
  return { perSecond, latencies };
}

async function within(work: Promise<unknown>, ms: number, sentence: string): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(sentence)), ms);
  await Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}
