// An interaction through PeerSpark and bare discord.js, and what each of them takes up in a thousand servers, in one run.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Contender, start, startProgram } from "./contender.ts";
import { type DiscordApi, discordApi, token } from "./discord/api.ts";
import { push, type Run } from "./discord/load.ts";
import type { Usage } from "./measured.ts";
import { alternating, rounds } from "./rounds.ts";
import { type Figure, median, milliseconds, percentile, perSecond, tableOf } from "./table.ts";

const guilds = 20;
const many: Run = { interactions: 2000, atOnce: 32, guilds };
const single: Run = { interactions: 1500, atOnce: 1, guilds };
const thousand = 1000;

export async function discordBench(): Promise<readonly Figure[]> {
  return [...(await interactions()), ...(await memory())];
}

interface Side {
  readonly api: DiscordApi;
  readonly bot: Contender;
}

async function interactions(): Promise<readonly Figure[]> {
  const sides = await Promise.all(["discord/bots/peerspark", "discord/bots/discord-js"].map(connected));
  const rate = async ({ api }: Side) => (await push(api, many)).perSecond;
  const p99 = async ({ api }: Side) => percentile((await push(api, single)).latencies, 0.99);
  try {
    for (const { api } of sides) await push(api, many);
    const [rates, slowest] = [await alternating(sides, rate), await alternating(sides, p99)];
    return [
      perSecond("Discord: an interaction answered, 32 at a time, discord.js", rates[0]!, rates[1]!, 0.85),
      milliseconds("Discord: one at a time, p99, discord.js", slowest[0]!, slowest[1]!, 1.25),
    ];
  } finally {
    for (const { api, bot } of sides) {
      await bot.stop();
      api.close();
    }
  }
}

async function connected(file: string): Promise<Side> {
  const api = await discordApi(guilds);
  const bot = await start({ file, env: { API_ROOT: api.url } });
  await api.told;
  return { api, bot };
}

/** PeerSpark as `npm start` runs it, terminal, HTTP and all; both with their compiled code cached. */
async function memory(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "peerspark-bench-"));
  const cached = { NODE_COMPILE_CACHE: join(folder, "compiled") };
  const service = { ...cached, DATA_DIR: folder, PORT: "0", DISCORD_TOKEN: token, LOG_LEVEL: "silent" };
  const ours: Usage[] = [];
  const bare: Usage[] = [];
  try {
    for (let round = -1; round < rounds; round++) {
      const pair = [
        await usedIn(thousand, async (url) =>
          startProgram({ file: "start.cjs", env: { ...service, DISCORD_API_URL: url } }),
        ),
        await usedIn(thousand, (url) => start({ file: "discord/bots/discord-js", env: { ...cached, API_ROOT: url } })),
      ] as const;
      if (round < 0) continue;
      ours.push(pair[0]);
      bare.push(pair[1]);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const figure = (name: string, of: (usage: Usage) => number, target: number): Figure => {
    const [mine, theirs] = [median(ours.map(of)), median(bare.map(of))];
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
    return { name, ours: megabytes(mine), against: megabytes(theirs), ratio: mine / theirs, target, sense: "most" };
  };
  return [
    figure("Discord: heap in 1000 servers, discord.js", ({ heap }) => heap, 0.55),
    figure("Discord: resident memory there", ({ resident }) => resident, 0.85),
  ];
}

/** Once it knows all its guilds, as an interaction that came after them shows. */
async function usedIn(count: number, begin: (url: string) => Promise<Contender>): Promise<Usage> {
  const api = await discordApi(count);
  const bot = await begin(api.url);
  try {
    await api.told;
    await push(api, { interactions: 1, atOnce: 1, guilds: count });
    return await bot.memory();
  } finally {
    await bot.stop();
    api.close();
  }
}

if (import.meta.main) process.stdout.write(`${tableOf(await discordBench())}\n`);
