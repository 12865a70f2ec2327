// A Telegram webhook update through PeerSpark, bare telegraf and a Chat SDK bot, each in a process of its own, in one run.

import { type Contender, start } from "./contender.ts";
import { alternating } from "./rounds.ts";
import { type Figure, milliseconds, percentile, perSecond, tableOf } from "./table.ts";
import { type BotApi, botApi } from "./telegram/bot-api.ts";
import { command, press, push, type Run } from "./telegram/load.ts";

const atOnce = 32;
/** For a bot that keeps nothing every press is alike. */
const presses: Run = {
  updates: 2000,
  atOnce,
  make: press(
    () => "going",
    () => 1,
  ),
  until: ["answerCallbackQuery", "editMessageText"],
};
const reading: Run = { updates: 3000, atOnce, make: command("/profile"), until: ["sendMessage"] };
const single: Run = { ...reading, updates: 1500, atOnce: 1 };

export async function telegramBench(): Promise<readonly Figure[]> {
  const api = await botApi();
  const env = { API_ROOT: api.url };
  const [ours, bare, pooled, sdk] = await Promise.all([
    start({ file: "telegram/bots/peerspark", env }),
    start({ file: "telegram/bots/telegraf", env }),
    start({ file: "telegram/bots/telegraf", env: { ...env, CLIENT: "undici" } }),
    start({ file: "telegram/bots/chat-sdk", env }),
  ]);
  try {
    const rsvps = await cardsFor(api, ours);
    for (const bot of [ours, bare, pooled, sdk]) await warm(api, bot, reading);
    for (const [bot, run] of [
      [ours, rsvps],
      [bare, presses],
    ] as const)
      await warm(api, bot, run);
    const rate = async (bot: Contender, run: Run) => (await push(api, bot, run)).perSecond;
    const p99 = async (bot: Contender) => percentile((await push(api, bot, single)).latencies, 0.99);
    const read = await alternating([ours, bare, sdk, pooled], (bot) => rate(bot, reading));
    const rsvp = await alternating([ours, bare], (bot) => rate(bot, bot === ours ? rsvps : presses));
    const slowest = await alternating([ours, bare], p99);
    const heap = await heapGrowth(api, env);
    return [
      perSecond("an action without a write, 32 at a time, bare telegraf", read[0]!, read[1]!, 1.5),
      perSecond("the same, telegraf's calls over a pool of undici", read[0]!, read[3]!),
      perSecond("an action without a write, 32 at a time, Chat SDK", read[0]!, read[2]!, 5),
      perSecond("an RSVP (commit, fact, card edit), 32 at a time, bare telegraf", rsvp[0]!, rsvp[1]!, 0.5),
      milliseconds("an action without a write, one at a time, p99, bare telegraf", slowest[0]!, slowest[1]!, 1.25),
      heap,
    ];
  } finally {
    await Promise.all([ours, bare, pooled, sdk].map((bot) => bot.stop()));
    api.close();
  }
}

/** ms of load before anything is measured: a service runs for days, and V8 goes on compiling for twenty thousand updates. */
const warmFor = 12_000;

async function warm(api: BotApi, bot: Contender, run: Run): Promise<void> {
  for (const began = performance.now(); performance.now() - began < warmFor; )
    await push(api, bot, { ...run, updates: 500 });
}

/** Everybody gets a pod, an event and its card; each press then changes the answer and edits the card. */
async function cardsFor(api: BotApi, bot: Contender): Promise<Run> {
  const all = { updates: atOnce, atOnce } as const;
  const say = (text: Parameters<typeof command>[0]) =>
    push(api, bot, { ...all, make: command(text), until: ["sendMessage"] });
  const message = (chat: number) => api.card(chat).message;
  await say("/pod create Bench pod");
  await say((chat) => `/event create Eigenvalues ${chat} tomorrow 6pm for 90 min`);
  const create = press((_, chat) => api.card(chat).buttons.get("Create")!, message);
  await push(api, bot, { ...all, make: create, until: ["answerCallbackQuery", "editMessageText"] });
  const answers = new Map<number, boolean>();
  const answer = (chat: number) => {
    answers.set(chat, !answers.get(chat));
    return answers.get(chat) ? "Maybe" : "Going";
  };
  const cards = new Map(Array.from({ length: atOnce }, (_, slot) => [1000 + slot, api.card(1000 + slot)]));
  const make = press(
    (_, chat) => cards.get(chat)!.buttons.get(answer(chat))!,
    (chat) => cards.get(chat)!.message,
  );
  return { ...presses, make };
}

/** What is left on the heap of a new process after a garbage collection must not grow with the updates that passed. */
async function heapGrowth(api: BotApi, env: Readonly<Record<string, string>>): Promise<Figure> {
  const bot = await start({ file: "telegram/bots/peerspark", env });
  const run: Run = { ...reading, people: 1000 };
  await push(api, bot, { ...run, updates: 20_000 });
  const { heap: early } = await bot.memory();
  await push(api, bot, { ...run, updates: 40_000 });
  const { heap: late } = await bot.memory();
  await bot.stop();
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  return {
    name: "heap after 60 000 updates, against after 20 000",
    ours: megabytes(late),
    against: megabytes(early),
    ratio: late / early,
    target: 1.1,
    sense: "most",
  };
}

if (import.meta.main) process.stdout.write(`${tableOf(await telegramBench())}\n`);
