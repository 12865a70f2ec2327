// Files on their way in: whole, or in chunks of which the first tells how many there are.

import { parseMultipart } from "../telegram-server/multipart.ts";
import { bucketOf } from "./buckets.ts";
import { type Call, ok } from "./call.ts";
import { wireFile } from "./files.ts";
import { givenId } from "./ids.ts";
import { guestMay, onRows, permissionsIn } from "./permissions.ts";
import { refuse } from "./refusal.ts";
import { type Bucket, idKey, type StoredFile } from "./state.ts";

/** A smaller chunk counts as the last one. */
const chunkBytes = 5 * 1024 * 1024;

interface Part {
  readonly name: string;
  readonly bytes: Buffer;
  readonly start: number;
  /** Of the whole file. */
  readonly size: number;
  readonly isLast: boolean;
}

export function createFile(call: Call) {
  const { state, headers } = call;
  const { fields, files } = parseMultipart(call.raw, String(headers["content-type"] ?? ""));
  const id = givenId("fileId", headers["x-appwrite-id"] ?? fields.fileId, state.clock.now());
  const permissions = permissionsIn(fields["permissions[]"] && [fields["permissions[]"]], onRows) ?? [];
  const bucket = bucketOf(call);
  if (!call.withKey && !guestMay("create", bucket.permissions))
    refuse(401, "user_unauthorized", "No permissions provided for action 'create'");
  const [file] = files;
  if (!file) return refuse(400, "storage_file_empty", "Empty file passed to the endpoint.");
  const part = partOf(file, headers["content-range"]);
  fits(bucket, part);
  const stored = bucket.files.get(idKey(id)) ?? newFile(id, part, permissions, state.clock.stamp());
  if (stored.chunks.size === stored.chunksTotal)
    refuse(409, "storage_file_already_exists", "A storage file with the requested ID already exists.");
  stored.chunks.set(part.start, Buffer.from(part.bytes));
  bucket.files.set(idKey(id), stored);
  if (headers["content-range"] !== undefined) stored.updatedAt = state.clock.stamp();
  return ok(wireFile(bucket, stored), 201);
}

function partOf({ name, bytes }: { name: string; bytes: Buffer }, range: unknown): Part {
  if (range === undefined) return { name, bytes, start: 0, size: bytes.length, isLast: true };
  const [, start = NaN, end = NaN, size = NaN] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(String(range))?.map(Number) ?? [];
  // The last says more than it brings where no recorded server looked; no client does.
  if (!(start <= end && end < size) || bytes.length !== end - start + 1 || start % chunkBytes !== 0)
    refuse(
      400,
      "storage_invalid_content_range",
      "The content range is invalid. Please check the value of the Content-Range header.",
    );
  return { name, bytes, start, size, isLast: end === size - 1 || bytes.length < chunkBytes };
}

function fits(bucket: Bucket, { name, size }: Part): void {
  const { allowedFileExtensions: allowed, maximumFileSize } = bucket;
  const extension = /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  if (allowed.length && !allowed.some((one) => one.toLowerCase() === extension))
    refuse(400, "storage_file_type_unsupported", "File extension not allowed");
  if (size > maximumFileSize) refuse(400, "storage_invalid_file_size", "File size not allowed");
}

const newFile = (id: string, part: Part, permissions: readonly string[], at: number): StoredFile => ({
  id,
  createdAt: at,
  updatedAt: at,
  permissions,
  name: part.name,
  size: part.size,
  chunksTotal: part.isLast ? 1 : Math.ceil(part.size / part.bytes.length),
  chunks: new Map(),
});
