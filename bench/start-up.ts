// Start-up with Telegram alone, to the moment it says that it runs, against importing telegraf and express. Both have their
// compiled code cached.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Figure, median, tableOf } from "./table.ts";
import { botApi, token } from "./telegram/bot-api.ts";

const rounds = 21;
const root = fileURLToPath(new URL("..", import.meta.url));
const imports = `
  require("node:module").enableCompileCache();
  process.on("SIGTERM", () => process.exit()); // killed, it would write no cache
  import("telegraf").then(() => import("express")).then(() => { console.log("ready"); setInterval(() => {}, 1000); });`;

interface Start {
  readonly ms: number;
  readonly kilobytes: number;
}

/** From the spawn to the first line on stdout, and the resident memory then. */
async function started(args: readonly string[], env: Record<string, string>): Promise<Start> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  await Promise.race([
    once(child.stdout, "data"),
    ended.then(() => Promise.reject(new Error("it ended instead of starting"))),
  ]);
  const ms = performance.now() - begun;
  const kilobytes = Number(execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)]).toString());
  child.kill("SIGTERM");
  await ended;
  return { ms, kilobytes };
}

export async function startUpBench(): Promise<readonly Figure[]> {
  const api = await botApi();
  const folder = await mkdtemp(join(tmpdir(), "peerspark-bench-"));
  const env = {
    DATA_DIR: folder,
    PORT: "0",
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: api.url,
    LOG_LEVEL: "silent",
  };
  const ours: Start[] = [];
  const bare: Start[] = [];
  for (let round = -1; round < rounds; round++) {
    const pair = [await started(["start.cjs"], env), await started(["-e", imports], {})] as const;
    if (round < 0) continue;
    ours.push(pair[0]);
    bare.push(pair[1]);
  }
  api.close();
  const figure = (name: string, of: (start: Start) => number, say: (value: number) => string): Figure => {
    const [mine, theirs] = [median(ours.map(of)), median(bare.map(of))];
    return { name, ours: say(mine), against: say(theirs), ratio: mine / theirs, target: 1.5, sense: "most" };
  };
  return [
    figure(
      "start-up with Telegram alone, importing telegraf and express",
      (start) => start.ms,
      (ms) => `${Math.round(ms)} ms`,
    ),
    figure(
      "resident memory after it",
      (start) => start.kilobytes,
      (kilobytes) => `${Math.round(kilobytes / 1000)} MB`,
    ),
  ];
}

if (import.meta.main) process.stdout.write(`${tableOf(await startUpBench())}\n`);
