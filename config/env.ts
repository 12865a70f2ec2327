// What the environment and the .env file say, read together; whatever of it cannot be used is told at once.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import { distance } from "fastest-levenshtein";
import type { z } from "zod";
import { AppError } from "../src/core/errors.ts";
import { type LogLevel, type Role, settingOf, type Variable, variableNames, variables } from "./variables.ts";

export interface Config {
  readonly roles: ReadonlySet<Role>;
  readonly port: number;
  readonly host: string;
  /** Without a slash at its end. */
  readonly publicUrl?: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly secretKey?: string;
  readonly adminToken?: string;
  /** Where the jobs are: absent, in the store. */
  readonly redisUrl?: string;
  /** Where the data lives: absent, in a file in `dataDir`. */
  readonly appwrite?: {
    readonly endpoint: string;
    readonly projectId: string;
    readonly apiKey: string;
    readonly databaseId: string;
  };
  readonly telegram?: { readonly token: string; readonly apiRoot: string; readonly webhookSecret?: string };
  readonly discord?: DiscordConfig;
  readonly slack?: SlackConfig;
  readonly mail?: { readonly url: string; readonly from: string };
  /** `subject`: whom a push service can turn to. */
  readonly push?: { readonly publicKey: string; readonly privateKey: string; readonly subject: string };
  readonly logLevel: LogLevel;
  /** What is off, and the variable that turns it on; for the words at start. */
  readonly off: readonly { readonly variable: string; readonly absent: string }[];
  /** Whole sentences about what looks like a mistake in the `.env` file but is none for sure. */
  readonly hints: readonly string[];
}

export interface DiscordConfig {
  readonly token: string;
  readonly apiUrl: string;
  /** All that Discord recommends when absent. */
  readonly shards?: { readonly ids: readonly number[]; readonly count: number };
}

/** Received by Socket Mode with an app token, else by HTTP; at least one of the two is there, and a bot token or a client. */
export interface SlackConfig {
  readonly apiUrl: string;
  /** Of the one workspace that needs no installation. */
  readonly botToken?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  /** For installation into any workspace. */
  readonly client?: { readonly id: string; readonly secret: string };
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * An empty value counts as absent; the environment wins over the `.env` file, which need not exist. Values are never quoted.
 * @throws AppError `invalid` with a line for every variable that cannot be used.
 */
export function readConfig(env: Env, dotenvPath = ".env"): Config {
  const file = readDotenv(dotenvPath);
  const given: Record<string, string> = {};
  for (const name of variableNames) {
    const value = env[name]?.trim() || file[name]?.trim();
    if (value) given[name] = value;
  }
  const hints = hintsFor(Object.keys(file), dotenvPath);
  // Read once in a process: code of its own, which zod makes otherwise, costs more than it saves.
  const result = variables.safeParse(given, { jitless: true });
  if (!result.success) {
    const wrong = new Set(result.error.issues.map((issue) => issue.path[0] as Variable));
    const from = (name: string) => (env[name]?.trim() ? "" : ` in ${dotenvPath}`);
    const lines = [...wrong].map((name) => `${name}${from(name)} must be ${settingOf(name).form}.`);
    throw refusal(lines, hints);
  }
  const lacking = [...incompleteSets(given), ...missingOfAppwrite(result.data)];
  if (lacking.length) throw refusal(lacking, hints);
  return configOf(result.data, given, hints);
}

const refusal = (wrong: readonly string[], hints: readonly string[]) =>
  new AppError("invalid", [...wrong, ...hints].join("\n"));

/** What some variables need besides. */
function incompleteSets(given: Env): string[] {
  const has = (...wanted: Variable[]) => wanted.every((name) => given[name] !== undefined);
  const rules: readonly (readonly [wrong: boolean, sentence: string])[] = [
    [
      has("SLACK_CLIENT_ID") !== has("SLACK_CLIENT_SECRET"),
      "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together: set both, or neither.",
    ],
    [
      has("SLACK_CLIENT_ID") && !has("PUBLIC_URL", "SLACK_SIGNING_SECRET"),
      "SLACK_CLIENT_ID needs PUBLIC_URL and SLACK_SIGNING_SECRET: workspaces install PeerSpark over the web, and Slack signs its calls.",
    ],
    [
      has("SLACK_BOT_TOKEN") && !has("SLACK_APP_TOKEN") && !has("PUBLIC_URL", "SLACK_SIGNING_SECRET"),
      "SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode), or PUBLIC_URL and SLACK_SIGNING_SECRET (HTTP).",
    ],
    [
      has("SLACK_APP_TOKEN") && !has("SLACK_BOT_TOKEN") && !has("SLACK_CLIENT_ID"),
      "SLACK_APP_TOKEN needs SLACK_BOT_TOKEN besides (OAuth & Permissions → Bot User OAuth Token).",
    ],
    [has("SMTP_URL") && !has("MAIL_FROM"), "SMTP_URL needs MAIL_FROM: every mail comes from somebody."],
    [
      has("VAPID_PUBLIC_KEY") !== has("VAPID_PRIVATE_KEY"),
      "VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY belong together: set both, or neither.",
    ],
    [
      has("VAPID_PUBLIC_KEY") && !given.PUBLIC_URL?.startsWith("https:"),
      "VAPID_PUBLIC_KEY needs PUBLIC_URL with https: browsers subscribe on a page there.",
    ],
  ];
  return rules.flatMap(([wrong, sentence]) => (wrong ? [sentence] : []));
}

function slackOf(read: z.output<typeof variables>): SlackConfig | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_CLIENT_ID: id, SLACK_CLIENT_SECRET: secret } = read;
  if (!botToken && !id) return undefined;
  return {
    apiUrl: read.SLACK_API_URL,
    botToken,
    appToken: read.SLACK_APP_TOKEN,
    signingSecret: read.SLACK_SIGNING_SECRET,
    client: id && secret ? { id, secret } : undefined,
  };
}

