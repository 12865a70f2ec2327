// Starts a process that keeps a file, and hears what it says.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface FileWriter {
  /** The first line that begins so. @throws Error when it ends before. */
  said(beginning: string): Promise<string>;
  kill(): void;
  readonly ended: Promise<void>;
}

/** @param more as tests/support/file-writer.ts takes it. */
export function fileWriter(choice: unknown, ...more: readonly (string | number)[]): FileWriter {
  const file = fileURLToPath(new URL("./file-writer.ts", import.meta.url));
  const args = [
    "--expose-gc",
    "--disable-warning=ExperimentalWarning",
    file,
    JSON.stringify(choice),
    ...more.map(String),
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const look = () => {
    for (const one of waiting) one();
  };
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    look();
  });
  let over = false;
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => {
      over = true;
      look();
      resolve();
    });
  });
  return {
    said: (beginning) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const found = lines.find((line) => line.startsWith(beginning));
          if (found === undefined && !over) return;
          waiting.delete(check);
          if (found === undefined) reject(new Error(`it ended without saying ${beginning}`));
          else resolve(found);
        };
        waiting.add(check);
        check();
      }),
    kill: () => void child.kill("SIGKILL"),
    ended,
  };
}
