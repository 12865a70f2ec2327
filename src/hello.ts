// The first words of the service: what is on, what is off and the variable that turns it on, where the data is, how to talk.
import type { Config } from "../config/env.ts";
import { roles } from "../config/variables.ts";
import { entries } from "./adapters/chat/index.ts";
import type { Connections } from "./connect-platforms.ts";
import { appName } from "./core/text.ts";
import { logFile } from "./local.ts";
import { redisAt, storeAt, storeOf } from "./open.ts";

export interface Hello {
  readonly config: Config;
  readonly http?: { readonly port: number };
  readonly chats: Pick<Connections, "stateOf">;
  /** Who sits at the service's own terminal. */
  readonly name?: string;
}

export function hello({ config, http, chats, name }: Hello): string {
  const apps = entries.filter((entry) => entry.configured(config)).map((entry) => entry.name);
  const waiting = apps.filter((app) => chats.stateOf(app) === "connecting");
  const on = [
    ...apps.filter((app) => !waiting.includes(app)).map(appName),
    "terminal",
    ...(http ? [addressOf(config.host, http.port)] : []),
    ...(config.roles.has("worker") ? [config.redisUrl ? `jobs in Redis at ${redisAt(config.redisUrl)}` : "jobs"] : []),
  ];
  const left = roles.filter((role) => !config.roles.has(role));
  return [
    "PeerSpark is running.",
    `  on    ${on.join(", ")}`,
    ...waiting.map((app) => `  wait  ${appName(app)} does not answer yet; PeerSpark keeps trying`),
    ...config.off.map(({ variable, absent }) => `  off   ${absent}: set ${variable} (see .env.example)`),
    ...left.map((role) => `  off   ${role} in this process: add it to ROLES`),
    `  data  ${storeAt(storeOf(config))}`,
    ...(name
      ? [
          `  log   ${logFile(config)}`,
          `  talk  as ${name}, right here: try /help; !1 presses the first button; Ctrl-C stops`,
        ]
      : ["  talk  npm run chat -- --as NAME"]),
    "",
  ].join("\n");
}

const addressOf = (host: string, port: number) => `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
