// Files: what people upload, kept as bytes beside the store. What is kept about a file stands in the store (core/files).

/** Where a file is kept, and by that what it may be (rules in config/buckets.ts). */
export type Bucket = "avatars" | "resources" | "attachments" | "post_images";

/** A file that is kept. */
export interface KeptFile {
  /** At most 36 characters of a-z, 0-9, `.`, `_`, `-`. */
  readonly id: string;
  readonly bytes: number;
}

export interface Files {
  /**
   * Keeps the content under this id, piece by piece, with no more in memory than a few chunks. Durable and whole when it
   * resolves; when it rejects, or its process dies, nothing of it can be read. The same id twice is a `conflict`.
   * @param size of the content in bytes.
   * @throws AppError `invalid` when the content is longer or shorter than `size`, `conflict`, `unavailable`; what `content` throws.
   */
  put(bucket: Bucket, id: string, content: AsyncIterable<Uint8Array>, size: number): Promise<void>;
  /** From byte `from` (0 when absent) to the end. Undefined when there is none. */
  read(bucket: Bucket, id: string, from?: number): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** One that is gone counts as removed. */
  remove(bucket: Bucket, id: string): Promise<void>;
  /** What is kept, by id, ascending, behind `after`; at most `limit` (1 to 100). Also finds what was begun and never became whole, where the driver keeps such (`bytes` then is what there is). */
  list(bucket: Bucket, limit: number, after?: string): Promise<readonly KeptFile[]>;
  /** Whether it answers. */
  ping(): Promise<void>;
}
