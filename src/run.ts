// The command line: reads the configuration, runs what was asked for, and ends with one clear sentence when it can't.
import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { readConfig } from "../config/env.ts";
import { keptSecretKey, openDataDir } from "./adapters/data-dir.ts";
import { chat } from "./chat.ts";
import { AppError } from "./core/errors.ts";
import { serve } from "./serve.ts";

const usage = `Usage:
  npm start                        run the service; in a terminal, talk to it at once
  npm run chat -- --as NAME        talk to the same data from another terminal, as NAME`;

export async function run(args: readonly string[]): Promise<void> {
  try {
    const { chatting, name } = parse(args);
    const config = readConfig(process.env);
    for (const hint of config.hints) process.stderr.write(`${hint}\n`);
    await openDataDir(config.dataDir);
    const key = config.secretKey ?? (await keptSecretKey(config.dataDir));
    await (chatting ? chat : serve)(config, key, name);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

function parse(args: readonly string[]): { chatting: boolean; name: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { as: { type: "string" } },
      allowPositionals: true,
    });
    const [command, ...more] = positionals;
    if (more.length || (command !== undefined && command !== "chat")) throw new Error("unknown command");
    return { chatting: command === "chat", name: nameOf(values.as) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid", usage, { cause: error });
  }
}

/** Who sits at the terminal: as they say, else the user of the machine. */
function nameOf(given: string | undefined): string {
  const name = (given ?? userInfo().username).trim().toLowerCase();
  if (/^[\p{L}\p{N}._-]{1,50}$/u.test(name)) return name;
  throw new AppError(
    "invalid",
    "--as takes a name of up to 50 letters, digits, dots or dashes, such as: npm run chat -- --as ada",
  );
}
