// Multipart bodies of which the recording kept names and sizes: content of that size, as it was where it is known.
import { isObject } from "../params.ts";

const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
/** Found again by their recorded MD5. */
const known: Readonly<Record<string, string>> = {
  "hello.txt": "hello world",
  "fake.png": "not a png",
  "a.PNG": "A".repeat(10),
};
const filledWith: Readonly<Record<string, number>> = { "five.bin": 65, "x.bin": 0 };

export function formOf(body: unknown): FormData | undefined {
  const fields = isObject(body) ? body["multipart/form-data"] : undefined;
  if (!Array.isArray(fields)) return undefined;
  const form = new FormData();
  for (const [name, value] of fields as [string, string | { filename: string; size: number }][])
    if (typeof value === "string") form.append(name, value);
    else form.append(name, new Blob([contentOf(value)]), value.filename);
  return form;
}

function contentOf({ filename, size }: { filename: string; size: number }): Uint8Array<ArrayBuffer> {
  if (filename === "p.png") return new Uint8Array(Buffer.from(png, "base64").subarray(0, size));
  const fill = filledWith[filename];
  if (fill !== undefined) return new Uint8Array(Buffer.alloc(size, fill));
  if (filename.endsWith(".bin")) return new Uint8Array(Buffer.alloc(size, "\0x"));
  return new Uint8Array(Buffer.from(known[filename] ?? "x".repeat(size)));
}
