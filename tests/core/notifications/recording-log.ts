// A log that keeps warnings and errors for the test to read.
import type { Log } from "../../../src/core/ports/log.ts";

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: object;
  readonly error?: unknown;
}

export function recordingLog(into: LogLine[]): Log {
  const line = (level: string) => (fields: object, message: string, error?: unknown) =>
    void into.push({ level, message, fields, error });
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: line("warn"),
    error: line("error"),
    with: () => recordingLog(into),
  };
}
