// A real redis-server of the test's own: on a free port, in a folder of its own, to be killed, emptied and held still.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

export interface RedisServer {
  /** The same for as long as it lives, whatever is done to it. */
  readonly url: string;
  readonly port: number;
  /** One command in Redis' inline form; the first line of its answer, without its mark. @throws for an error. */
  ask(command: string): Promise<string>;
  flush(): Promise<void>;
  /** Ends it as `kill -9` does. What it had not written to disk is lost. */
  kill(): Promise<void>;
  /** Ends it as an operator does, all it holds written to disk where it is durable. */
  shutDown(): Promise<void>;
  /** Starts it again after either. `empty`: as a new one, with nothing in it. */
  start(options?: { readonly empty?: boolean }): Promise<void>;
  /** It keeps its connections and answers nothing, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** For good, with its folder. */
  close(): Promise<void>;
}

export interface RedisOptions {
  /** Keeps what it holds in an append-only file, every write at once: it outlives `kill`. False when absent. */
  readonly durable?: boolean;
  /** More arguments, such as `["--maxmemory-policy", "allkeys-lru"]`. */
  readonly args?: readonly string[];
}

const missing =
  "redis-server is not installed, and these tests need a real one. On Debian: apt-get install redis-server; .ci/run does it by itself where it may.";

/** ms that a server may take to answer, or to end. */
const patience = 20_000;

/** @throws Error that says what to install where there is no redis-server. */
export async function redisServer({ durable = false, args = [] }: RedisOptions = {}): Promise<RedisServer> {
  const program = findProgram();
  const folder = await mkdtemp(join(tmpdir(), "peerspark-redis-"));
  const port = await freePort();
  const fixed = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--daemonize", "no"];
  const kept = durable ? ["--appendonly", "yes", "--appendfsync", "always"] : ["--appendonly", "no"];
  let child: ChildProcess | undefined;
  const dieWithUs = () => void child?.kill("SIGKILL");
  process.once("exit", dieWithUs);

  async function start(): Promise<void> {
    const born = spawn(program, [...fixed, ...kept, ...args], { stdio: "ignore" });
    child = born;
    await answers(born);
  }

  async function answers(born: ChildProcess): Promise<void> {
    for (const until = performance.now() + patience; performance.now() < until; await pause(10)) {
      if (born.exitCode !== null) throw new Error(`redis-server ended with ${born.exitCode}`);
      if ((await ask("PING").catch(() => "")) === "PONG") return;
    }
    throw new Error("redis-server does not answer");
  }

  const ask = (command: string) => inline(port, command);

  async function ended(signal: NodeJS.Signals): Promise<void> {
    const dying = child;
    child = undefined;
    if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
    const gone = once(dying, "exit");
    // One that stands still hears nothing but this.
    dying.kill("SIGCONT");
    dying.kill(signal);
    await gone;
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    ask,
    flush: async () => void (await ask("FLUSHALL")),
    kill: () => ended("SIGKILL"),
    shutDown: () => ended("SIGTERM"),
    async start({ empty = false } = {}) {
      if (empty) await rm(join(folder, "appendonlydir"), { recursive: true, force: true });
      await start();
    },
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
    async close() {
      await ended("SIGKILL");
      process.off("exit", dieWithUs);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function findProgram(): string {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];
  const found = folders.map((folder) => join(folder, "redis-server")).find((path) => existsSync(path));
  if (!found) throw new Error(missing);
  return found;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

function inline(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(`${command}\r\n`));
    let heard = "";
    socket.setEncoding("utf8");
    socket.setTimeout(patience, () => socket.destroy(new Error(`redis-server does not answer ${command}`)));
    socket.on("data", (text) => {
      heard += text;
      const end = heard.indexOf("\r\n");
      if (end === -1) return;
      const first = heard.slice(0, end);
      if (first.startsWith("-")) reject(new Error(first.slice(1)));
      else resolve(first.replace(/^[+:$*]/, ""));
      socket.destroy();
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("redis-server hung up")));
  });
}