function configOf(read: z.output<typeof variables>, given: Env, hints: readonly string[]): Config {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot, TELEGRAM_WEBHOOK_SECRET: webhookSecret } = read;
  const { DISCORD_TOKEN: discord } = read;
  const slack = slackOf(read);
  return {
    roles: read.ROLES,
    port: read.PORT,
    host: read.HOST,
    publicUrl: read.PUBLIC_URL,
    dataDir: resolve(read.DATA_DIR),
    secretKey: read.SECRET_KEY,
    adminToken: read.ADMIN_TOKEN,
    redisUrl: read.REDIS_URL,
    appwrite: appwriteOf(read),
    telegram: token ? { token, apiRoot, webhookSecret } : undefined,
    discord: discord ? { token: discord, apiUrl: read.DISCORD_API_URL, shards: read.SHARDS } : undefined,
    slack,
    mail: read.SMTP_URL && read.MAIL_FROM ? { url: read.SMTP_URL, from: read.MAIL_FROM } : undefined,
    push: pushOf(read),
    logLevel: read.LOG_LEVEL,
    off: variableNames
      .filter((name) => given[name] === undefined && !settingOf(name).quiet)
      .filter((name) => !(name === "SLACK_BOT_TOKEN" && slack))
      .map((variable) => ({ variable, absent: settingOf(variable).absent })),
    hints,
  };
}

function pushOf(read: z.output<typeof variables>): Config["push"] {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey, PUBLIC_URL: publicUrl, MAIL_FROM: from } = read;
  if (!publicKey || !privateKey || !publicUrl) return undefined;
  const address = from?.replace(/^.*<|>$/g, "");
  return { publicKey, privateKey, subject: address ? `mailto:${address}` : publicUrl };
}

const ofAppwrite = ["APPWRITE_ENDPOINT", "APPWRITE_PROJECT_ID", "APPWRITE_API_KEY"] as const;

/** STORE has the last word. */
const wantsAppwrite = (read: z.output<typeof variables>): boolean =>
  read.STORE ? read.STORE === "appwrite" : ofAppwrite.some((name) => read[name] !== undefined);

const missingOfAppwrite = (read: z.output<typeof variables>): string[] =>
  ofAppwrite
    .filter((name) => wantsAppwrite(read) && read[name] === undefined)
    .map((name) => `${name} is missing: Appwrite needs ${settingOf(name).form}.`);

function appwriteOf(read: z.output<typeof variables>): Config["appwrite"] {
  const { APPWRITE_ENDPOINT: endpoint, APPWRITE_PROJECT_ID: projectId, APPWRITE_API_KEY: apiKey } = read;
  if (!(wantsAppwrite(read) && endpoint && projectId && apiKey)) return undefined;
  return { endpoint, projectId, apiKey, databaseId: read.APPWRITE_DATABASE_ID };
}

function readDotenv(path: string): Env {
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return {};
    throw new AppError("invalid", `${path} can't be read (${code}). Make it readable, or remove it.`, { cause: error });
  }
}

const hintsFor = (found: readonly string[], path: string): string[] =>
  found.flatMap((name) => {
    const meant = variableNames.includes(name as Variable) ? undefined : nearest(name);
    return meant ? [`${name} in ${path} is not read. Did you mean ${meant}?`] : [];
  });

/** The variable somebody meant: at most two slips away, or named without some of its words. */
function nearest(name: string): Variable | undefined {
  const words = name.toUpperCase().split("_");
  const isShort = (known: string) => words.length > 1 && words.every((word) => known.split("_").includes(word));
  return variableNames.find(
    (known) => distance(name.toUpperCase(), known) <= (known.length > 4 ? 2 : 1) || isShort(known),
  );
}
