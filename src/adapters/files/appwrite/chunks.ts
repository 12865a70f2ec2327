// A content cut into chunks. The last is only given out when the content has ended where it should: without it a file is not whole.
import { createHash } from "node:crypto";
import { AppError } from "../../../core/errors.ts";
import { storageTexts } from "../texts.ts";
import { type ChunkBuffer, chunkBytes } from "./form.ts";

export interface Chunk {
  readonly start: number;
  readonly buffer: ChunkBuffer;
  /** Of the whole content, in hex; with the last chunk. `md5` is what the server tells a file by. */
  readonly digests?: { readonly md5: string; readonly sha256: string };
}

/**
 * @param room a buffer to fill, one at a time.
 * @throws AppError `invalid` when the content is not of that size, what the content throws.
 */
export async function* chunksOf(
  content: AsyncIterable<Uint8Array>,
  size: number,
  room: () => ChunkBuffer,
): AsyncGenerator<Chunk> {
  const md5 = createHash("md5");
  const sha256 = createHash("sha256");
  let buffer = room();
  let taken = 0;
  for await (const piece of content) {
    if (taken + piece.length > size) throw wrongSize();
    md5.update(piece);
    sha256.update(piece);
    for (let at = 0; at < piece.length; ) {
      if (buffer.filled === chunkBytes) {
        yield { start: taken + at - chunkBytes, buffer };
        buffer = room();
      }
      at += buffer.take(at === 0 ? piece : piece.subarray(at));
    }
    taken += piece.length;
  }
  if (taken !== size) throw wrongSize();
  yield { start: taken - buffer.filled, buffer, digests: { md5: md5.digest("hex"), sha256: sha256.digest("hex") } };
}

const wrongSize = () => new AppError("invalid", storageTexts.say("wrongSize"));
