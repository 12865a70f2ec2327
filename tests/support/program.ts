// PeerSpark as a process of its own: started as a person would, watched line by line, told and killed.
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Readable, Writable } from "node:stream";

const sources = resolve(import.meta.dirname, "../../src/main.ts");

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  readonly pid: number;
  /** Writes to its standard input. */
  types(text: string | Uint8Array): void;
  /** Its input ends. */
  leaves(): void;
  /** Waits until it shows this, below whatever was waited for before; answers all that came until then. @throws Error after 20 s. */
  shows(what: string | RegExp): Promise<string>;
  /** The same of standard error. */
  complains(what: string | RegExp): Promise<string>;
  /** Nobody reads its standard output any more. */
  ignores(): void;
  signal(name: "SIGTERM" | "SIGINT" | "SIGKILL" | "SIGSTOP" | "SIGCONT"): void;
  /** To it and to every process that it has started. */
  signalAll(name: "SIGTERM" | "SIGINT" | "SIGKILL"): void;
  readonly ended: Promise<Ended>;
}

export interface House {
  /** Also where the programs run, so that a `.env` in it is read. */
  readonly folder: string;
  start(args?: readonly string[], env?: Readonly<Record<string, string>>): Program;
  /** A service; resolves when it has said that it runs. */
  serve(env?: Readonly<Record<string, string>>): Promise<Program & { readonly url: string; readonly hello: string }>;
  /** `chat --as name` fed with this input; resolves when it has ended. */
  chat(name: string, input: string | Uint8Array): Promise<Ended>;
  /** Kills what still runs and removes the data. */
  close(): Promise<void>;
}

const patience = 20_000;

/** A folder with data of its own, and the processes on it: of the sources, unless another program (npm) is to start them. */
export async function programs(
  always: Readonly<Record<string, string>> = {},
  main = sources,
  ...first: readonly string[]
): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), "peerspark-process-"));
  const running = new Set<Program>();

  function start(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Program {
    const child = spawn(process.execPath, [main, ...first, ...args], {
      // A group of its own, so that what it starts is told and killed with it.
      detached: first.length > 0,
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, TZ: "UTC", LANG: "en_GB.UTF-8", PORT: "0", ...always, ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const program = watched(child, first.length > 0);
    running.add(program);
    void program.ended.then(() => running.delete(program));
    return program;
  }

  return {
    folder,
    start,
    async serve(env) {
      const program = start([], env);
      const hello = await program.shows(/PeerSpark is running\.[\s\S]*?\n\n/);
      return { ...program, hello, url: /http:\S+\d/.exec(hello)?.[0] ?? "" };
    },
    chat(name, input) {
      const program = start(["chat", "--as", name]);
      program.types(input);
      program.leaves();
      return program.ended;
    },
    async close() {
      const ends = [...running].map((program) => {
        program.signalAll("SIGKILL");
        return program.ended;
      });
      await Promise.all(ends);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function watched(child: ChildProcessByStdio<Writable, Readable, Readable>, group: boolean): Program {
  const out = reading(child.stdout, "stdout");
  const err = reading(child.stderr, "stderr");
  child.stdin.on("error", () => undefined);
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => {
      out.over();
      err.over();
      resolve({ code, stdout: out.all(), stderr: err.all() });
    });
  });
  return {
    pid: child.pid!,
    types: (text) => void child.stdin.write(text),
    leaves: () => void child.stdin.end(),
    shows: out.until,
    complains: err.until,
    ignores: () => void child.stdout.destroy(),
    signal: (name) => void child.kill(name),
    signalAll(name) {
      try {
        process.kill(group ? -child.pid! : child.pid!, name);
      } catch {
        // It has ended meanwhile.
      }
    },
    ended,
  };
}

function reading(stream: Readable, name: string) {
  let text = "";
  let from = 0;
  let over = false;
  const waits = new Set<() => void>();
  const look = () => {
    for (const wait of waits) wait();
  };
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    text += chunk;
    look();
  });

  function until(what: string | RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        waits.delete(wait);
        act();
      };
      const give = (why: string) =>
        settle(() => reject(new Error(`${name} never showed ${what} (${why}); it showed:\n${text.slice(from)}`)));
      const wait = () => {
        const rest = text.slice(from);
        const at = typeof what === "string" ? rest.indexOf(what) : rest.search(what);
        if (at < 0) return over ? give("it ended") : undefined;
        const end = at + (typeof what === "string" ? what.length : what.exec(rest)![0].length);
        from += end;
        settle(() => resolve(rest.slice(0, end)));
      };
      const timer = setTimeout(() => give("in time"), patience);
      waits.add(wait);
      wait();
    });
  }

  return {
    until,
    all: () => text,
    over() {
      over = true;
      look();
    },
  };
}
