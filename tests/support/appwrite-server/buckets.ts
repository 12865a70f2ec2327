// Buckets of files: made, read, changed and removed.
import { type Call, done, ok } from "./call.ts";
import { wireTime } from "./clock.ts";
import { givenId, pathId } from "./ids.ts";
import { pageOf } from "./lists.ts";
import { flagIn, textIn, textsIn, wholeIn } from "./params.ts";
import { onTables, permissionsIn } from "./permissions.ts";
import { badArgument, refuse } from "./refusal.ts";
import { type Bucket, idKey } from "./state.ts";

const compressions = ["none", "gzip", "zstd"];

export function createBucket(call: Call) {
  const { state, params } = call;
  const id = givenId("bucketId", params.bucketId, state.clock.now());
  const at = state.clock.stamp();
  const bucket: Bucket = {
    id,
    createdAt: at,
    ...settings(call, fresh(textIn(params, "name"), at, state.mostFileBytes)),
    files: new Map(),
  };
  if (state.buckets.has(idKey(id)))
    refuse(
      409,
      "storage_bucket_already_exists",
      "A storage bucket with the requested ID already exists. Try again with a different ID or use ID.unique() to generate a unique ID.",
    );
  state.buckets.set(idKey(id), bucket);
  return ok(wireBucket(bucket), 201);
}

type Settings = Omit<Bucket, "id" | "createdAt" | "files">;

const fresh = (name: string, updatedAt: number, maximumFileSize: number): Settings => ({
  updatedAt,
  name,
  permissions: [],
  fileSecurity: false,
  enabled: true,
  maximumFileSize,
  allowedFileExtensions: [],
  compression: "none",
  encryption: true,
  antivirus: true,
  transformations: true,
});

function settings({ state, params }: Call, now: Settings): Settings {
  const compression = params.compression ?? now.compression;
  if (!compressions.includes(String(compression)))
    badArgument("compression", `Value must be one of (${compressions.join(", ")})`);
  return {
    updatedAt: now.updatedAt,
    name: textIn(params, "name", now.name),
    permissions: permissionsIn(params.permissions, onTables) ?? now.permissions,
    fileSecurity: flagIn(params, "fileSecurity", now.fileSecurity),
    enabled: flagIn(params, "enabled", now.enabled),
    maximumFileSize: wholeIn(params, "maximumFileSize", 1, state.mostFileBytes, now.maximumFileSize),
    allowedFileExtensions: textsIn(params, "allowedFileExtensions", now.allowedFileExtensions),
    compression: String(compression),
    encryption: flagIn(params, "encryption", now.encryption),
    antivirus: flagIn(params, "antivirus", now.antivirus),
    transformations: flagIn(params, "transformations", now.transformations),
  };
}

export function bucketOf({ state, path, withKey }: Call): Bucket {
  const bucket = state.buckets.get(idKey(pathId("bucketId", path.bucketId!)));
  if (bucket && (bucket.enabled || withKey)) return bucket;
  return refuse(404, "storage_bucket_not_found", "Storage bucket with the requested ID could not be found.");
}

export const getBucket = (call: Call) => ok(wireBucket(bucketOf(call)));

export function listBuckets(call: Call) {
  const named = { name: ["string", ({ name }: Bucket) => name] } as const;
  const { total, found } = pageOf(call, call.state.buckets.values(), ({ id }) => id, named);
  return ok({ total, buckets: found.map(wireBucket) });
}

export function updateBucket(call: Call) {
  const bucket = bucketOf(call);
  Object.assign(bucket, settings(call, bucket), { updatedAt: call.state.clock.stamp() });
  return ok(wireBucket(bucket));
}

export function deleteBucket(call: Call) {
  const { id } = bucketOf(call);
  call.state.buckets.delete(idKey(id));
  return done;
}

const wireBucket = ({ id, createdAt, updatedAt, permissions, files: _files, ...bucket }: Bucket) => ({
  $id: id,
  $createdAt: wireTime(createdAt),
  $updatedAt: wireTime(updatedAt),
  $permissions: permissions,
  ...bucket,
  totalSize: 0,
});
