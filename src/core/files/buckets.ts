// What each bucket takes: kinds of files by their extension, and how large each may be.
import type { Bucket } from "../ports/files.ts";
import type { Kind } from "./kinds.ts";

const megabyte = 1_000_000;

interface Shelf {
  readonly kinds: readonly Kind[];
  readonly most: number;
}

const pictures = (most: number): Shelf => ({ kinds: ["jpg", "jpeg", "png", "gif", "webp"], most });
const documents: Shelf = {
  kinds: ["pdf", "doc", "docx", "ppt", "pptx", "xls", "xlsx", "txt", "md", "csv"],
  most: 50 * megabyte,
};
const media: Shelf = { kinds: [...pictures(0).kinds, "mp4", "mp3", "wav"], most: 100 * megabyte };

/** Bytes are counted in megabytes of a million, as Appwrite's plans are. */
export const shelves: Readonly<Record<Bucket, readonly Shelf[]>> = {
  avatars: [{ kinds: ["jpg", "jpeg", "png", "webp"], most: 5 * megabyte }],
  resources: [documents, media],
  attachments: [documents, media],
  post_images: [pictures(10 * megabyte)],
};

export const bucketNames = Object.keys(shelves) as readonly Bucket[];

/** Of a file of this kind, in bytes; undefined where the bucket takes none. */
export const mostBytes = (bucket: Bucket, kind: string): number | undefined =>
  shelves[bucket].find(({ kinds }) => (kinds as readonly string[]).includes(kind))?.most;

/** A bucket as a server that keeps such is told of it. */
export interface BucketPlan {
  readonly bucket: Bucket;
  readonly extensions: readonly string[];
  readonly mostBytes: number;
}

export const bucketPlans: readonly BucketPlan[] = bucketNames.map((bucket) => ({
  bucket,
  extensions: shelves[bucket].flatMap(({ kinds }) => kinds),
  mostBytes: Math.max(...shelves[bucket].map(({ most }) => most)),
}));
