// A bot in a process of its own, loaded and measured from outside.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Usage } from "./measured.ts";

export interface Contender {
  readonly name: string;
  /** Where it takes what the other end posts; "" for one that is told of it over a connection of its own. */
  readonly url: string;
  memory(): Promise<Usage>;
  /** Without a garbage collection before. */
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** What a bot's process says over IPC. */
type Said = { readonly ready: string } | Usage;

interface Starting {
  /** Of a contender below bench/, without its ending; the last word is its name. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Resolves when it says that it is ready. */
export async function start({ file, env }: Starting): Promise<Contender> {
  const child = spawn(new URL(`./${file}.ts`, import.meta.url), env);
  const first = await said(child);
  if (!("ready" in first)) throw new Error(`${file} did not start`);
  return contenderOf(file.split("/").at(-1)!, first.ready, child);
}

/** A program that knows nothing of being measured, below the root of the repository. */
export function startProgram({ file, env }: Starting): Contender {
  const measured = ["--import", new URL("./measured.ts", import.meta.url).href];
  return contenderOf(file, "", spawn(new URL(`../${file}`, import.meta.url), env, measured));
}

const spawn = (file: URL, env: Starting["env"], more: readonly string[] = []): ChildProcess =>
  fork(fileURLToPath(file), [], {
    execArgv: ["--expose-gc", "--disable-warning=ExperimentalWarning", ...more],
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });

function contenderOf(name: string, url: string, child: ChildProcess): Contender {
  const ask = async (what: "memory" | "usage") => {
    child.send(what);
    const answer = await said(child);
    if ("ready" in answer) throw new Error(`${name} started twice`);
    return answer;
  };
  return {
    name,
    url,
    memory: () => ask("memory"),
    usage: () => ask("usage"),
    async stop() {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}

/** The next thing it says. */
function said(child: ChildProcess): Promise<Said> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a bot ended with ${code}`));
    child.once("exit", ended);
    child.once("message", (message) => {
      child.off("exit", ended);
      resolve(message as Said);
    });
  });
}

/** For the bots: says where they listen, if they do, and answers what they use. */
export async function serveContender(url = ""): Promise<void> {
  await import("./measured.ts");
  process.send!({ ready: url } satisfies Said);
}
