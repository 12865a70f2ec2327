// What a bucket is called on the server: buckets belong to a project, so those of a second database carry its name.
import { createHash } from "node:crypto";
import type { Bucket } from "../../../core/ports/files.ts";

/** The database whose buckets are called as the house calls them. */
const plain = "peerspark-main-db";
const longestId = 36;

export function bucketIdOf(databaseId: string, bucket: Bucket): string {
  if (databaseId === plain) return bucket;
  const full = `${bucket}.${databaseId}`;
  if (full.length <= longestId) return full;
  return `${bucket}.${createHash("sha256").update(databaseId).digest("hex").slice(0, 16)}`;
}

/** Tells whose it is: another bucket under that id is not touched. */
export const bucketNameOf = (databaseId: string, bucket: Bucket): string => `PeerSpark ${bucket} (${databaseId})`;
