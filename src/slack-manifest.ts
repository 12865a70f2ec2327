// Prints the manifest of a Slack app for this PeerSpark, to paste into api.slack.com/apps: `npm run --silent slack:manifest`.

import { readConfig } from "../config/env.ts";
import { commandEntries } from "./adapters/chat/commands.ts";
import { manifestOf } from "./adapters/chat/slack/manifest.ts";
import { house } from "./build.ts";

/** Slack calls us where there is a public address and no app token. */
export function manifestFor({ publicUrl, slack }: Pick<ReturnType<typeof readConfig>, "publicUrl" | "slack">): string {
  const called = slack?.appToken === undefined ? publicUrl : undefined;
  const options = { publicUrl, called: called !== undefined, distributed: slack?.client !== undefined };
  return `${JSON.stringify(manifestOf(commandEntries(house), options), null, 2)}\n`;
}

if (import.meta.main) process.stdout.write(manifestFor(readConfig(process.env)));
