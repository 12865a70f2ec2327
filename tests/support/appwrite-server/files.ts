// Files in a bucket: read, listed, renamed, removed, and sent out whole or in ranges.
import { createHash } from "node:crypto";
import { bucketOf } from "./buckets.ts";
import { type Answer, type Call, done, ok } from "./call.ts";
import { wireTime } from "./clock.ts";
import { pathId } from "./ids.ts";
import { pageOf } from "./lists.ts";
import { textIn } from "./params.ts";
import { guestMay, onRows, permissionsIn } from "./permissions.ts";
import { refuse } from "./refusal.ts";
import { type Bucket, idKey, type StoredFile } from "./state.ts";

export const isWhole = ({ chunks, chunksTotal }: StoredFile): boolean => chunks.size === chunksTotal;

/** In the order of the file. */
const piecesOf = ({ chunks }: StoredFile): readonly Buffer[] =>
  [...chunks].sort(([one], [other]) => one - other).map(([, bytes]) => bytes);

/** What is known of a file once it is whole. */
const known = new WeakMap<StoredFile, { signature: string; bytes: number }>();

function contentOf(file: StoredFile): { signature: string; bytes: number } {
  const before = known.get(file);
  if (before) return before;
  const hash = createHash("md5");
  let bytes = 0;
  for (const piece of piecesOf(file)) {
    hash.update(piece);
    bytes += piece.length;
  }
  const content = { signature: hash.digest("hex"), bytes };
  known.set(file, content);
  return content;
}

/** As libmagic takes them, for what tests send. */
export function mimeOf(file: StoredFile): string {
  const bytes = piecesOf(file)[0]?.subarray(0, 4096) ?? Buffer.alloc(0);
  if (!bytes.length) return "application/x-empty";
  for (const [start, type] of magic) if (bytes.subarray(0, start.length).equals(start)) return type;
  return bytes.includes(0) || bytes.toString().includes("\uFFFD") ? "application/octet-stream" : "text/plain";
}

const magic: readonly (readonly [Buffer, string])[] = [
  [Buffer.from("89504e470d0a1a0a", "hex"), "image/png"],
  [Buffer.from("ffd8ff", "hex"), "image/jpeg"],
  [Buffer.from("GIF8"), "image/gif"],
  [Buffer.from("%PDF-"), "application/pdf"],
  [Buffer.from("PK\u0003\u0004"), "application/zip"],
];

const mostEncrypted = 20_000_000;
const isEncrypted = (bucket: Bucket, { size }: StoredFile): boolean => bucket.encryption && size <= mostEncrypted;

export function wireFile(bucket: Bucket, file: StoredFile) {
  const whole = isWhole(file);
  const encryption = whole && isEncrypted(bucket, file);
  const { signature, bytes } = whole ? contentOf(file) : { signature: "", bytes: 0 };
  return {
    $id: file.id,
    bucketId: bucket.id,
    $createdAt: wireTime(file.createdAt),
    $updatedAt: wireTime(file.updatedAt),
    $permissions: file.permissions,
    name: file.name,
    signature,
    mimeType: whole ? mimeOf(file) : "",
    sizeOriginal: file.size,
    sizeActual: encryption ? Math.ceil(bytes / 3) * 4 : bytes,
    chunksTotal: file.chunksTotal,
    chunksUploaded: file.chunks.size,
    encryption,
    compression: whole ? bucket.compression : "",
  };
}

function fileOf(call: Call): { bucket: Bucket; file: StoredFile } {
  const bucket = bucketOf(call);
  const mayAll = call.withKey || guestMay("read", bucket.permissions);
  if (!mayAll && !bucket.fileSecurity) refuse(401, "user_unauthorized", "No permissions provided for action 'read'");
  const file = bucket.files.get(idKey(pathId("fileId", call.path.fileId!)));
  if (file && (mayAll || guestMay("read", file.permissions))) return { bucket, file };
  return refuse(404, "storage_file_not_found", "The requested file could not be found.");
}

export function getFile(call: Call) {
  const { bucket, file } = fileOf(call);
  return ok(wireFile(bucket, file));
}

export function listFiles(call: Call) {
  const bucket = bucketOf(call);
  const { total, found } = pageOf(call, bucket.files.values(), ({ id }) => id, {
    name: ["string", ({ name }) => name],
    sizeOriginal: ["integer", ({ size }) => size],
    chunksTotal: ["integer", (file) => file.chunksTotal],
    chunksUploaded: ["integer", ({ chunks }) => chunks.size],
  });
  return ok({ total, files: found.map((file) => wireFile(bucket, file)) });
}

export function updateFile(call: Call) {
  const { bucket, file } = fileOf(call);
  file.name = textIn(call.params, "name", file.name);
  file.permissions = permissionsIn(call.params.permissions, onRows) ?? file.permissions;
  file.updatedAt = call.state.clock.stamp();
  return ok(wireFile(bucket, file));
}

export function deleteFile(call: Call) {
  const { bucket, file } = fileOf(call);
  bucket.files.delete(idKey(file.id));
  return done;
}

const sent =
  (disposition: string) =>
  (call: Call): Answer => {
    const { file } = fileOf(call);
    // Its chunks lie apart until the last has come.
    if (!isWhole(file)) refuse(404, "storage_file_not_found", `File not found in /storage/uploads/${file.id}`);
    const range = call.headers.range === undefined ? undefined : rangeIn(String(call.headers.range), file.size);
    const headers = {
      "content-type": mimeOf(file),
      "cache-control": "private, max-age=3888000",
      "content-disposition": `${disposition}; filename="${file.name}"`,
    };
    if (!range) return { status: 200, pieces: piecesOf(file), headers };
    const { start, end } = range;
    return {
      status: 206,
      pieces: between(piecesOf(file), start, end),
      headers: { ...headers, "accept-ranges": "bytes", "content-range": `bytes ${start}-${end}/${file.size}` },
    };
  };

export const downloadFile = sent("attachment");
export const viewFile = sent("inline");

/** Of the pieces, the bytes from `start` to `end`, that one too. */
function between(pieces: readonly Buffer[], start: number, end: number): readonly Buffer[] {
  let at = 0;
  return pieces.flatMap((piece) => {
    const part = piece.subarray(Math.max(0, start - at), Math.max(0, end + 1 - at));
    at += piece.length;
    return part.length ? [part] : [];
  });
}

const longestRange = 20_000_000;
const openRange = 10 * 1024 * 1024;

/** An open or very long range ends after 10 MiB; one that ends beyond the file, or holds one byte only, is refused. */
function rangeIn(header: string, size: number): { start: number; end: number } {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(header) ?? [];
  const start = from === undefined ? NaN : Number(from);
  const asked = to ? Number(to) : undefined;
  const end = asked === undefined || asked - start > longestRange ? Math.min(start + openRange, size) - 1 : asked;
  if (start < end && end < size) return { start, end };
  return refuse(
    416,
    "storage_invalid_range",
    "The requested range is not satisfiable. Please check the value of the Range header.",
  );
}
