// The person at this process's own terminal: their streams, their language, their time zone.

import { join } from "node:path";
import type { Config } from "../config/env.ts";
import type { TerminalOptions } from "./adapters/chat/terminal/index.ts";
import { type Console, consoleOn } from "./adapters/chat/terminal/screen.ts";
import { pinoLog } from "./adapters/log.ts";
import type { Log } from "./core/ports/log.ts";

export const interactive = (): boolean => Boolean(process.stdin.isTTY && process.stdout.isTTY);

export function localTerminal(name: string): { console: Console; local: NonNullable<TerminalOptions["local"]> } {
  const console = consoleOn({ input: process.stdin, output: process.stdout, name, interactive: interactive() });
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const language = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || locale;
  return {
    console,
    local: { name, screen: console.screen, lines: console.lines, language: language.split("_")[0], zone: timeZone },
  };
}

/** Where a person reads the screen, the log goes to a file beside the data. */
export const logBeside = (config: Config, key: string): Log =>
  pinoLog({ level: config.logLevel, to: { file: logFile(config) }, secrets: secretsOf(config, key) });

export const logFile = (config: Config): string => join(config.dataDir, "peerspark.log");

export const secretsOf = (config: Config, key: string): string[] =>
  [key, config.telegram?.token, config.telegram?.webhookSecret].filter((secret) => secret !== undefined);
