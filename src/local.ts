// The person at this process's own terminal: their streams, their name, their language, their time zone.
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Config } from "../config/env.ts";
import { derivedWebhookSecret } from "./adapters/chat/telegram/webhook-secret.ts";
import { type Console, consoleOn } from "./adapters/chat/terminal/console.ts";
import type { TerminalOptions } from "./adapters/chat/terminal/index.ts";
import { pinoLog } from "./adapters/log.ts";
import { cryptoSecrets } from "./adapters/secrets.ts";
import { AppError } from "./core/errors.ts";
import type { Log } from "./core/ports/log.ts";

export const interactive = (): boolean => Boolean(process.stdin.isTTY && process.stdout.isTTY);

export function localTerminal(name: string): { console: Console; local: NonNullable<TerminalOptions["local"]> } {
  const console = consoleOn({ input: process.stdin, output: process.stdout, name, interactive: interactive() });
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const language = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || locale;
  return {
    console,
    local: { name, screen: console.screen, lines: console.lines, language: language.split(/[_.@]/)[0], zone: timeZone },
  };
}

/** The user of the machine, without what no name may hold ("CORP\Jane Doe"); in a container there may be none. */
export function nameOnMachine(user: () => string = () => userInfo().username): string {
  try {
    return (
      user()
        .toLowerCase()
        .replace(/[^\p{L}\p{N}._-]+/gu, "-")
        .slice(0, 50) || "you"
    );
  } catch {
    return "you";
  }
}

/** Where a person reads the screen, the log goes to a file beside the data. @throws AppError when it can't be written. */
export function logBeside(config: Config, key: string): Log {
  const file = logFile(config);
  try {
    return pinoLog({ level: config.logLevel, to: { file }, secrets: secretsOf(config, key) });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const remedy = "Make it a file this user may write to, or name another folder in DATA_DIR.";
    throw new AppError("unavailable", `The log ${file} can't be written (${code}). ${remedy}`, { cause: error });
  }
}

export const logFile = (config: Config): string => join(config.dataDir, "peerspark.log");

type SecretConfig = Pick<
  Config,
  "adminToken" | "appwrite" | "redisUrl" | "telegram" | "discord" | "slack" | "mail" | "push"
>;

/** What no log may hold: what was configured, and what is derived from the key. */
export function secretsOf(
  { appwrite, redisUrl, telegram, discord, slack, mail, push, ...config }: SecretConfig,
  key: string,
): string[] {
  const webhookSecret = telegram && (telegram.webhookSecret ?? derivedWebhookSecret(cryptoSecrets(key, Date)));
  const { botToken, appToken, signingSecret, client } = slack ?? {};
  const chats = [telegram?.token, webhookSecret, discord?.token, botToken, appToken, signingSecret, client?.secret];
  const passwords = [redisUrl, mail?.url].flatMap((url) => (url ? decodeURIComponent(new URL(url).password) : []));
  const more = [mail?.url, push?.privateKey, ...passwords.filter(Boolean)];
  return [key, appwrite?.apiKey, config.adminToken, ...more, ...chats].filter((secret) => secret !== undefined);
}

/** A log whose warnings are also told to a person: each of them once, in its own words. */
export function toldTo(say: (sentence: string) => void, log: Log, told = new Set<string>()): Log {
  const tell = (message: string) => {
    if (told.has(message) || told.size > 100) return;
    told.add(message);
    say(`(${message})`);
  };
  return {
    debug: log.debug,
    info: log.info,
    warn(fields, message, error) {
      log.warn(fields, message, error);
      tell(message);
    },
    error(fields, message, error) {
      log.error(fields, message, error);
      tell(message);
    },
    with: (fields) => toldTo(say, log.with(fields), told),
  };
}
