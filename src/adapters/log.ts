// The log on pino: one JSON object a line, with every secret taken out of every line.
import { type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";
import type { Log } from "../core/ports/log.ts";

export interface LogOptions {
  readonly level: "debug" | "info" | "warn" | "error" | "silent";
  /** A file is appended to, its folder made. */
  readonly to: "stdout" | "stderr" | { readonly file: string } | DestinationStream;
  /** Values that must never be written; those under 8 characters are left alone. */
  readonly secrets?: readonly string[];
}

/** Lines are written before the call returns, so none is lost when the process dies. */
export function pinoLog({ level, to, secrets = [] }: LogOptions): Log {
  const redact = redactor(secrets);
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: redact },
  };
  const logger = pino(options, destinationOf(to));
  return logOf(logger, () => logger);
}

function destinationOf(to: LogOptions["to"]): DestinationStream {
  if (to === "stdout" || to === "stderr") return pino.destination({ dest: to === "stdout" ? 1 : 2, sync: true });
  return "write" in to ? to : pino.destination({ dest: to.file, sync: true, mkdir: true });
}

/** @param logger made at the first line that is written: most updates write none. */
const logOf = (root: Logger, logger: () => Logger): Log => ({
  debug: (fields, message) => void (root.isLevelEnabled("debug") && logger().debug(fields, message)),
  info: (fields, message) => logger().info(fields, message),
  warn: (fields, message, error) => logger().warn(withError(fields, error), message),
  error: (fields, message, error) => logger().error(withError(fields, error), message),
  with(fields) {
    let child: Logger | undefined;
    return logOf(root, () => {
      child ??= logger().child(fields);
      return child;
    });
  },
});

const withError = (fields: object, error: unknown) =>
  error === undefined ? fields : { ...fields, error: described(error) };

const deepest = 5;

/** Only these properties: what else hangs on a vendor's error (payloads, requests) may hold texts and tokens. */
function described(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const code = (error as { code?: unknown }).code;
  return {
    name,
    code: typeof code === "string" || typeof code === "number" ? code : undefined,
    message,
    stack,
    cause: cause === undefined || depth === deepest ? undefined : described(cause, depth + 1),
  };
}

/** Takes the given secrets, and whatever is shaped like a Telegram bot token, out of a text. */
export function redactor(secrets: readonly string[]): (line: string) => string {
  const words = secrets
    .filter((secret) => secret.length >= 8)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    .sort((a, b) => b.length - a.length)
    .map((secret) => RegExp.escape(secret));
  const token = "\\d{5,}(?::|%3A)[A-Za-z0-9_-]{30,}";
  const secret = new RegExp([...new Set(words), token].join("|"), "gi");
  return (line) => line.replace(secret, "[secret]");
}
