// Prints the manifest of a Slack app for this PeerSpark, to paste into api.slack.com/apps: `npm run --silent slack:manifest`.

import { type Config, readConfig } from "../config/env.ts";
import { commandEntries } from "./adapters/chat/commands.ts";
import { manifestOf } from "./adapters/chat/slack/manifest.ts";
import { house } from "./build.ts";
import { AppError } from "./core/errors.ts";

/** How Slack reaches us, and whether any workspace may install the app. */
const ways = {
  socket: { called: false, distributed: false },
  http: { called: true, distributed: false },
  distributed: { called: true, distributed: true },
} as const;

const usage = `Usage:
  npm run -s slack:manifest                   as .env is set up for Slack; by Socket Mode where it is not yet
  npm run -s slack:manifest -- socket         PeerSpark calls Slack
  npm run -s slack:manifest -- http           Slack calls PUBLIC_URL
  npm run -s slack:manifest -- distributed    the same, and any workspace may install it`;

/** @throws AppError `invalid` for a way there is not, and without the public address that it needs. */
export function manifestFor({ publicUrl, slack }: Pick<Config, "publicUrl" | "slack">, way?: string): string {
  const set = { called: slack !== undefined && !slack.appToken, distributed: slack?.client !== undefined };
  const { called, distributed } = way === undefined ? set : wayNamed(way);
  if (called && !publicUrl)
    throw new AppError("invalid", "Set PUBLIC_URL first: the manifest tells Slack where to call.");
  return `${JSON.stringify(manifestOf(commandEntries(house), { publicUrl, called, distributed }), null, 2)}\n`;
}

function wayNamed(way: string) {
  if (Object.hasOwn(ways, way)) return ways[way as keyof typeof ways];
  throw new AppError("invalid", `I don't understand “${way}”.\n${usage}`);
}

function print([way]: readonly string[]): void {
  try {
    process.stdout.write(way === "--help" ? `${usage}\n` : manifestFor(readConfig(process.env), way));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

if (import.meta.main) print(process.argv.slice(2));
