// multipart/form-data as bots send files in it (RFC 7578).

export interface UploadedFile {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export function parseMultipart(body: Buffer, contentType: string) {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1] ?? "";
  const fields: Record<string, string> = {};
  const files: UploadedFile[] = [];
  for (const part of partsOf(body, Buffer.from(`--${boundary}`))) {
    const split = part.indexOf("\r\n\r\n");
    const head = part.subarray(0, split).toString();
    const bytes = part.subarray(split + 4, part.length - 2);
    const field = /name="([^"]*)"/.exec(head)?.[1] ?? "";
    const name = /filename="([^"]*)"/.exec(head)?.[1];
    const type = /content-type:\s*(\S+)/i.exec(head)?.[1] ?? "application/octet-stream";
    if (name === undefined) fields[field] = bytes.toString();
    else files.push({ field, name, type, bytes });
  }
  return { fields, files };
}

function* partsOf(body: Buffer, mark: Buffer): Generator<Buffer> {
  let from = body.indexOf(mark);
  while (from >= 0) {
    const start = from + mark.length + 2;
    const next = body.indexOf(mark, start);
    if (next < 0) return;
    yield body.subarray(start, next);
    from = next;
  }
}
