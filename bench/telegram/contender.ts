// A bot in a process of its own, loaded by webhook and measured from outside.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface Contender {
  readonly name: string;
  /** Where it takes updates, and what it wants to see in the secret header. */
  readonly url: string;
  readonly secret: string;
  /** Bytes of heap in use after a garbage collection. */
  heap(): Promise<number>;
  stop(): Promise<void>;
}

/** What a bot's process says over IPC. */
export type Said = { readonly ready: { readonly url: string; readonly secret: string } } | { readonly heap: number };

export async function start(name: "peerspark" | "telegraf" | "chat-sdk", apiRoot: string): Promise<Contender> {
  const path = fileURLToPath(new URL(`./bots/${name}.ts`, import.meta.url));
  const child = fork(path, [], {
    execArgv: ["--expose-gc", "--disable-warning=ExperimentalWarning"],
    env: { ...process.env, API_ROOT: apiRoot },
  });
  const first = await said(child);
  if (!("ready" in first)) throw new Error(`${name} did not start`);
  return {
    name,
    ...first.ready,
    async heap() {
      child.send("heap");
      const answer = await said(child);
      return "heap" in answer ? answer.heap : Number.NaN;
    },
    async stop() {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}

async function said(child: ChildProcess): Promise<Said> {
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`a bot ended with ${code}`);
  });
  const [message] = (await Promise.race([once(child, "message"), ended])) as [Said];
  ended.catch(() => undefined);
  return message;
}

/** For the bots: says where they listen, and answers questions about the heap. */
export function serveContender(ready: { url: string; secret: string }): void {
  process.on("message", () => {
    for (let round = 0; round < 3; round++) globalThis.gc?.();
    process.send!({ heap: process.memoryUsage().heapUsed } satisfies Said);
  });
  process.on("SIGTERM", () => process.exit(0));
  process.send!({ ready } satisfies Said);
}
