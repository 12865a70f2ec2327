// Files: what people upload, kept as bytes beside the store. What is kept about a file stands in the store (core/files).

/** Where a file is kept, and by that what it may be (core/files/buckets.ts). */
export type Bucket = "avatars" | "resources" | "attachments" | "post_images";

/** A file as it lies in its bucket. */
export interface StoredFile {
  /**
   * At most 36 characters of a-z, 0-9, `.`, `_`, `-`, the first a letter or a digit; it ends in an extension that its bucket
   * takes ("01j….pdf"). No part of it comes from a person.
   */
  readonly id: string;
  readonly bytes: number;
}

export interface Files {
  /**
   * Keeps the content under this id, with no more in memory than a few chunks; answers its SHA-256 in lower-case hex. Durable
   * and whole when it resolves; when it rejects, or its process dies, nothing of it can be read. The same id twice is a
   * `conflict`, and so is one that was begun and never became whole: `remove` makes room.
   * @param size of the content in bytes.
   * @throws AppError `invalid` when the content is longer or shorter than `size` or the bucket does not take it, `conflict`, `unavailable`; what `content` throws.
   */
  put(bucket: Bucket, id: string, content: AsyncIterable<Uint8Array>, size: number): Promise<string>;
  /**
   * From byte `from` (0 when absent) up to and without byte `to` (the end when absent). Undefined when there is none. Nothing is
   * held open before the first piece is asked for. @throws AppError `unavailable`, also in the middle.
   */
  read(bucket: Bucket, id: string, from?: number, to?: number): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** One that is gone counts as removed. Also takes away what was begun and never became whole. */
  remove(bucket: Bucket, id: string): Promise<void>;
  /** By id, ascending, behind `after`; at most `limit` (1 to 100). What was begun and is not whole is among them (`bytes` then is what is known of it). */
  list(bucket: Bucket, limit: number, after?: string): Promise<readonly StoredFile[]>;
  /** Whether it answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What an id looks like, wherever it comes from. */
export const isFileId = (id: string): boolean => /^[a-z0-9][a-z0-9._-]{0,35}$/.test(id);
