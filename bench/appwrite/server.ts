// The server that behaves like Appwrite, in a process of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { AppwriteAccess } from "../../src/adapters/store/appwrite/api.ts";

export interface ServerApart {
  readonly access: AppwriteAccess;
  stop(): Promise<void>;
}

/** Resolves when it says where it listens. */
export async function serverApart(): Promise<ServerApart> {
  const file = fileURLToPath(new URL("../../tests/support/appwrite-server/serve.ts", import.meta.url));
  const child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "inherit"] });
  const said = new Map<string, string>();
  for await (const line of createInterface(child.stdout)) {
    const [name, value] = line.split(/=(.*)/s);
    said.set(name!, value!);
    if (said.size === 3) break;
  }
  return {
    access: {
      endpoint: said.get("APPWRITE_ENDPOINT")!,
      projectId: said.get("APPWRITE_PROJECT_ID")!,
      apiKey: said.get("APPWRITE_API_KEY")!,
    },
    async stop() {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}
