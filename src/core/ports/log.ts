// Structured logging. Fields never hold a message's text, a person's name or a token.

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>> & { readonly error?: never };

export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string, error?: unknown): void;
  error(fields: LogFields, message: string, error?: unknown): void;
  /** A log whose every line carries these fields, the correlation id above all. */
  with(fields: LogFields): Log;
}
