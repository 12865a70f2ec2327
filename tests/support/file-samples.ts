// Contents for tests of files: of any size, from any place on, the same every time, and never held as a whole.
import { createHash } from "node:crypto";
import type { Files } from "../../src/core/ports/files.ts";

export const mebibyte = 1024 * 1024;

/** Not twice the same within any chunk, so that a piece in the wrong place is found. */
const pattern = Buffer.from(Array.from({ length: 65_521 }, (_, at) => (at * 167 + (at >> 8) * 13) % 251));

/** Pieces of uneven lengths; `seed` makes another content of the same size. */
export async function* contentOf(size: number, seed = 0): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < size; turn++) {
    const length = Math.min(size - at, 1 + ((turn * 7919) % 300_000));
    yield bytesOf(at, at + length, seed);
    at += length;
  }
}

/** Of such a content, from byte `from` up to and without `to`. */
export function bytesOf(from: number, to: number, seed = 0): Buffer {
  const out = Buffer.allocUnsafe(to - from);
  for (let at = 0; at < out.length; ) {
    const begin = (from + at + seed) % pattern.length;
    at += pattern.copy(out, at, begin, Math.min(pattern.length, begin + out.length - at));
  }
  return out;
}

/** A content that breaks off with an error behind so many bytes. */
export async function* failingContent(behind: number, error: Error): AsyncGenerator<Uint8Array> {
  yield* contentOf(behind);
  throw error;
}

export async function sha256Of(content: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of content) hash.update(piece);
  return hash.digest("hex");
}

export async function collectedFrom(content: AsyncIterable<Uint8Array> | undefined): Promise<Buffer | undefined> {
  return content && Buffer.concat(await Array.fromAsync(content));
}

export interface OpenedFiles {
  readonly files: Files;
  /** Another process's view of the same files. */
  beside(): Promise<Files>;
  /** How a process of its own opens them: the argument of tests/support/file-writer.ts. */
  readonly choice: unknown;
  /** Bytes of a file at most. */
  readonly most: number;
  remove(): Promise<void>;
}

/** Empty buckets. */
export type OpenFiles = () => Promise<OpenedFiles>;
