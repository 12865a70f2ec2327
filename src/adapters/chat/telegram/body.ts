// The body of a call: JSON, or form data where it carries a file (telegraf's own never ends on Node 26).
import { randomUUID } from "node:crypto";

export interface Body {
  readonly type: string;
  readonly bytes: string | Buffer;
}

/** telegraf's InputFile by buffer; ids and addresses of files are plain strings. */
interface File {
  readonly source: Buffer;
  readonly filename?: string;
}

const isFile = (value: unknown): value is File =>
  typeof value === "object" && value !== null && "source" in value && Buffer.isBuffer(value.source);

export function bodyOf(payload: object): Body {
  return holdsFile(payload) ? formData(payload) : { type: "application/json", bytes: JSON.stringify(payload) };
}

function holdsFile(payload: object): boolean {
  for (const name in payload) if (isFile((payload as Record<string, unknown>)[name])) return true;
  return false;
}

/** RFC 7578; values that are no text go as JSON (core.telegram.org/bots/api#making-requests). */
function formData(payload: object): Body {
  const boundary = `peerspark-${randomUUID()}`;
  const parts = Object.entries(payload)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => [Buffer.from(`--${boundary}\r\n`), ...part(name, value), Buffer.from("\r\n")]);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

function part(name: string, value: unknown): Buffer[] {
  const head = `content-disposition: form-data; name="${name}"`;
  if (!isFile(value))
    return [Buffer.from(`${head}\r\n\r\n${typeof value === "string" ? value : JSON.stringify(value)}`)];
  const filename = (value.filename ?? name).replace(/["\r\n]/g, "_");
  const type = "content-type: application/octet-stream";
  return [Buffer.from(`${head}; filename="${filename}"\r\n${type}\r\n\r\n`), value.source];
}
