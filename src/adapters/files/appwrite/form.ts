// The form that carries a chunk (RFC 7578): framed in place, so that its bytes are copied once.
import { randomBytes } from "node:crypto";

/** What Appwrite puts a file together from; a smaller one counts as the last (docs/decisions/0016-files.md). */
export const chunkBytes = 5 * 1024 * 1024;

export interface Form {
  readonly contentType: string;
  /** Holds a chunk at most, between head and tail. */
  buffer(): ChunkBuffer;
}

export interface ChunkBuffer {
  /** Bytes that are in it. */
  filled: number;
  /** Takes what there is room for; answers how many bytes. */
  take(piece: Uint8Array): number;
  /** What is in it, until more is taken. */
  content(): Uint8Array;
  /** The whole body, until more is taken. */
  body(): Uint8Array;
}

/** @param id also the name that the server is told: its extension is what a bucket looks at. */
export function chunkForm(id: string): Form {
  const boundary = `peerspark-${randomBytes(16).toString("hex")}`;
  const part = (disposition: string) => `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n`;
  const head = Buffer.from(
    `${part('name="fileId"')}\r\n${id}\r\n${part(`name="file"; filename="${id}"`)}Content-Type: application/octet-stream\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    buffer() {
      const all = Buffer.allocUnsafeSlow(head.length + chunkBytes + tail.length);
      head.copy(all);
      return {
        filled: 0,
        take(piece) {
          const length = Math.min(piece.length, chunkBytes - this.filled);
          all.set(length === piece.length ? piece : piece.subarray(0, length), head.length + this.filled);
          this.filled += length;
          return length;
        },
        content() {
          return all.subarray(head.length, head.length + this.filled);
        },
        body() {
          const end = head.length + this.filled;
          tail.copy(all, end);
          return all.subarray(0, end + tail.length);
        },
      };
    },
  };
}
