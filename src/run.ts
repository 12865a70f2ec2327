// The command line: reads the configuration, runs what was asked for, and ends with one clear sentence when it can't.
import { parseArgs } from "node:util";
import { readConfig } from "../config/env.ts";
import { keptSecretKey, openDataDir } from "./adapters/data-dir.ts";
import { chat } from "./chat.ts";
import { AppError } from "./core/errors.ts";
import { nameOnMachine } from "./local.ts";
import { serve } from "./serve.ts";

const usage = `Usage:
  npm start                        run the service; in a terminal, talk to it at once
  npm run chat -- --as NAME        talk to the same data from another terminal, as NAME
  npm run doctor                   look whether everything is set up well; --json for programs
  npm run appwrite:provision       make an Appwrite database ready; --help says how
  npm run migrate                  move the data from SQLite to Appwrite, or back; --help says how`;

/** How long (ms) what is left behind may keep the process after it has said that it is done. */
const afterwards = 500;

export async function run(args: readonly string[]): Promise<void> {
  // Nobody reads them any more (`| head -1`): a terminal ends by that, the service goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  try {
    if (args[0] === "migrate") return void (await (await import("./migrate.ts")).migration(args.slice(1)));
    if (args[0] === "provision") return void (await (await import("./provision.ts")).provision(args.slice(1)));
    const asked = parse(args);
    if (asked.help) return void process.stdout.write(`${usage}\n`);
    if (asked.command === "doctor") return void (await examine(asked.json));
    const config = readConfig(process.env);
    for (const hint of config.hints) process.stderr.write(`${hint}\n`);
    await openDataDir(config.dataDir);
    const key = config.secretKey ?? (await keptSecretKey(config.dataDir));
    await (asked.command === "chat" ? chat : serve)(config, key, asked.name);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
  setTimeout(() => process.exit(), afterwards).unref();
}

/** Ends with an error when something is broken. */
async function examine(json: boolean): Promise<void> {
  const { doctor } = await import("./doctor.ts");
  const well = await doctor({ env: process.env, json, write: (text) => void process.stdout.write(text) });
  process.exitCode = well ? 0 : 1;
}

interface Asked {
  readonly help: boolean;
  readonly command: "serve" | "chat" | "doctor";
  readonly name: string;
  readonly json: boolean;
}

function parse(args: readonly string[]): Asked {
  const { as, help, json, words } = read(args);
  const [first] = words;
  const command = first === "chat" || first === "doctor" ? first : "serve";
  const [spare] = command === "serve" ? words : words.slice(1);
  if (spare !== undefined) throw notUnderstood(spare);
  if (json && command !== "doctor") throw notUnderstood("--json");
  return { help, command, json, name: as === undefined ? nameOnMachine() : nameOf(as) };
}

function read(args: readonly string[]): { as?: string; help: boolean; json: boolean; words: readonly string[] } {
  const options = {
    as: { type: "string" },
    help: { type: "boolean", short: "h" },
    json: { type: "boolean" },
  } as const;
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const unknown = tokens.find((token) => token.kind === "option" && !Object.hasOwn(options, token.name));
  if (unknown?.kind === "option") throw notUnderstood(unknown.rawName);
  return {
    as: values.as === undefined || typeof values.as === "string" ? values.as : "",
    help: values.help !== undefined,
    json: values.json !== undefined,
    words: positionals,
  };
}

const notUnderstood = (word: string) => new AppError("invalid", `I don't understand “${word}”.\n${usage}`);

function nameOf(given: string): string {
  const name = given.trim().toLowerCase();
  if (/^[\p{L}\p{N}._-]{1,50}$/u.test(name)) return name;
  throw new AppError(
    "invalid",
    "--as takes a name of up to 50 letters, digits, dots or dashes, such as: npm run chat -- --as ada",
  );
}
